package dev.yumen.privacy.detection;

import dev.yumen.privacy.detection.Scan.Check;
import java.util.List;
import java.util.Locale;

/** Dates of birth and ages, which only their labels tell from other dates and numbers. */
final class LabelledDates {
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

  /** PIPL Art. 31: a person below this age is a minor whose data is sensitive. */
  private static final int MINOR = 14;

  private final Scan scan;

  LabelledDates(Scan scan) {
    this.scan = scan;
  }

  /** Where the date that begins at the position ends, or -1. */
  int end(int at) {
    if (Chars.letter(scan.at(at))) {
      return monthFirst(at);
    }
    int first = digitsEnd(at);
    int size = first - at;
    if (size == 8) {
      return valid(number(at, at + 4), number(at + 4, at + 6), number(at + 6, first)) ? first : -1;
    }
    if (size < 1 || size > 4 || size == 3) {
      return -1;
    }
    int separator = separatorEnd(first);
    if (separator == first) {
      return -1;
    }
    if (Chars.letter(scan.at(separator))) {
      return dayThenMonth(at, first, separator);
    }
    int second = digitsEnd(separator);
    int last = separatorEnd(second);
    if (second == separator || second - separator > 2) {
      return -1;
    }
    if (size == 4 && scan.at(last - 1) == '月' && !Chars.digit(scan.at(last))) {
      return number(separator, second) <= 12 ? last : -1;
    }
    int third = digitsEnd(last);
    if (last == second || third == last) {
      return -1;
    }
    if (size == 4) {
      boolean valid = valid(number(at, first), number(separator, second), number(last, third));
      return valid ? third + (scan.at(third) == '日' || scan.at(third) == '号' ? 1 : 0) : -1;
    }
    int year = number(last, third);
    int one = number(at, first);
    int two = number(separator, second);
    boolean valid = third - last == 4 || third - last == 2;
    return valid && (valid(full(year), one, two) || valid(full(year), two, one)) ? third : -1;
  }

  /** An age of a child: behind 年龄 or "age", or before 岁 and "years old". */
  void age(int start, int end) {
    char first = scan.at(start);
    boolean after =
        first == '岁'
            || scan.matches(start, "周岁")
            || (scan.at(end - 1) == 'd' && scan.at(end - 2) == 'l');
    int from;
    int to;
    if (after) {
      to = start;
      while (scan.at(to - 1) == ' ' || scan.at(to - 1) == '-') {
        to--;
      }
      from = to;
      while (to - from < 3 && Chars.digit(scan.at(from - 1))) {
        from--;
      }
    } else {
      char before = scan.at(start - 1);
      if (before == '-' || before == '_') {
        return;
      }
      from = end;
      while (from - end < 4 && scan.at(from) != 0 && " :=\"是".indexOf(scan.at(from)) >= 0) {
        from++;
      }
      to = digitsEnd(from);
    }
    boolean single =
        to > from && to - from <= 2 && !joined(scan.at(from - 1)) && !joined(scan.at(to));
    if (single && from != end && number(from, to) < MINOR && number(from, to) > 0) {
      scan.propose(DataType.MINOR_AGE, from, to, Check.NONE);
    }
  }

  private static boolean joined(char c) {
    return Chars.alnum(c) || c == '.' || c == '%' || c == '~';
  }

  /** March 3, 1990. */
  private int monthFirst(int at) {
    int word = month(at);
    if (word < 0) {
      return -1;
    }
    int day = word + (scan.at(word) == '.' ? 2 : 1);
    int dayEnd = digitsEnd(day);
    int year = dayEnd;
    while (year - dayEnd < 4
        && (scan.at(year) == ',' || scan.at(year) == ' ' || Chars.lower(scan.at(year)))) {
      year++;
    }
    int end = digitsEnd(year);
    return dayEnd > day && dayEnd - day <= 2 && end - year == 4 ? end : -1;
  }

  /** 3 March 1990, 03-Mar-1990. */
  private int dayThenMonth(int at, int first, int word) {
    int month = month(word);
    if (month < 0 || first - at > 2) {
      return -1;
    }
    int year = month + 1;
    while (year - month < 3 && scan.at(year) == ' ') {
      year++;
    }
    int end = digitsEnd(year);
    return end - year == 4 ? end : -1;
  }

  /** Where the name of a month ends, or -1. */
  private int month(int at) {
    int end = at;
    while (end - at < 10 && Chars.letter(scan.at(end))) {
      end++;
    }
    if (end - at < 3) {
      return -1;
    }
    return MONTHS.contains(scan.substring(at, at + 3).toLowerCase(Locale.ROOT)) ? end : -1;
  }

  private int digitsEnd(int at) {
    int end = at;
    while (end - at < 9 && Chars.digit(scan.at(end))) {
      end++;
    }
    return end;
  }

  /** One separator, with a blank at most on each side. */
  private int separatorEnd(int at) {
    int end = at;
    while (end - at < 3 && scan.at(end) != 0 && " -/.年月".indexOf(scan.at(end)) >= 0) {
      end++;
    }
    return end;
  }

  private int number(int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      value = value * 10 + scan.at(i) - '0';
    }
    return value;
  }

  private static int full(int year) {
    return year >= 100 ? year : year > 35 ? 1900 + year : 2000 + year;
  }

  private static boolean valid(int year, int month, int day) {
    return Dates.ofBirth(year, month, day);
  }
}
