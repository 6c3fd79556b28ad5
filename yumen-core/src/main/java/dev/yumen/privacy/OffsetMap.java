package dev.yumen.privacy;

/**
 * Maps places of a disguised text to places of the original, in characters as the Messages API
 * counts them: Unicode code points.
 */
public final class OffsetMap {
  private final String original;
  private final String disguised;
  private final int[] originalEnds;
  private final int[] disguisedStarts;
  private final int[] disguisedEnds;
  private final int[] originalStarts;

  /** All places in UTF-16 units, in order, one entry for each replacement. */
  OffsetMap(
      String original,
      String disguised,
      int[] originalStarts,
      int[] originalEnds,
      int[] disguisedStarts,
      int[] disguisedEnds) {
    this.original = original;
    this.disguised = disguised;
    this.originalStarts = originalStarts;
    this.originalEnds = originalEnds;
    this.disguisedStarts = disguisedStarts;
    this.disguisedEnds = disguisedEnds;
  }

  /** The original place of a beginning: within a pseudonym it is the beginning of the value. */
  public int start(int disguisedOffset) {
    return original(disguisedOffset, false);
  }

  /** The original place of an end: within a pseudonym it is the end of the value. */
  public int end(int disguisedOffset) {
    return original(disguisedOffset, true);
  }

  private int original(int codePoints, boolean isEnd) {
    int most = disguised.codePointCount(0, disguised.length());
    int at = disguised.offsetByCodePoints(0, Math.clamp(codePoints, 0, most));
    int shift = 0;
    for (int i = 0; i < disguisedStarts.length && disguisedStarts[i] < at; i++) {
      if (at < disguisedEnds[i]) {
        return count(isEnd ? originalEnds[i] : originalStarts[i]);
      }
      shift = originalEnds[i] - disguisedEnds[i];
    }
    return count(at + shift);
  }

  private int count(int units) {
    return original.codePointCount(0, units);
  }
}
