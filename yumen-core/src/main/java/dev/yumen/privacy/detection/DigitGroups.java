package dev.yumen.privacy.detection;

/**
 * Digits as they are written: groups with separators between them, such as {@code 138-0013-8000}. A
 * stretch of consecutive groups, an extent, is a candidate for a number.
 */
final class DigitGroups {
  /** A longer run of digits is no identifier of any kind. */
  private static final int LONGEST_GROUP = 34;

  private static final int MOST_GROUPS = 48;
  private static final int WIDEST_SEPARATOR = 3;

  private final Scan scan;
  private final int[] starts = new int[MOST_GROUPS];
  private final int[] ends = new int[MOST_GROUPS];
  private final int[] offsets = new int[MOST_GROUPS + 1];
  private final StringBuilder digits = new StringBuilder();
  private int count;

  DigitGroups(Scan scan) {
    this.scan = scan;
  }

  /** Reads the groups from the position, where a digit stands; returns where they end. */
  int read(int position) {
    count = 0;
    digits.setLength(0);
    int at = position;
    while (count < MOST_GROUPS) {
      int end = at;
      while (Chars.digit(scan.at(end))) {
        if (end - at < LONGEST_GROUP) {
          digits.append(scan.at(end));
        }
        end++;
      }
      if (end - at > LONGEST_GROUP) {
        digits.setLength(offsets[count]);
        return end;
      }
      starts[count] = at;
      ends[count++] = end;
      offsets[count] = digits.length();
      int next = end;
      while (next - end < WIDEST_SEPARATOR && separator(scan.at(next))) {
        next++;
      }
      if (next == end || !Chars.digit(scan.at(next))) {
        return end;
      }
      at = next;
    }
    return ends[count - 1];
  }

  int count() {
    return count;
  }

  int start(int group) {
    return starts[group];
  }

  int end(int group) {
    return ends[group];
  }

  int size(int group) {
    return offsets[group + 1] - offsets[group];
  }

  /** How many digits the groups from first to last have. */
  int total(int first, int last) {
    return offsets[last + 1] - offsets[first];
  }

  /** The digits of the groups from first to last. */
  CharSequence digits(int first, int last) {
    return digits.substring(offsets[first], offsets[last + 1]);
  }

  /** The digit with the number within the extent that begins with the group. */
  char digit(int first, int index) {
    return digits.charAt(offsets[first] + index);
  }

  /** The separator before the group when it is one character, else NUL. */
  char separator(int group) {
    return group > 0 && starts[group] - ends[group - 1] == 1 ? scan.at(ends[group - 1]) : 0;
  }

  /** Tells whether the groups have these sizes. */
  boolean sized(int first, int last, int... sizes) {
    if (last - first + 1 != sizes.length) {
      return false;
    }
    for (int i = 0; i < sizes.length; i++) {
      if (size(first + i) != sizes[i]) {
        return false;
      }
    }
    return true;
  }

  /** Tells whether all separators within the extent are alike: spelled out on purpose. */
  boolean uniform(int first, int last) {
    for (int group = first + 1; group <= last; group++) {
      int width = starts[group] - ends[group - 1];
      if (width != starts[first + 1] - ends[first]
          || scan.at(ends[group - 1]) != scan.at(ends[first])) {
        return false;
      }
    }
    return true;
  }

  /** Tells whether every group has the size, the last at most that. */
  boolean every(int first, int last, int size) {
    for (int group = first; group < last; group++) {
      if (size(group) != size) {
        return false;
      }
    }
    return size(last) <= size && uniform(first, last);
  }

  /** Tells whether the extent may be a number of its own, seen from the left. */
  boolean beginsAt(int first) {
    int start = starts[first];
    char before = scan.at(start - 1);
    if (first > 0) {
      return !joining(before) && before != '_';
    }
    if (Chars.letter(before)) {
      return scan.marks().wordEndsAt(start);
    }
    if (before == '-' || before == '.' || before == '_') {
      char other = scan.at(start - 2);
      return !Chars.alnum(other) || scan.marks().wordEndsAt(start - 1) || before == '_';
    }
    return "$¥€£￥".indexOf(before) < 0 || before == 0;
  }

  /** Tells whether the extent may be a number of its own, seen from the right. */
  boolean endsAt(int last) {
    int end = ends[last];
    char after = scan.at(end);
    if (last + 1 < count && (joining(after) || after == '_')) {
      return false;
    }
    if (Chars.letter(after) || after == '%' || after == '‰') {
      return after == 'x' && Chars.digit(scan.at(end + 1)) && ends[last] - starts[last] < 8;
    }
    if (after == '-' && Chars.letter(scan.at(end + 1))) {
      return wordOfLetters(end + 1);
    }
    if (after == '-' || after == '.' || after == ':') {
      return !Chars.alnum(scan.at(end + 1));
    }
    return "元块圆万亿美欧个次条件克吨秒毫米".indexOf(after) < 0 || after == 0;
  }

  /** A word behind a hyphen is a remark, as in 555-0100-office; one with digits belongs to it. */
  private boolean wordOfLetters(int from) {
    int end = scan.tokenEnd(from);
    for (int i = from; i < end; i++) {
      if (Chars.digit(scan.at(i))) {
        return false;
      }
    }
    return end - from >= 3;
  }

  private static boolean joining(char c) {
    return c == '-' || c == '.' || c == '/' || c == '·';
  }

  private static boolean separator(char c) {
    return switch (c) {
      case ' ', '\t', '-', '.', '(', ')', '/', '_', '·' -> true;
      default -> false;
    };
  }
}
