package dev.yumen.privacy.detection;

import dev.yumen.privacy.detection.Scan.Check;

/**
 * Telephone numbers: Chinese mobile and landline numbers by their numbering plan, others by the
 * international prefix, the North American layout, or a word nearby.
 */
final class Telephones {
  /** Country calling codes of one and two digits (ITU-T E.164); all others have three. */
  private static final String TWO_DIGIT_CODES =
      " 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64"
          + " 65 66 81 82 84 86 90 91 92 93 94 95 98 ";

  private final Scan scan;
  private final DigitGroups groups;

  Telephones(Scan scan, DigitGroups groups) {
    this.scan = scan;
    this.groups = groups;
  }

  void extent(int first, int last, int total) {
    switch (total) {
      case 11 -> mobile(first, last);
      case 13 -> {
        if (groups.digit(first, 0) == '8' && groups.digit(first, 1) == '6' && first == last) {
          prefixedMobile(first, 2);
        }
        internetOfThings(first, last);
      }
      case 15 -> {
        if (first == last && groups.digits(first, last).toString().startsWith("0086")) {
          prefixedMobile(first, 4);
        }
      }
      default -> {}
    }
    if (total >= 10 && total <= 12) {
      landline(first, last, total);
    }
    if (total == 10) {
      northAmerican(first, last);
    }
    if (total >= 7 && total <= 12) {
      otherwise(first, last, total);
    }
  }

  /** A plus, or double zero, and a country code: the whole number whatever its layout. */
  void international(int first) {
    int start = groups.start(first);
    if (groups.size(first) == 3 && groups.digit(first, 0) == '0' && groups.beginsAt(first)) {
      dialledAmerican(first, start);
    }
    if (scan.at(start - 1) != '+' || Chars.alnum(scan.at(start - 2))) {
      return;
    }
    int last = first;
    while (groups.size(first) <= 4
        && last + 1 < groups.count()
        && groups.total(first, last + 1) <= 15
        && groups.start(last + 1) - groups.end(last) <= 3
        && scan.at(groups.end(last)) != '\t') {
      last++;
    }
    for (; last >= first; last--) {
      int total = groups.total(first, last);
      if (total >= 8 && plausible(first, last, total) && groups.endsAt(last)) {
        scan.propose(DataType.PHONE_NUMBER, start - 1, groups.end(last), Check.NONE, 20);
        return;
      }
    }
  }

  /** 001-212-555-0100: the prefix for abroad and the American layout. */
  private void dialledAmerican(int first, int start) {
    int last = first + 3;
    if (last < groups.count()
        && groups.digits(first, first).toString().equals("001")
        && groups.sized(first, last, 3, 3, 3, 4)
        && groups.endsAt(last)) {
      scan.propose(DataType.PHONE_NUMBER, start, withExtension(groups.end(last)), Check.NONE, 10);
    }
  }

  private boolean plausible(int first, int last, int total) {
    var digits = groups.digits(first, last);
    char one = digits.charAt(0);
    if (one == '8' && digits.charAt(1) == '6') {
      return total >= 12 && total <= 14 && !chineseMobile(digits, 2);
    }
    if (one == '1') {
      return total == 11 && digits.charAt(1) >= '2' && digits.charAt(4) >= '2';
    }
    int code =
        one == '7' ? 1 : TWO_DIGIT_CODES.contains(" " + digits.subSequence(0, 2) + " ") ? 2 : 3;
    return one != '0' && total - code >= 6 && total - code <= 12;
  }

  private static boolean chineseMobile(CharSequence digits, int from) {
    return digits.length() - from == 11
        && digits.charAt(from) == '1'
        && digits.charAt(from + 1) >= '3';
  }

  private void mobile(int first, int last) {
    if (!chineseMobile(groups.digits(first, last), 0)) {
      return;
    }
    boolean usual =
        first == last
            || groups.every(first, last, 1)
            || groups.every(first, last, 2)
            || groups.every(first, last, 3)
            || groups.every(first, last, 4)
            || (groups.uniform(first, last)
                && (groups.sized(first, last, 3, 4, 4)
                    || groups.sized(first, last, 3, 8)
                    || groups.sized(first, last, 7, 4)
                    || groups.sized(first, last, 4, 3, 4)
                    || groups.sized(first, last, 3, 3, 5)));
    scan.propose(
        DataType.CN_MOBILE, withCountryCode(first), groups.end(last), Check.NONE, usual ? 0 : -25);
  }

  /** Where the number starts when +86, 0086 or 86 stands before it. */
  private int withCountryCode(int first) {
    int start = groups.start(first);
    int code = start;
    while (code > start - 3 && " -()".indexOf(scan.at(code - 1)) >= 0 && scan.at(code - 1) != 0) {
      code--;
    }
    if (!scan.matches(code - 2, "86")) {
      return start;
    }
    int from = code - 2;
    if (scan.matches(from - 2, "00")) {
      from -= 2;
    } else if (scan.at(from - 1) == '+') {
      from--;
    } else if (scan.at(code) == ' ') {
      return start;
    }
    if (scan.at(from - 1) == '(' && scan.at(code) == ')') {
      from--;
    }
    return Chars.alnum(scan.at(from - 1)) ? start : from;
  }

  private void prefixedMobile(int group, int prefix) {
    if (chineseMobile(groups.digits(group, group), prefix)) {
      int start = groups.start(group);
      scan.propose(
          DataType.CN_MOBILE,
          scan.at(start - 1) == '+' ? start - 1 : start,
          groups.end(group),
          Check.NONE);
    }
  }

  /** Thirteen digits of 1440 and 106, which look like milliseconds: only where a word says so. */
  private void internetOfThings(int first, int last) {
    var digits = groups.digits(first, last).toString();
    if (digits.startsWith("1440") || digits.startsWith("1064")) {
      scan.propose(DataType.CN_MOBILE, groups.start(first), groups.end(last), Check.NONE, -35);
    }
  }

  /** Area code and number; the bare run of digits needs a word. */
  private void landline(int first, int last, int total) {
    var digits = groups.digits(first, last);
    if (digits.charAt(0) != '0' || digits.charAt(1) == '0') {
      return;
    }
    int area = digits.charAt(1) <= '2' ? 3 : 4;
    int subscriber = total - area;
    boolean plan =
        (area == 4 || digits.charAt(1) == '2' || digits.charAt(2) == '0')
            && (subscriber == 7 || subscriber == 8)
            && (area == 4 || subscriber == 8)
            && digits.charAt(area) >= '2'
            && digits.charAt(area) <= '8';
    if (!plan) {
      return;
    }
    boolean separated = last > first && groups.size(first) == area;
    if (last > first && !separated) {
      return;
    }
    int start = groups.start(first);
    if (scan.at(start - 1) == '(' && scan.at(groups.end(first)) == ')') {
      start--;
    }
    scan.propose(
        DataType.CN_LANDLINE,
        start,
        withExtension(groups.end(last)),
        Check.NONE,
        separated ? 0 : -30);
  }

  /** Three, three and four digits (North American Numbering Plan), with or without a 1 before. */
  private void northAmerican(int first, int last) {
    var digits = groups.digits(first, last);
    if (digits.charAt(0) < '2' || digits.charAt(3) < '2' || digits.toString().startsWith("400")) {
      return;
    }
    boolean layout = groups.sized(first, last, 3, 3, 4);
    if (!layout && first != last) {
      return;
    }
    int start = groups.start(first);
    boolean bracket = scan.at(start - 1) == '(';
    if (bracket) {
      start--;
    }
    if (first > 0 && groups.size(first - 1) == 1 && groups.digit(first - 1, 0) == '1') {
      start = groups.start(first - 1);
      start -= scan.at(start - 1) == '+' ? 1 : 0;
    }
    boolean blank = groups.separator(last) == ' ' && !bracket;
    int adjustment = !layout ? -30 : bracket ? 10 : blank ? -15 : 5;
    scan.propose(
        DataType.PHONE_NUMBER, start, withExtension(groups.end(last)), Check.NONE, adjustment);
  }

  /** Any other layout: only where a word says that it is a telephone number. */
  private void otherwise(int first, int last, int total) {
    int start = groups.start(first);
    int end = groups.end(last);
    if (last - first > 5
        || (first == last && total < 8)
        || date(first, last, total)
        || !scan.named(DataType.PHONE_NUMBER, start, end)) {
      return;
    }
    boolean trunk = groups.digit(first, 0) == '0' || groups.size(first) <= 4;
    if (last + 1 < groups.count() && groups.total(first, last + 1) <= 12) {
      return;
    }
    start -= scan.at(start - 1) == '(' ? 1 : 0;
    scan.propose(
        DataType.PHONE_NUMBER,
        start,
        withExtension(end),
        Check.NONE,
        trunk || last > first ? -25 : -35);
  }

  private boolean date(int first, int last, int total) {
    return total == 8
        && (groups.sized(first, last, 4, 2, 2)
            || groups.sized(first, last, 2, 2, 4)
            || Dates.ofBirth(
                Dates.number(groups.digits(first, last), 0, 4),
                Dates.number(groups.digits(first, last), 4, 2),
                Dates.number(groups.digits(first, last), 6, 2)));
  }

  /** An extension after the number: x12, ext. 12, 转12. */
  private int withExtension(int end) {
    int at = end;
    while (scan.at(at) == ' ' && at - end < 2) {
      at++;
    }
    if (scan.at(at) == '转') {
      at++;
    } else if (scan.matches(at, "ext")) {
      at += scan.at(at + 3) == '.' ? 4 : 3;
    } else if (scan.at(at) == 'x') {
      at++;
    } else {
      return end;
    }
    at += scan.at(at) == ' ' ? 1 : 0;
    int digits = at;
    while (digits - at < 6 && Chars.digit(scan.at(digits))) {
      digits++;
    }
    return digits > at && !Chars.alnum(scan.at(digits)) ? digits : end;
  }
}
