package dev.yumen.privacy.detection;

import dev.yumen.privacy.detection.Scan.Check;
import java.util.EnumSet;
import java.util.Set;

/**
 * Values without a form that would tell them, which a label before or a column header above names:
 * accounts, record numbers, dates of birth, names.
 */
final class Labels {
  private static final Set<DataType> LABELLED =
      EnumSet.of(
          DataType.PERSON_NAME,
          DataType.DATE_OF_BIRTH,
          DataType.MINOR_AGE,
          DataType.PASSPORT,
          DataType.CN_TRAVEL_PERMIT,
          DataType.CN_MILITARY_ID,
          DataType.CN_SOCIAL_SECURITY_NUMBER,
          DataType.DRIVER_LICENSE,
          DataType.WECHAT_ID,
          DataType.QQ_NUMBER,
          DataType.POSTAL_CODE,
          DataType.BANK_ACCOUNT,
          DataType.MEDICAL_RECORD_NUMBER,
          DataType.HEALTH_INSURANCE_NUMBER);

  private static final int LONGEST_CONNECTOR = 12;

  private final Scan scan;
  private final PersonNames names;
  private final LabelledDates dates;

  Labels(Scan scan) {
    this.scan = scan;
    names = new PersonNames(scan);
    dates = new LabelledDates(scan);
  }

  /** Looks behind a word that names types. */
  void at(int start, int end, Vocabulary.Word word) {
    for (var type : word.cues()) {
      if (!LABELLED.contains(type)) {
        continue;
      }
      switch (type) {
        case MINOR_AGE -> dates.age(start, end);
        case CN_MILITARY_ID -> military(start, end);
        case PERSON_NAME -> name(start, end);
        default -> labelled(type, end);
      }
    }
  }

  /** Looks at a cell below a header that names types. */
  void cell(Columns.Cell cell) {
    for (var type : cell.types()) {
      if (type == DataType.PERSON_NAME) {
        if (names.cell(cell.start(), cell.end())) {
          scan.proposeLabelled(type, cell.start(), cell.end(), Evidence.COLUMN);
        }
      } else if (LABELLED.contains(type) && type != DataType.MINOR_AGE) {
        int end = valueEnd(type, cell.start());
        if (end == cell.end()) {
          scan.proposeLabelled(type, cell.start(), end, Evidence.COLUMN);
        }
      }
    }
  }

  private void labelled(DataType type, int end) {
    int value = connected(end, false);
    int stop = value < 0 ? -1 : valueEnd(type, value);
    if (stop > value) {
      scan.proposeLabelled(type, value, stop, Evidence.LABEL);
    }
  }

  /**
   * The bare word "name" names anything: it needs a whole Chinese name in quotes behind it, or to
   * stand capitalised at the start of a line, as forms have it and settings have not.
   */
  private void name(int start, int end) {
    int value = connected(end, true);
    int stop = value < 0 ? -1 : names.end(value);
    if (stop <= value) {
      return;
    }
    boolean bare = end - start == 4 && Chars.lowered(scan.at(start)) == 'n';
    char quote = scan.at(value - 1);
    boolean whole = (quote == '"' || quote == '\'') && scan.at(stop) == quote;
    boolean form =
        scan.at(start) == 'N' && (start == 0 || scan.at(start - 1) == '\n') && scan.at(end) == ':';
    if (!bare || form || (whole && Chars.han(scan.at(value)))) {
      scan.proposeLabelled(DataType.PERSON_NAME, value, stop, Evidence.LABEL);
    }
  }

  /** Where the value begins behind a label, or -1; a name needs more than a blank between. */
  private int connected(int end, boolean strict) {
    int at = end;
    boolean strong = false;
    while (at - end < LONGEST_CONNECTOR) {
      char c = scan.at(at);
      if (c == ':' || c == '=' || c == '|' || c == '\t' || c == '>' || c == '是' || c == '为'
          || c == '叫') {
        strong = true;
      } else if (scan.matches(at, "is ")
          || scan.matches(at, "was ")
          || scan.matches(at, "number ")
          || scan.matches(at, "no. ")
          || scan.matches(at, "is: ")) {
        strong = true;
        at += scan.at(at + 2) == ' ' || scan.at(at + 2) == ':' ? 1 : 2;
      } else if (" \"'`*#([码号".indexOf(c) < 0 || c == 0) {
        break;
      }
      at++;
    }
    if (strict && !strong) {
      return -1;
    }
    return at - end < LONGEST_CONNECTOR ? at : -1;
  }

  private int valueEnd(DataType type, int at) {
    return switch (type) {
      case PERSON_NAME -> names.end(at);
      case DATE_OF_BIRTH -> dates.end(at);
      case PASSPORT -> code(at, 7, 9, 6, 2);
      case CN_TRAVEL_PERMIT -> code(at, 8, 11, 7, 2);
      case CN_SOCIAL_SECURITY_NUMBER -> code(at, 8, 20, 8, 2);
      case DRIVER_LICENSE -> code(at, 6, 18, 5, 4);
      case WECHAT_ID -> weChat(at);
      case QQ_NUMBER -> scan.at(at) == '0' ? -1 : code(at, 5, 11, 5, 0);
      case POSTAL_CODE -> postalCode(at);
      case BANK_ACCOUNT -> account(at);
      case MEDICAL_RECORD_NUMBER, HEALTH_INSURANCE_NUMBER -> record(at);
      default -> -1;
    };
  }

  /** Letters and digits in one piece, with limits for their number. */
  private int code(int at, int shortest, int longest, int digits, int letters) {
    int end = at;
    int digitCount = 0;
    while (end - at <= longest && Chars.alnum(scan.at(end))) {
      digitCount += Chars.digit(scan.at(end)) ? 1 : 0;
      end++;
    }
    int length = end - at;
    boolean fits =
        length >= shortest
            && length <= longest
            && digitCount >= digits
            && length - digitCount <= letters;
    return fits && scan.at(end) != '_' ? end : -1;
  }

  /** Letters, digits and hyphens, three digits at least: the forms of hospitals and insurers. */
  private int record(int at) {
    int end = at;
    int digits = 0;
    while (end - at <= 24
        && (Chars.alnum(scan.at(end)) || (scan.at(end) == '-' && Chars.alnum(scan.at(end + 1))))) {
      digits += Chars.digit(scan.at(end)) ? 1 : 0;
      end++;
    }
    return end - at >= 5 && end - at <= 24 && digits >= 3 && scan.at(end) != '_' ? end : -1;
  }

  private int weChat(int at) {
    if (!Chars.letter(scan.at(at))) {
      return -1;
    }
    int end = at;
    boolean mark = false;
    while (end - at <= 20 && Chars.base64Url(scan.at(end))) {
      mark |= !Chars.letter(scan.at(end));
      end++;
    }
    boolean mail = scan.at(end) == '@' || scan.at(end) == '(' || scan.at(end) == '.';
    return end - at >= 6 && end - at <= 20 && mark && !mail ? end : -1;
  }

  /** China and many countries six or five digits, the United States with four more, Britain. */
  private int postalCode(int at) {
    int end = at;
    while (end - at < 8 && Chars.digit(scan.at(end))) {
      end++;
    }
    int digits = end - at;
    if (digits == 5 && scan.at(end) == '-' && code(end + 1, 4, 4, 4, 0) > 0) {
      return end + 5;
    }
    if (digits >= 4 && digits <= 6) {
      return Chars.alnum(scan.at(end)) ? -1 : end;
    }
    int first = scan.tokenEnd(at);
    if (digits == 0 && first - at >= 2 && first - at <= 4 && scan.at(first) == ' ') {
      int second = scan.tokenEnd(first + 1);
      boolean british =
          second - first == 4
              && Chars.digit(scan.at(first + 1))
              && Chars.upper(scan.at(second - 1));
      return british ? second : -1;
    }
    return -1;
  }

  /** Eight to thirty digits, in groups or not. */
  private int account(int at) {
    int end = at;
    int digits = 0;
    while (end - at < 45) {
      char c = scan.at(end);
      if (Chars.digit(c)) {
        digits++;
      } else if (!((c == ' ' || c == '-') && Chars.digit(scan.at(end + 1)))) {
        break;
      }
      end++;
    }
    if (digits < 8 || digits > 30 || Chars.alnum(scan.at(end))) {
      return -1;
    }
    // A number of a card is left to the rule for cards, which knows it better.
    boolean card =
        digits >= 13 && digits <= 19 && PaymentCards.issued(scan.substring(at, at + 4), digits);
    return card ? -1 : end;
  }

  /** 南字第12345678号: one character, then 字第, digits and 号. */
  private void military(int start, int end) {
    if (!scan.matches(start, "字第") || !Chars.han(scan.at(start - 1))) {
      return;
    }
    int to = end;
    while (to - end < 12 && Chars.digit(scan.at(to))) {
      to++;
    }
    if (to - end >= 6 && to - end <= 8 && scan.at(to) == '号') {
      scan.propose(DataType.CN_MILITARY_ID, start - 1, to + 1, Check.NONE);
    }
  }
}
