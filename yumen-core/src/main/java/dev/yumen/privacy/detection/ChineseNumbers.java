package dev.yumen.privacy.detection;

import dev.yumen.privacy.detection.Scan.Check;

/**
 * Numbers of Chinese authorities that are digits: resident identity numbers, social credit codes.
 */
final class ChineseNumbers {
  private static final int FOREIGNER = 9;

  private final Scan scan;
  private final DigitGroups groups;

  ChineseNumbers(Scan scan, DigitGroups groups) {
    this.scan = scan;
    this.groups = groups;
  }

  void extent(int first, int last, int total) {
    if (total == 17) {
      endingInX(first, last);
    }
    if (!groups.endsAt(last)) {
      return;
    }
    if (total == 18) {
      residentId(first, last, groups.digits(first, last), groups.end(last));
      organisationCode(first, last);
    } else if (total == 15 && first == last) {
      olderResidentId(first, last);
    }
  }

  /** The check character X may stand apart as the last digits do. */
  private void endingInX(int first, int last) {
    int at = groups.end(last);
    if (scan.at(at) == ' ' || scan.at(at) == '-') {
      at++;
    }
    char x = scan.at(at);
    if ((x == 'X' || x == 'x') && !Chars.alnum(scan.at(at + 1))) {
      residentId(first, last, groups.digits(first, last) + "X", at + 1);
    }
  }

  /** GB 11643-1999; area codes come and go, so only the province is held against the table. */
  private void residentId(int first, int last, CharSequence id, int end) {
    boolean foreigner = id.charAt(0) - '0' == FOREIGNER;
    if (!(foreigner || Places.province(Dates.number(id, 0, 2)))
        || !Dates.ofBirth(
            Dates.number(id, 6, 4), Dates.number(id, 10, 2), Dates.number(id, 12, 2))) {
      return;
    }
    boolean passed = Checksums.residentId(id) == id.charAt(17);
    int adjustment = foreigner && !passed ? -15 : 0;
    if (!passed && !usualLayout(first, last)) {
      adjustment -= 25;
    }
    scan.propose(
        DataType.CN_RESIDENT_ID,
        groups.start(first),
        end,
        passed ? Check.PASSED : Check.FAILED,
        adjustment);
  }

  private boolean usualLayout(int first, int last) {
    return first == last
        || (groups.size(first) == 6 && groups.uniform(first, last))
        || groups.every(first, last, 1)
        || groups.every(first, last, 3)
        || groups.every(first, last, 4);
  }

  /** Fifteen digits without a check, issued until 1999. */
  private void olderResidentId(int first, int last) {
    var id = groups.digits(first, last);
    if (Places.province(Dates.number(id, 0, 2))
        && Dates.monthAndDay(Dates.number(id, 8, 2), Dates.number(id, 10, 2))) {
      scan.propose(DataType.CN_RESIDENT_ID, groups.start(first), groups.end(last), Check.NONE, -25);
    }
  }

  /** GB 32100-2015, in the rare case that it has no letter. */
  private void organisationCode(int first, int last) {
    var code = groups.digits(first, last);
    if ("159".indexOf(code.charAt(0)) >= 0 && Places.province(Dates.number(code, 2, 2))) {
      boolean passed = Checksums.organisationCode(code) == code.charAt(17);
      if (passed || first == last) {
        scan.propose(
            DataType.CN_ORGANISATION_CODE,
            groups.start(first),
            groups.end(last),
            passed ? Check.PASSED : Check.FAILED);
      }
    }
  }
}
