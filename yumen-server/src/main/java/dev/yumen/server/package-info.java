/** {@link dev.yumen.server.Main} reads settings, assembles, opens the doors and waits. */
@NullMarked
package dev.yumen.server;

import org.jspecify.annotations.NullMarked;
