package dev.yumen.privacy.detection;

import dev.yumen.privacy.detection.Scan.Check;

/** National numbers outside China that are digits only. */
final class ForeignNumbers {
  private final Scan scan;
  private final DigitGroups groups;

  ForeignNumbers(Scan scan, DigitGroups groups) {
    this.scan = scan;
    this.groups = groups;
  }

  void extent(int first, int last, int total) {
    switch (total) {
      case 9 -> nine(first, last);
      case 10 -> ten(first, last);
      case 11 -> eleven(first, last);
      case 12 -> twelve(first, last);
      case 13 -> thirteen(first, last);
      case 15 -> fifteen(first, last);
      default -> {}
    }
  }

  private void nine(int first, int last) {
    var digits = groups.digits(first, last);
    int area = Dates.number(digits, 0, 3);
    int group = Dates.number(digits, 3, 2);
    int serial = Dates.number(digits, 5, 4);
    boolean layout = groups.sized(first, last, 3, 2, 4) && groups.uniform(first, last);
    if (layout || first == last) {
      int adjustment = first == last ? -40 : groups.separator(last) == '-' ? 0 : -20;
      if (area != 0 && area != 666 && area < 900 && group != 0 && serial != 0) {
        // Two numbers from advertisements are in every manual.
        boolean sample =
            digits.toString().equals("078051120") || digits.toString().equals("219099999");
        propose(DataType.US_SSN, first, last, Check.NONE, sample ? adjustment - 40 : adjustment);
      } else if (area >= 900 && serial != 9999 && group >= 50 && group != 89 && group != 93) {
        propose(DataType.US_ITIN, first, last, Check.NONE, adjustment);
      }
    }
    if (layoutOrOne(first, last, 3, 3, 3)) {
      check(
          DataType.CA_SIN,
          first,
          last,
          digits.charAt(8) == Checksums.luhn(digits.subSequence(0, 8)));
    }
    if (first == last || groups.uniform(first, last)) {
      check(DataType.NL_BSN, first, last, Checksums.bsn(digits));
    }
  }

  private void ten(int first, int last) {
    var digits = groups.digits(first, last);
    if (layoutOrOne(first, last, 3, 3, 4)) {
      check(DataType.UK_NHS_NUMBER, first, last, digits.charAt(9) == Checksums.nhs(digits));
    }
    if (groups.sized(first, last, 6, 4) || groups.sized(first, last, 10)) {
      swedish(first, last, digits);
    }
  }

  private void eleven(int first, int last) {
    var digits = groups.digits(first, last);
    if (digits.charAt(0) != '0' && (first == last || groups.uniform(first, last))) {
      check(DataType.DE_TAX_ID, first, last, digits.charAt(10) == Checksums.germanTaxId(digits));
    }
    if (first == last) {
      boolean date = Dates.monthAndDay(Dates.number(digits, 2, 2) % 20, Dates.number(digits, 4, 2));
      check(DataType.PL_PESEL, first, last, date && digits.charAt(10) == Checksums.pesel(digits));
    }
    if (layoutOrOne(first, last, 3, 3, 3, 2)) {
      var payload = digits.subSequence(0, 9);
      boolean passed = digits.subSequence(9, 11).toString().equals(Checksums.cpf(payload));
      if (passed || scan.marks().cued(DataType.BR_CPF)) {
        propose(DataType.BR_CPF, first, last, verdict(passed), first == last ? -30 : 0);
      }
    }
  }

  private void twelve(int first, int last) {
    var digits = groups.digits(first, last);
    if (layoutOrOne(first, last, 4, 4, 4)) {
      boolean passed = digits.charAt(11) == Checksums.verhoeff(digits.subSequence(0, 11));
      if (digits.charAt(0) >= '2') {
        check(DataType.IN_AADHAAR, first, last, passed);
      }
      check(DataType.JP_MY_NUMBER, first, last, digits.charAt(11) == Checksums.myNumber(digits));
    }
    if (groups.sized(first, last, 8, 4) || groups.sized(first, last, 12)) {
      swedish(first, last, digits.subSequence(2, 12));
    }
  }

  private void thirteen(int first, int last) {
    var digits = groups.digits(first, last);
    boolean layout = groups.sized(first, last, 6, 7) && groups.separator(last) == '-';
    if ((layout || first == last)
        && Dates.monthAndDay(Dates.number(digits, 2, 2), Dates.number(digits, 4, 2))
        && digits.charAt(6) >= '1'
        && digits.charAt(6) <= '8') {
      boolean passed = digits.charAt(12) == Checksums.koreanRegistration(digits);
      propose(DataType.KR_RRN, first, last, verdict(passed), layout ? 0 : -50);
    }
  }

  private void fifteen(int first, int last) {
    var digits = groups.digits(first, last);
    int month = Dates.number(digits, 3, 2);
    boolean layout =
        groups.sized(first, last, 1, 2, 2, 2, 3, 3, 2) || groups.sized(first, last, 13, 2);
    if ((layout || first == last)
        && (digits.charAt(0) == '1' || digits.charAt(0) == '2')
        && ((month >= 1 && month <= 12) || month >= 20)) {
      boolean passed = Dates.number(digits, 13, 2) == Checksums.nir(digits);
      propose(DataType.FR_NIR, first, last, verdict(passed), layout ? 0 : -30);
    }
  }

  private void swedish(int first, int last, CharSequence ten) {
    boolean date = Dates.monthAndDay(Dates.number(ten, 2, 2), Dates.number(ten, 4, 2) % 60);
    char separator = groups.separator(last);
    if (date && (first == last || separator == '-')) {
      boolean passed = ten.charAt(9) == Checksums.luhn(ten.subSequence(0, 9));
      propose(DataType.SE_PERSONAL_NUMBER, first, last, verdict(passed), first == last ? -40 : 0);
    }
  }

  /** A number without a form of its own: looked at only when some word of the text names it. */
  private void check(DataType type, int first, int last, boolean passed) {
    if (scan.marks().cued(type)) {
      propose(type, first, last, verdict(passed), 0);
    }
  }

  private boolean layoutOrOne(int first, int last, int... sizes) {
    return first == last || groups.sized(first, last, sizes);
  }

  private static Check verdict(boolean passed) {
    return passed ? Check.PASSED : Check.FAILED;
  }

  private void propose(DataType type, int first, int last, Check check, int adjustment) {
    scan.propose(type, groups.start(first), groups.end(last), check, adjustment);
  }
}
