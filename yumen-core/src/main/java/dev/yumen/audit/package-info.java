/** One entry for each exchange, always. */
@NullMarked
package dev.yumen.audit;

import org.jspecify.annotations.NullMarked;
