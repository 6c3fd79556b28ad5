/** What no log may hold is found here and taken out. */
@NullMarked
package dev.yumen.server.redaction;

import org.jspecify.annotations.NullMarked;
