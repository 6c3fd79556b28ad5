/** Access log, metrics, traces and the admin door. */
@NullMarked
package dev.yumen.server.telemetry;

import org.jspecify.annotations.NullMarked;
