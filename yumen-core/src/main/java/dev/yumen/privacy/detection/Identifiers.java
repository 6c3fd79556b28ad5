package dev.yumen.privacy.detection;

import dev.yumen.privacy.detection.Scan.Check;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Runs of letters and digits: identity cards, IBAN, vehicles, social credit codes, wallets. */
final class Identifiers {
  private static final int LONGEST_TOKEN = 64;

  /** Lengths of IBAN by country (ISO 13616 registry). */
  private static final Map<String, Integer> IBAN_LENGTHS =
      ibanLengths(
          "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28"
              + " EE20 EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23"
              + " IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 MC27 MD24 ME22 MK19 MR27 MT31"
              + " MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 SM27 ST25"
              + " SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20");

  private static final String PLATE_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使";
  private static final String PLATE_ENDINGS = "学警港澳挂领";

  private final Scan scan;
  private final Wallets wallets;
  private int done;

  Identifiers(Scan scan) {
    this.scan = scan;
    this.wallets = new Wallets(scan);
  }

  /** Looks at the run of letters and digits around the position; each run is looked at once. */
  void at(int position) {
    if (position < done) {
      return;
    }
    int start = Math.max(scan.tokenStart(position), done);
    int end = scan.tokenEnd(position);
    done = end;
    int length = end - start;
    boolean fraction = scan.at(start - 1) == '.' && Chars.digit(scan.at(start - 2));
    if (length > LONGEST_TOKEN || fraction) {
      return;
    }
    char first = scan.at(start);
    if (length >= 5 && length <= 7) {
      plate(start, end);
    }
    if (scan.at(end) == '(' && length >= 7 && length <= 8) {
      bracketed(start, end);
    }
    if (first == '9' || first == '5' || first == '1') {
      organisationCode(start);
    }
    if (length >= 8 && length <= 16) {
      numberedTokens(end, length);
    }
    if (length == 2 && scan.at(start - 1) == ' ' && Chars.upper(scan.at(start - 2))) {
      nationalInsurance(start - 3);
    }
    if (length > 3 && (Chars.letter(first) || Chars.letter(scan.at(end - 1)) || length >= 17)) {
      if (scan.at(start - 1) != '_' && scan.at(start - 1) != '$') {
        lettered(start, end);
      }
    }
  }

  private void lettered(int start, int end) {
    int length = end - start;
    if (Chars.letter(scan.at(start)) && Chars.digit(scan.at(start + 2))) {
      iban(start);
      nationalInsurance(start);
    }
    switch (length) {
      case 8, 9, 10 -> shortCards(start, end);
      case 16 -> fiscalCode(start, end);
      case 17 -> vin(start, end);
      case 18 -> organisationCode(start);
      default -> {}
    }
    if (length >= 26) {
      wallets.token(start, end);
      zhipu(start, end);
    }
  }

  private void shortCards(int start, int end) {
    char first = Character.toUpperCase(scan.at(start));
    boolean digitsInside = digits(start + 1, end - 1);
    if (end - start == 9 && digitsInside && Chars.letter(scan.at(end - 1))) {
      var text = upper(start, end);
      if ("STFGM".indexOf(first) >= 0 && Chars.letter(scan.at(start))) {
        scan.propose(
            DataType.SG_NRIC, start, end, check(Checksums.singaporeId(text) == text.charAt(8)));
      }
      spanish(start, end, text, first);
    }
    if (end - start == 10
        && Chars.letter(scan.at(start))
        && digits(start + 1, end)
        && "1289".indexOf(scan.at(start + 1)) >= 0) {
      scan.propose(DataType.TAIWAN_ID, start, end, check(Checksums.taiwanId(upper(start, end))));
    }
    if (end - start == 8 || end - start == 9) {
      hongKong(start, end, false);
    }
  }

  private void spanish(int start, int end, String text, char first) {
    int series = "XYZ".indexOf(first);
    if (series < 0 && !Chars.digit(first)) {
      return;
    }
    int number = Dates.number(text, 1, 7) + (series < 0 ? first - '0' : series) * 10_000_000;
    boolean passed = Checksums.nif(number) == text.charAt(8);
    if (passed || scan.marks().cued(DataType.ES_NIF)) {
      boolean lower = Chars.lower(scan.at(end - 1));
      scan.propose(DataType.ES_NIF, start, end, check(passed), lower ? -20 : 0);
    }
  }

  /** A123456(7): the check character in brackets; Macau writes its last digit so. */
  private void bracketed(int start, int end) {
    if (scan.at(end) != '(' || scan.at(end + 2) != ')' || !Chars.alnum(scan.at(end + 1))) {
      return;
    }
    if (Chars.letter(scan.at(start))) {
      hongKong(start, end, true);
    } else if (end - start == 7
        && digits(start, end)
        && Chars.digit(scan.at(end + 1))
        && "157".indexOf(scan.at(start)) >= 0) {
      scan.propose(DataType.MACAU_ID, start, end + 3, Check.NONE, 20);
    }
  }

  private void hongKong(int start, int end, boolean bracket) {
    int last = bracket ? end : end - 1;
    int letters = last - start - 6;
    if (letters < 1
        || letters > 2
        || !digits(last - 6, last)
        || !Chars.upper(scan.at(start))
        || !Chars.upper(scan.at(start + letters - 1))) {
      return;
    }
    char given = Character.toUpperCase(scan.at(bracket ? end + 1 : last));
    if (!Chars.digit(given) && given != 'A') {
      return;
    }
    boolean passed = Checksums.hongKongId(scan.substring(start, last)) == given;
    scan.propose(DataType.HK_ID, start, bracket ? end + 3 : end, check(passed), bracket ? 25 : -20);
  }

  private void nationalInsurance(int start) {
    // QQ123456C or QQ 12 34 56 C; letters by HMRC's manual NIM39110.
    char one = scan.at(start);
    char two = scan.at(start + 1);
    if (!Chars.upper(one)
        || !Chars.upper(two)
        || "DFIQUV".indexOf(one) >= 0
        || "DFIQUVO".indexOf(two) >= 0
        || Chars.alnum(scan.at(start - 1))) {
      return;
    }
    int at = start + 2;
    int blanks = 0;
    for (int pair = 0; pair < 4; pair++) {
      if (scan.at(at) == ' ') {
        at++;
        blanks++;
      }
      if (pair < 3 && !digits(at, at + 2)) {
        return;
      }
      at += pair < 3 ? 2 : 1;
    }
    char suffix = scan.at(at - 1);
    if (suffix >= 'A'
        && suffix <= 'D'
        && !Chars.alnum(scan.at(at))
        && (blanks == 0 || blanks == 4 || blanks == 2)) {
      scan.propose(DataType.UK_NINO, start, at, Check.NONE, blanks == 0 ? -10 : 0);
    }
  }

  private void fiscalCode(int start, int end) {
    var text = upper(start, end);
    for (int i = 0; i < 16; i++) {
      boolean letter = i < 6 || i == 8 || i == 11 || i == 15;
      if (letter != Chars.letter(text.charAt(i))) {
        return;
      }
    }
    if ("ABCDEHLMPRST".indexOf(text.charAt(8)) >= 0) {
      scan.propose(
          DataType.IT_FISCAL_CODE,
          start,
          end,
          check(Checksums.fiscalCode(text) == text.charAt(15)));
    }
  }

  private void vin(int start, int end) {
    var text = upper(start, end);
    int letters = 0;
    for (int i = 0; i < 17; i++) {
      char c = text.charAt(i);
      if (c == 'I' || c == 'O' || c == 'Q') {
        return;
      }
      letters += Chars.letter(c) ? 1 : 0;
    }
    // The last four are always digits (ISO 3779).
    if (letters >= 2 && letters <= 13 && digits(end - 4, end)) {
      boolean passed = Checksums.vin(text) == text.charAt(8);
      boolean lower = !text.equals(scan.substring(start, end));
      scan.propose(DataType.VIN, start, end, check(passed), lower ? -25 : 0);
    }
  }

  /** GB 32100-2015: eighteen characters, possibly in groups with one kind of separator. */
  private void organisationCode(int start) {
    var code = new StringBuilder(18);
    int at = start;
    char separator = 0;
    int end = start;
    while (code.length() < 18 && at - start < 40) {
      char c = Character.toUpperCase(scan.at(at));
      if (Checksums.organisationCodeDigit(c)) {
        code.append(c);
        end = ++at;
      } else if ((c == ' ' || c == '-')
          && (separator == 0 || separator == c)
          && Chars.alnum(scan.at(at + 1))) {
        separator = c;
        at++;
      } else {
        return;
      }
    }
    if (code.length() < 18
        || Chars.alnum(scan.at(end))
        || "159ANY".indexOf(code.charAt(0)) < 0
        || !digits(code, 2, 8)
        || !Places.province(Dates.number(code, 2, 2))
        || digits(code, 0, 18)) {
      return;
    }
    boolean passed = Checksums.organisationCode(code) == code.charAt(17);
    if (passed || separator == 0) {
      scan.propose(DataType.CN_ORGANISATION_CODE, start, end, check(passed));
    }
  }

  private void iban(int start) {
    var country =
        scan.substring(start, Math.min(scan.length(), start + 2)).toUpperCase(Locale.ROOT);
    var length = IBAN_LENGTHS.get(country);
    if (length == null || !digits(start + 2, start + 4)) {
      return;
    }
    var iban = new StringBuilder(length);
    int at = start;
    int blanks = 0;
    while (iban.length() < length) {
      char c = scan.at(at);
      if (Chars.alnum(c)) {
        iban.append(Character.toUpperCase(c));
      } else if ((c == ' ' || c == '-') && iban.length() % 4 == 0) {
        blanks++;
      } else {
        return;
      }
      at++;
    }
    if (Chars.alnum(scan.at(at)) || (blanks > 0 && blanks < (length - 1) / 4)) {
      return;
    }
    boolean passed = Checksums.mod97(iban) == 1;
    scan.propose(DataType.IBAN, start, at, check(passed));
    done = Math.max(done, passed ? at : done);
  }

  /** GA 36: province, letter, five characters, six for new energy, some with a special ending. */
  private void plate(int start, int end) {
    int head;
    int tail = start;
    if (PLATE_PROVINCES.indexOf(scan.at(start - 1)) >= 0) {
      head = start - 1;
      tail++;
    } else if ("·-. •".indexOf(scan.at(start - 1)) >= 0
        && PLATE_PROVINCES.indexOf(scan.at(start - 3)) >= 0) {
      head = start - 3;
    } else {
      return;
    }
    char letter = Character.toUpperCase(scan.at(head + 1));
    boolean special = PLATE_ENDINGS.indexOf(scan.at(end)) >= 0 && scan.at(end) != 0;
    int size = end - tail + (special ? 1 : 0);
    if (!Chars.letter(letter) || letter == 'I' || size < 5 || size > 6 || scan.at(head) == 0) {
      return;
    }
    int digits = 0;
    for (int i = tail; i < end; i++) {
      char c = Character.toUpperCase(scan.at(i));
      if (c == 'I' || c == 'O') {
        return;
      }
      digits += Chars.digit(c) ? 1 : 0;
    }
    if (digits >= 2 && (size == 5 || special || newEnergy(tail, end))) {
      scan.propose(DataType.CN_LICENSE_PLATE, head, special ? end + 1 : end, Check.NONE);
    }
  }

  /** New energy: D or F class letters first (small) or last (large), the rest nearly all digits. */
  private boolean newEnergy(int start, int end) {
    char first = Character.toUpperCase(scan.at(start));
    char last = Character.toUpperCase(scan.at(end - 1));
    return ("ABCDEFGHJK".indexOf(first) >= 0 && digits(start + 2, end))
        || ("DF".indexOf(last) >= 0 && digits(start, end - 1));
  }

  /** Zhipu AI: 32 hexadecimal digits, a dot, 16 letters and digits. */
  private void zhipu(int start, int end) {
    if (end - start != 32 || scan.at(end) != '.' || scan.tokenEnd(end + 1) != end + 17) {
      return;
    }
    for (int i = start; i < end; i++) {
      if (!Chars.hex(scan.at(i))) {
        return;
      }
    }
    scan.proposeByRule(DataType.API_KEY, start, end + 17, 75, "zhipu-api-key");
  }

  /** Tokens that begin with the number of a bot or an application. */
  private void numberedTokens(int end, int length) {
    char joint = scan.at(end);
    if (joint != ':' && joint != '|') {
      return;
    }
    int stop = end + 1;
    while (stop - end < 42 && Chars.base64Url(scan.at(stop))) {
      stop++;
    }
    int size = stop - end - 1;
    int start = end - length;
    if (!digits(start, end) || Entropy.of(scan.substring(end + 1, stop)) < 3) {
      return;
    }
    if (joint == ':' && length <= 10 && size == 35 && scan.at(end + 1) == 'A') {
      scan.proposeByRule(DataType.API_KEY, start, stop, 90, "telegram-bot-token");
    } else if (joint == '|' && length >= 15 && size >= 27 && size <= 40) {
      scan.proposeByRule(DataType.API_KEY, start, stop, 80, "facebook-access-token");
    }
  }

  private String upper(int start, int end) {
    return scan.substring(start, end).toUpperCase(Locale.ROOT);
  }

  private boolean digits(int start, int end) {
    for (int i = start; i < end; i++) {
      if (!Chars.digit(scan.at(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean digits(CharSequence text, int start, int end) {
    for (int i = start; i < end; i++) {
      if (!Chars.digit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static Check check(boolean passed) {
    return passed ? Check.PASSED : Check.FAILED;
  }

  private static Map<String, Integer> ibanLengths(String list) {
    var lengths = new HashMap<String, Integer>();
    for (var entry : list.split(" ", 0)) {
      lengths.put(entry.substring(0, 2), Integer.valueOf(entry.substring(2)));
    }
    return Map.copyOf(lengths);
  }
}
