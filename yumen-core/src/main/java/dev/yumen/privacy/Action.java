package dev.yumen.privacy;

/** What becomes of a value that was found. */
public enum Action {
  /** A pseudonym stands for it and is turned back in the answer. */
  PSEUDONYM,
  /**
   * A value of the same form that can be nobody's stands for it and is turned back in the answer; a
   * pseudonym where no such form exists.
   */
  SURROGATE,
  /** Its letters and digits become stars, for good. */
  MASK,
  /** {@code [removed]} stands in its place, for good. */
  DROP
}
