package dev.yumen.privacy.detection;

import dev.yumen.privacy.detection.Scan.Check;

/**
 * Payment cards (ISO/IEC 7812) and the identities of mobile devices, which share the Luhn digit.
 */
final class PaymentCards {
  private final Scan scan;
  private final DigitGroups groups;

  PaymentCards(Scan scan, DigitGroups groups) {
    this.scan = scan;
    this.groups = groups;
  }

  void extent(int first, int last, int total) {
    if (total < 13 || total > 19) {
      return;
    }
    var digits = groups.digits(first, last);
    boolean passed = Checksums.luhn(digits.subSequence(0, total - 1)) == digits.charAt(total - 1);
    var check = passed ? Check.PASSED : Check.FAILED;
    boolean usual = usualLayout(first, last);
    boolean issued = issued(digits, total);
    if ((issued || passed) && !repeated(digits)) {
      int adjustment = (issued ? 0 : -35) + (usual ? 0 : -30);
      scan.propose(DataType.PAYMENT_CARD, groups.start(first), groups.end(last), check, adjustment);
    }
    if (total == 15
        && (first == last
            || groups.sized(first, last, 2, 6, 6, 1)
            || groups.sized(first, last, 6, 2, 6, 1)
            || groups.sized(first, last, 8, 6, 1))) {
      scan.propose(DataType.IMEI, groups.start(first), groups.end(last), check);
    }
  }

  private boolean usualLayout(int first, int last) {
    return first == last
        || groups.every(first, last, 4)
        || groups.every(first, last, 1)
        || (groups.uniform(first, last)
            && (groups.sized(first, last, 4, 6, 5)
                || groups.sized(first, last, 4, 6, 4)
                || groups.sized(first, last, 6, 13)
                || groups.sized(first, last, 6, 10)
                || groups.sized(first, last, 4, 4, 4, 7)
                || groups.sized(first, last, 6, 4, 4, 4)
                || groups.sized(first, last, 6, 4, 4, 5)));
  }

  /** Tells whether some network issues cards that begin so and are as long. */
  static boolean issued(CharSequence digits, int total) {
    int two = Dates.number(digits, 0, 2);
    int three = Dates.number(digits, 0, 3);
    int four = Dates.number(digits, 0, 4);
    if (digits.charAt(0) == '4') {
      return total == 13 || total == 16 || total == 19;
    }
    if ((two >= 51 && two <= 55)
        || (four >= 2221 && four <= 2720)
        || (four >= 2200 && four <= 2204)) {
      return total == 16;
    }
    if (two == 34 || two == 37) {
      return total == 15;
    }
    if (two == 36 || two == 38 || two == 39 || (three >= 300 && three <= 305)) {
      return total == 14 || total == 16 || total == 19;
    }
    // 9558 is the oldest of the domestic numbers of China (ICBC).
    return total >= 16
        && (two == 62
            || two == 65
            || two == 81
            || four == 6011
            || (three >= 644 && three <= 649)
            || (four >= 3528 && four <= 3589)
            || four == 9558
            || two == 60);
  }

  /** 0000 0000 0000 0000 passes Luhn. */
  private static boolean repeated(CharSequence digits) {
    for (int i = 1; i < digits.length(); i++) {
      if (digits.charAt(i) != digits.charAt(0)) {
        return false;
      }
    }
    return true;
  }
}
