/** JMH benchmarks of single parts of the hot path. */
@NullMarked
package dev.yumen.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
