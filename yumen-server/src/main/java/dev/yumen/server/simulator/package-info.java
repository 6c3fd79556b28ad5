/** A provider that needs no key and no network. */
@NullMarked
package dev.yumen.server.simulator;

import org.jspecify.annotations.NullMarked;
