package dev.yumen.privacy;

/**
 * A stretch of a text that holds a value, and what shall become of it.
 *
 * @param start where it starts, in UTF-16 units of the text
 * @param end where it ends, exclusive
 * @param label what kind of value it is
 * @param action what shall become of it
 */
public record Span(int start, int end, Label label, Action action) {
  /** Checks the place. */
  public Span {
    if (start < 0 || end <= start) {
      throw new IllegalArgumentException("a span needs a place, not " + start + " to " + end);
    }
  }
}
