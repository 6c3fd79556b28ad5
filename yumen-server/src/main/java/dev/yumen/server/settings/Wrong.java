package dev.yumen.server.settings;

/** A value that cannot be taken. The message is the rest of a sentence about its key. */
final class Wrong extends Exception {
  private static final long serialVersionUID = 1;

  /**
   * Says what is the matter.
   *
   * @param predicate for instance {@code has no unit; did you mean 30s?}
   */
  Wrong(String predicate) {
    super(predicate, null, false, false);
  }

  /** Says what was found and what was expected. */
  static Wrong found(String found, String expected) {
    return new Wrong("is " + found + ", but must be " + expected);
  }

  String predicate() {
    return String.valueOf(getMessage());
  }
}
