package dev.yumen.privacy.detection;

/**
 * What the words around a value say about it. The nearest word decides, so that an order number
 * after the word "phone" two fields back stays an order number.
 */
final class Context {
  /** What the nearest word says. */
  enum Verdict {
    /** It names the type. */
    FOR,
    /** Nothing near says anything. */
    SILENT,
    /** It names something that is no personal data. */
    AGAINST
  }

  /** How far before a value a word counts: 12 Chinese characters, or about 5 English words. */
  private static final int BEFORE = 36;

  /** A word against the type must stand nearer: it labels its own value, not the sentence. */
  private static final int COUNTER_BEFORE = 15;

  /** After a value a word counts only when it is close, as in a remark in brackets. */
  private static final int AFTER = 15;

  private static final int HAN_WIDTH = 3;

  private final char[] chars;
  private final Marks marks;

  Context(char[] chars, Marks marks) {
    this.chars = chars;
    this.marks = marks;
  }

  Verdict around(DataType type, int start, int end) {
    var before = before(type, start);
    return before != Verdict.SILENT ? before : after(type, end);
  }

  private Verdict before(DataType type, int start) {
    int hit = marks.firstHitAfter(start) - 1;
    int distance = 0;
    int position = start;
    for (; hit >= 0; hit--) {
      int end = marks.hitEnd(hit);
      while (position > end && distance <= BEFORE) {
        distance += width(chars[--position]);
      }
      if (distance > BEFORE) {
        return Verdict.SILENT;
      }
      var word = marks.word(hit);
      if (word.cues().contains(type)) {
        return Verdict.FOR;
      }
      if (word.counter() && distance <= COUNTER_BEFORE) {
        return Verdict.AGAINST;
      }
    }
    return Verdict.SILENT;
  }

  private Verdict after(DataType type, int end) {
    int distance = 0;
    int position = end;
    for (int hit = marks.firstHitAfter(end); hit < marks.hits(); hit++) {
      int start = marks.hitStart(hit);
      while (position < start && distance <= AFTER) {
        distance += width(chars[position++]);
      }
      if (distance > AFTER) {
        break;
      }
      if (start >= end && marks.word(hit).cues().contains(type)) {
        return Verdict.FOR;
      }
    }
    return Verdict.SILENT;
  }

  /** The end of a sentence cuts the context, by being wider than any window. */
  private static int width(char c) {
    if (c < 0x80) {
      return c == '!' || c == '?' || c == ';' ? BEFORE + 1 : 1;
    }
    return c == '。' ? BEFORE + 1 : HAN_WIDTH;
  }
}
