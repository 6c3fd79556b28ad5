package dev.yumen.server.telemetry;

/** How the gateway's own messages are written. */
public enum LogFormat {
  /** For people: time, level, logger, message. */
  TEXT,
  /** For programs: one JSON object on each line. */
  JSON
}
