package dev.yumen.privacy;

/** What kind of text an answer's characters are, which decides how a value is written into it. */
public enum Channel {
  /** Words for people: values are written as they are. */
  TEXT,
  /**
   * The JSON of a tool's arguments as it streams: values are escaped as often as they are nested.
   */
  ARGUMENTS,
  /** One decoded string of a tool's arguments, which may be JSON itself. */
  ARGUMENT
}
