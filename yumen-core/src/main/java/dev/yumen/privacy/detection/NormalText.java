package dev.yumen.privacy.detection;

/**
 * A view of a text in which the usual disguises are gone, with the way back: full-width and other
 * scripts' digits become ASCII, dashes and blanks become plain ones, runs of Chinese numerals
 * become digits, zero-width characters vanish, and JSON, HTML and percent escapes are decoded.
 *
 * <p>Replacements of one character by one happen in place. Only a change of length needs the map of
 * positions, so a plain text, Chinese punctuation included, costs one pass over its characters.
 */
final class NormalText {
  /** Shortest run of Chinese numerals that is read as a number: 一二三四五六 is counting. */
  private static final int NUMERAL_RUN = 7;

  private static final byte PLAIN = 0;
  private static final byte ONE_TO_ONE = 1;
  private static final byte NUMERAL = 2;
  private static final byte RESIZING = 3;

  private static final byte[] KIND = new byte[1 << 16];
  private static final char[] MAPPED = new char[1 << 16];

  static {
    for (int c = 0; c < MAPPED.length; c++) {
      char mapped = fold((char) c);
      MAPPED[c] = mapped;
      KIND[c] = mapped == c ? PLAIN : ONE_TO_ONE;
    }
    String[] numerals = {"〇零", "幺一壹弌", "二贰貳兩两", "三叁參叄", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖"};
    for (int digit = 0; digit < numerals.length; digit++) {
      for (int at = 0; at < numerals[digit].length(); at++) {
        char c = numerals[digit].charAt(at);
        KIND[c] = NUMERAL;
        MAPPED[c] = (char) ('0' + digit);
      }
    }
    for (int at = 0; at < Escape.FIRSTS.length(); at++) {
      char c = Escape.FIRSTS.charAt(at);
      KIND[c] = RESIZING;
    }
  }

  private final char[] chars;
  private final int length;
  private final Anchors starts;
  private final Anchors ends;

  private NormalText(char[] chars, int length, Anchors starts, Anchors ends) {
    this.chars = chars;
    this.length = length;
    this.starts = starts;
    this.ends = ends;
  }

  static NormalText of(String text) {
    var chars = text.toCharArray();
    for (int i = 0; i < chars.length; i++) {
      byte kind = KIND[chars[i]];
      if (kind == PLAIN) {
        continue;
      }
      if (kind == ONE_TO_ONE) {
        chars[i] = MAPPED[chars[i]];
      } else if (kind == NUMERAL) {
        i = numerals(chars, i, chars.length) - 1;
      } else if (Escape.at(chars, i, chars.length) != Escape.NONE) {
        return resized(chars, i);
      }
    }
    return new NormalText(chars, chars.length, new Anchors(), new Anchors());
  }

  /** A text with the replacements of one character by one, numerals excepted. */
  static String folded(String text) {
    var chars = text.toCharArray();
    for (int i = 0; i < chars.length; i++) {
      chars[i] = KIND[chars[i]] == ONE_TO_ONE ? MAPPED[chars[i]] : chars[i];
    }
    return new String(chars);
  }

  /** The characters; only the first {@link #length()} count. */
  char[] chars() {
    return chars;
  }

  int length() {
    return length;
  }

  /** Where in the original text the character starts. */
  int originalStart(int position) {
    return starts.original(position);
  }

  /** Where in the original text the character before the position ends. */
  int originalEnd(int position) {
    return ends.original(position - 1) + 1;
  }

  /** Goes on from the first character whose length changes; what lies before is done. */
  private static NormalText resized(char[] chars, int from) {
    var starts = new Anchors();
    var ends = new Anchors();
    boolean numerals = false;
    int to = from;
    for (int i = from; i < chars.length; ) {
      int run = i;
      while (i < chars.length && KIND[chars[i]] == PLAIN) {
        i++;
      }
      if (i > run) {
        System.arraycopy(chars, run, chars, to, i - run);
        to += i - run;
        continue;
      }
      char c = chars[i];
      byte kind = KIND[c];
      long escape = kind == RESIZING ? Escape.at(chars, i, chars.length) : Escape.NONE;
      if (escape != Escape.NONE) {
        int width = Escape.width(escape);
        i += width;
        if (Escape.dropped(escape)) {
          starts.add(to, i);
          ends.add(to, i);
          continue;
        }
        c = Escape.decoded(escape);
        ends.add(to, i - 1);
        starts.add(to + 1, i);
        kind = KIND[c];
      } else {
        i++;
      }
      numerals |= kind == NUMERAL;
      chars[to++] = kind == ONE_TO_ONE ? MAPPED[c] : c;
    }
    for (int i = from; numerals && i < to; i++) {
      if (KIND[chars[i]] == NUMERAL) {
        i = numerals(chars, i, to) - 1;
      }
    }
    return new NormalText(chars, to, starts, ends);
  }

  /** Turns a long enough run of numerals at the position into digits; returns where it ends. */
  private static int numerals(char[] chars, int at, int limit) {
    int count = 0;
    int end = at;
    for (int i = at; i < limit; i++) {
      char c = chars[i];
      if (KIND[c] == NUMERAL) {
        count++;
        end = i + 1;
      } else if (Chars.digit(c)) {
        end = i + 1;
      } else if (i > end || !(c == ' ' || c == '-' || c == '.')) {
        break;
      }
    }
    if (count + leadingDigits(chars, at) >= NUMERAL_RUN) {
      for (int i = at; i < end; i++) {
        if (KIND[chars[i]] == NUMERAL) {
          chars[i] = MAPPED[chars[i]];
        }
      }
    }
    return end;
  }

  /** How many ASCII digits stand directly before, at most four: 138一二三四五六七八. */
  private static int leadingDigits(char[] chars, int at) {
    int count = 0;
    while (count < 4 && count < at && Chars.digit(chars[at - 1 - count])) {
      count++;
    }
    return count;
  }

  private static char fold(char c) {
    if (c < 0x80) {
      return c;
    }
    if (c >= '\uff01' && c <= '\uff5e') {
      return (char) (c - 0xfee0);
    }
    return switch (c) {
      case '\u00a0', '\u3000', '\u202f', '\u205f' -> ' ';
      case '\u2018', '\u2019' -> '\'';
      case '\u201c', '\u201d' -> '"';
      case '\u2212', '\ufe58', '\ufe63', '\u2500', '\u30fc' -> '-';
      case '\ufe52', '\u2024' -> '.';
      case '\ufe55' -> ':';
      case '\ufe6b' -> '@';
      default -> {
        if (c >= '\u2000' && c <= '\u200a') {
          yield ' ';
        }
        if (c >= '\u2010' && c <= '\u2015') {
          yield '-';
        }
        int digit = Character.isDigit(c) ? Character.digit(c, 10) : -1;
        yield digit >= 0 ? (char) ('0' + digit) : c;
      }
    };
  }

  /**
   * Where positions of the view lie in the original: from each anchor on they go in step, until the
   * next.
   */
  private static final class Anchors {
    private final IntList views = new IntList();
    private final IntList originals = new IntList();

    void add(int view, int original) {
      views.add(view);
      originals.add(original);
    }

    /** By the last anchor at or before the position; without one the texts are in step. */
    int original(int view) {
      int low = 0;
      int high = views.size();
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (views.get(middle) <= view) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low == 0 ? view : originals.get(low - 1) + view - views.get(low - 1);
    }
  }
}
