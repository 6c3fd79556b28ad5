/** Reads JSON where it lies: positions in the original bytes, nothing re-modelled. */
@NullMarked
package dev.yumen.json;

import org.jspecify.annotations.NullMarked;
