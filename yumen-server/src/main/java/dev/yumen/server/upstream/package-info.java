/** The door to the providers. */
@NullMarked
package dev.yumen.server.upstream;

import org.jspecify.annotations.NullMarked;
