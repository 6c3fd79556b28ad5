/** Load from outside: a fast provider, callers, and the relays between them. */
@NullMarked
package dev.yumen.benchmarks.load;

import org.jspecify.annotations.NullMarked;
