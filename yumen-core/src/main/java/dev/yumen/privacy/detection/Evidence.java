package dev.yumen.privacy.detection;

/** What speaks for a finding. */
public enum Evidence {
  /** The characters have the form of the type: length, character set, ranges, dates. */
  FORMAT,
  /** The check digits, or a decoded inner structure, are right. */
  CHECKSUM,
  /** A word nearby names the type. */
  CONTEXT,
  /** The value stands in a table column whose header names the type. */
  COLUMN,
  /** A label directly before the value names the type, as in {@code password=…}. */
  LABEL,
  /** A pattern or a dictionary of the organisation names the type. */
  CUSTOM
}
