package dev.yumen.privacy.detection;

import org.jspecify.annotations.Nullable;

/**
 * Something a name is given, as in {@code DB_PASSWORD=x}, {@code "token": "x"}, {@code <secret>x<},
 * {@code --password x} and 密码是 x.
 *
 * @param start where the value starts, without quotes
 * @param end where it ends
 * @param quoted whether quotes surround it
 * @param prose whether a word such as "is" stood between, as people write
 */
record Assignment(int start, int end, boolean quoted, boolean prose) {
  private static final int LONGEST_NAME = 40;
  private static final int LONGEST_VALUE = 300;
  private static final String[] PROSE = {"是", "为", "is ", "was "};

  /** Reads what follows a word that is, or is part of, a name. */
  static @Nullable Assignment after(Scan scan, int wordStart, int wordEnd) {
    boolean option = scan.at(wordStart - 1) == '-';
    int start = start(scan, wordEnd, option);
    if (start < 0) {
      return null;
    }
    char quote = scan.at(start - 1);
    boolean quoted = quote == '"' || quote == '\'' || quote == '`';
    int end = start;
    while (end - start < LONGEST_VALUE && !ends(scan, end, quoted ? quote : 0)) {
      end++;
    }
    while (!quoted && end > start && ".。,;".indexOf(scan.at(end - 1)) >= 0) {
      end--;
    }
    if (end == start || (quoted && scan.at(end) != quote)) {
      return null;
    }
    char operator = scan.at(lastNonBlank(scan, quoted ? start - 2 : start - 1));
    boolean prose = "是为s".indexOf(operator) >= 0 && operator != 0;
    return new Assignment(start, end, quoted, prose);
  }

  /** Where the value starts that is assigned to the name around or before the position, or -1. */
  static int valueStart(Scan scan, int wordEnd) {
    return start(scan, wordEnd, false);
  }

  String value(Scan scan) {
    return scan.substring(start, end);
  }

  private static int start(Scan scan, int wordEnd, boolean option) {
    int at = wordEnd;
    while (at - wordEnd < LONGEST_NAME && namePart(scan.at(at))) {
      at++;
    }
    int name = at;
    while (at - name < 4 && " \t\"'`)]*".indexOf(scan.at(at)) >= 0 && scan.at(at) != 0) {
      at++;
    }
    int operator = at;
    for (var word : PROSE) {
      if (scan.matches(at, word)) {
        at += word.length();
        break;
      }
    }
    if (at == operator && scan.matches(at, "value=")) {
      at += 6;
    }
    while (at - operator < 6 && "=:>|".indexOf(scan.at(at)) >= 0 && scan.at(at) != 0) {
      at++;
    }
    if (at == operator && !(option && scan.at(name) == ' ')) {
      return -1;
    }
    if (scan.matches(operator, "==")
        || scan.matches(operator, "||")
        || scan.matches(operator, "::")) {
      // A comparison, an alternative, a path of names: not an assignment, but for ::= of Go and
      // BNF.
      return -1;
    }
    int value = at;
    while (value - at < 4 && " \t*".indexOf(scan.at(value)) >= 0 && scan.at(value) != 0) {
      value++;
    }
    char quote = scan.at(value);
    if (quote == '"' || quote == '\'' || quote == '`') {
      value++;
    }
    return value;
  }

  private static boolean ends(Scan scan, int at, char quote) {
    char c = scan.at(at);
    if (c == 0 || c == '\n' || c == '\r') {
      return true;
    }
    if (quote != 0) {
      return c == quote;
    }
    return Chars.space(c)
        || "\"'`<>&|，。；、)}".indexOf(c) >= 0
        || c == ';'
        || (c == ',' && !Chars.alnum(scan.at(at + 1)));
  }

  private static int lastNonBlank(Scan scan, int from) {
    int at = from;
    while (at > from - 6 && (scan.at(at) == ' ' || scan.at(at) == '\t')) {
      at--;
    }
    return at;
  }

  private static boolean namePart(char c) {
    return Chars.base64Url(c) || c == '.';
  }
}
