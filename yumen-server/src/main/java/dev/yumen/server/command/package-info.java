/** What the program does besides serving: one class for each command. */
@NullMarked
package dev.yumen.server.command;

import org.jspecify.annotations.NullMarked;
