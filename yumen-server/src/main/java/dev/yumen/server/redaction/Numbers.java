package dev.yumen.server.redaction;

/**
 * Numbers that belong to a person: Chinese mobile numbers, resident identity numbers (GB 11643) and
 * bank cards (ISO/IEC 7812), in one piece or in their usual groups.
 */
final class Numbers {
  private static final int MOST_DIGITS = 19;
  private static final long FIVE_GROUPS = 1_00_00_00_00;
  private static final int MOBILE = 1;
  private static final int IDENTITY = 2;
  private static final int CARD = 3;

  private Numbers() {}

  static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }

  /**
   * Returns the longest such number that begins at the position, as its end and kind in one word; 0
   * when there is none.
   *
   * @param position of a digit before which there is none
   */
  static long match(String text, int position) {
    long best = 0;
    long groups = 0;
    int digits = 0;
    int i = position;
    while (i < text.length() && digits <= MOST_DIGITS && groups < FIVE_GROUPS) {
      int start = i;
      while (i < text.length() && digit(text.charAt(i)) && i - start <= MOST_DIGITS) {
        i++;
      }
      if (i == start) {
        break;
      }
      digits += i - start;
      groups = groups * 100 + (i - start);
      boolean cross = i < text.length() && (text.charAt(i) == 'X' || text.charAt(i) == 'x');
      int kind = kind(text, position, i, groups, cross);
      if (kind != 0) {
        best = (long) (cross && kind == IDENTITY ? i + 1 : i) << 2 | kind;
      }
      if (i + 1 >= text.length() || (text.charAt(i) != ' ' && text.charAt(i) != '-')) {
        break;
      }
      i++;
    }
    return best;
  }

  /** The end of a match. */
  static int end(long match) {
    return (int) (match >> 2);
  }

  /** What was matched, in one word. */
  static String kind(long match) {
    return switch ((int) (match & 3)) {
      case MOBILE -> "mobile";
      case IDENTITY -> "identity";
      default -> "card";
    };
  }

  /** Groups are written as their lengths, two decimal digits each. */
  private static int kind(String text, int start, int end, long groups, boolean cross) {
    if (groups == 11 || groups == 30404) {
      return mobile(text, start) ? MOBILE : 0;
    }
    if ((groups == 13 && text.startsWith("86", start))
        || (groups == 15 && text.startsWith("0086", start))) {
      return mobile(text, start + (groups == 13 ? 2 : 4)) ? MOBILE : 0;
    }
    if (groups == 18 || groups == 60804 || (cross && (groups == 17 || groups == 60803))) {
      if (birthday(text, start + (groups > 18 ? 7 : 6))) {
        return IDENTITY;
      }
    }
    boolean card =
        (groups >= 15 && groups <= 19)
            || groups == 4040404
            || groups == 404040403
            || groups == 40605
            || groups == 613;
    return card && issuer(text.charAt(start)) && luhn(text, start, end) ? CARD : 0;
  }

  private static boolean mobile(String text, int start) {
    return text.charAt(start) == '1' && text.charAt(start + 1) >= '3';
  }

  /** A day in the 19th to 21st century, as YYYYMMDD. */
  private static boolean birthday(String text, int start) {
    int century = two(text, start);
    int month = two(text, start + 4);
    int day = two(text, start + 6);
    return century >= 18 && century <= 20 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
  }

  private static int two(String text, int start) {
    return (text.charAt(start) - '0') * 10 + text.charAt(start + 1) - '0';
  }

  /** Cards begin with 2 to 6 or 8; times in any unit since 1970 begin with 1. */
  private static boolean issuer(char first) {
    return (first >= '2' && first <= '6') || first == '8';
  }

  private static boolean luhn(String text, int start, int end) {
    int sum = 0;
    boolean twice = false;
    for (int i = end - 1; i >= start; i--) {
      char c = text.charAt(i);
      if (digit(c)) {
        int value = (c - '0') * (twice ? 2 : 1);
        sum += value > 9 ? value - 9 : value;
        twice = !twice;
      }
    }
    return sum % 10 == 0;
  }
}
