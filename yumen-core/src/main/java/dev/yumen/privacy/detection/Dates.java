package dev.yumen.privacy.detection;

/** Calendar dates within identity numbers. */
final class Dates {
  private static final int OLDEST_YEAR = 1900;
  private static final int YOUNGEST_YEAR = 2035;
  private static final int[] DAYS = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  private Dates() {}

  /** Tells whether somebody alive or soon to be born can have the date of birth. */
  static boolean ofBirth(int year, int month, int day) {
    return year >= OLDEST_YEAR && year <= YOUNGEST_YEAR && monthAndDay(month, day);
  }

  /** Tells whether some year has the day; 29 February counts. */
  static boolean monthAndDay(int month, int day) {
    return month >= 1 && month <= 12 && day >= 1 && day <= DAYS[month - 1];
  }

  /** The number that the digits from the index make. */
  static int number(CharSequence digits, int from, int count) {
    int value = 0;
    for (int i = from; i < from + count; i++) {
      value = value * 10 + digits.charAt(i) - '0';
    }
    return value;
  }
}
