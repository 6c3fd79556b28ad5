/** How a provider is addressed. */
@NullMarked
package dev.yumen.upstream;

import org.jspecify.annotations.NullMarked;
