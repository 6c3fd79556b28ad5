/** The path of a request. Begin with {@link dev.yumen.Gateway}. */
@NullMarked
package dev.yumen;

import org.jspecify.annotations.NullMarked;
