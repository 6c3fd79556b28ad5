package dev.yumen.privacy.detection;

import java.util.Map;

/**
 * Characters written as several, and characters that show nothing. An escape is a packed value: how
 * many characters it takes, and the one it stands for.
 *
 * <p>Known are JSON's and most languages' backslash escapes (also doubled, as in JSON within JSON),
 * HTML's numeric references and the five names of XML, percent-encoded UTF-8 of the basic plane,
 * mathematical digits and the zero-width characters.
 */
final class Escape {
  /** Not an escape: the character stands for itself. */
  static final long NONE = -1;

  /** Every character with which an escape can start. */
  static final String FIRSTS =
      "\\&%\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff\ud835";

  /** More backslashes than this in a row are art, not nesting. */
  private static final int DEEPEST_NESTING = 8;

  private static final Map<String, Character> NAMED =
      Map.of(
          "amp;", '&', "lt;", '<', "gt;", '>', "quot;", '"', "apos;", '\'', "nbsp;", ' ', "commat;",
          '@', "colon;", ':', "period;", '.', "hyphen;", '-');

  private Escape() {}

  /** Reads the escape at the position; takes bounded time. */
  static long at(char[] chars, int at, int limit) {
    return switch (chars[at]) {
      case '\\' -> backslash(chars, at, limit);
      case '&' -> reference(chars, at, limit);
      case '%' -> percent(chars, at, limit);
      case '\ud835' -> mathematicalDigit(chars, at, limit);
      default -> FIRSTS.indexOf(chars[at]) >= 0 ? packed(1, 0) : NONE;
    };
  }

  /** How many characters of the text it takes. */
  static int width(long escape) {
    return (int) (escape >> 32);
  }

  /** Tells whether it stands for nothing. */
  static boolean dropped(long escape) {
    return (int) escape == 0;
  }

  /** The character it stands for. */
  static char decoded(long escape) {
    return (char) escape;
  }

  private static long packed(int width, int decoded) {
    return (long) width << 32 | decoded;
  }

  private static long backslash(char[] chars, int at, int limit) {
    int i = at + 1;
    while (i < limit && chars[i] == '\\' && i - at < DEEPEST_NESTING) {
      i++;
    }
    if (i >= limit) {
      return NONE;
    }
    return switch (chars[i]) {
      case 'n', 'r' -> packed(i + 1 - at, '\n');
      case 't' -> packed(i + 1 - at, '\t');
      case '"', '\'', '/' -> packed(i + 1 - at, chars[i]);
      case 'u' -> hexadecimal(chars, at, i + 1, 4, limit);
      case 'x' -> hexadecimal(chars, at, i + 1, 2, limit);
      default -> NONE;
    };
  }

  private static long hexadecimal(char[] chars, int at, int from, int digits, int limit) {
    int value = hex(chars, from, digits, limit);
    return value <= 0 ? NONE : visible(from + digits - at, value);
  }

  private static long reference(char[] chars, int at, int limit) {
    int end = at + 1;
    while (end < limit && end - at < 10 && chars[end] != ';') {
      end++;
    }
    if (end >= limit || chars[end] != ';' || end < at + 3) {
      return NONE;
    }
    if (chars[at + 1] != '#') {
      var named = NAMED.get(new String(chars, at + 1, end - at));
      return named == null ? NONE : packed(end + 1 - at, named);
    }
    boolean hexadecimal = Chars.lowered(chars[at + 2]) == 'x';
    int value = 0;
    for (int i = at + (hexadecimal ? 3 : 2); i < end; i++) {
      int digit = Chars.hexValue(chars[i]);
      if (digit < 0 || (!hexadecimal && digit > 9)) {
        return NONE;
      }
      value = value * (hexadecimal ? 16 : 10) + digit;
    }
    return value <= 0 || value > Character.MAX_VALUE ? NONE : visible(end + 1 - at, value);
  }

  /** One percent-encoded character of one to three bytes. */
  private static long percent(char[] chars, int at, int limit) {
    int first = octet(chars, at, limit);
    if (first < 0x20 && first != '\n' && first != '\r' && first != '\t') {
      return NONE;
    }
    if (first < 0x80) {
      return packed(3, first);
    }
    int second = octet(chars, at + 3, limit);
    if ((second & 0xc0) != 0x80) {
      return NONE;
    }
    if (first >= 0xc2 && first < 0xe0) {
      return visible(6, ((first & 0x1f) << 6) | (second & 0x3f));
    }
    int third = octet(chars, at + 6, limit);
    if ((first & 0xf0) != 0xe0 || (third & 0xc0) != 0x80) {
      return NONE;
    }
    return visible(9, ((first & 0x0f) << 12) | ((second & 0x3f) << 6) | (third & 0x3f));
  }

  private static int octet(char[] chars, int at, int limit) {
    return at < limit && chars[at] == '%' ? hex(chars, at + 1, 2, limit) : -1;
  }

  /** U+1D7CE to U+1D7FF: five styles of the ten digits. */
  private static long mathematicalDigit(char[] chars, int at, int limit) {
    if (at + 1 >= limit || chars[at + 1] < '\udfce' || chars[at + 1] > '\udfff') {
      return NONE;
    }
    return packed(2, '0' + (chars[at + 1] - '\udfce') % 10);
  }

  /** An escaped zero-width character vanishes as an open one does. */
  private static long visible(int width, int decoded) {
    boolean shows = decoded < 0x80 || FIRSTS.indexOf(decoded) < 0 || decoded == '\ud835';
    return packed(width, shows ? decoded : 0);
  }

  private static int hex(char[] chars, int from, int digits, int limit) {
    if (from + digits > limit) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < from + digits; i++) {
      int digit = Chars.hexValue(chars[i]);
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }
}
