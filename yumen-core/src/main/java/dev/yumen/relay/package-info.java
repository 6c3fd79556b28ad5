/** How an answer reaches the caller: pure functions over bytes and the pump that applies them. */
@NullMarked
package dev.yumen.relay;

import org.jspecify.annotations.NullMarked;
