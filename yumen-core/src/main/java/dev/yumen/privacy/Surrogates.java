package dev.yumen.privacy;

import org.jspecify.annotations.Nullable;

/**
 * Makes values of the same form as a real one that can be nobody's: reserved for documentation,
 * never assigned, or with a check digit that is wrong. A form for which no such value is known has
 * no surrogate.
 */
final class Surrogates {
  private static final int[] RESIDENT_WEIGHTS = {
    7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2
  };
  private static final String[] TEST_NETS = {"192.0.2.", "198.51.100.", "203.0.113."};

  private Surrogates() {}

  /**
   * A surrogate.
   *
   * @param hash 32 bytes that decide which
   * @return null when there is none for the form
   */
  static @Nullable String of(Label label, String value, byte[] hash) {
    return switch (label) {
      case PHONE -> phone(value, hash);
      case IDCARD -> idCard(value, hash);
      case CARD -> card(value, hash);
      case IBAN -> iban(value, hash);
      case EMAIL -> email(hash);
      case IP -> address(value, hash);
      default -> null;
    };
  }

  /** Country code 999 is reserved (ITU-T E.164); no national number begins with 000 or 100. */
  private static @Nullable String phone(String value, byte[] hash) {
    int digits = digits(value);
    if (digits < 7 || digits > 15) {
      return null;
    }
    boolean mobile = digits == 11 && firstDigit(value) == '1';
    return refilled(value, value.startsWith("+") ? "999" : mobile ? "100" : "000", hash);
  }

  /** No province has the code 00, no social security number of the US the area 000. */
  private static @Nullable String idCard(String value, byte[] hash) {
    if (value.matches("\\d{17}[\\dXx]")) {
      String body = refilled(value.substring(0, 17), "00", hash);
      int sum = 0;
      for (int i = 0; i < 17; i++) {
        sum += (body.charAt(i) - '0') * RESIDENT_WEIGHTS[i];
      }
      int right = (12 - sum % 11) % 11;
      return body + (right == 9 ? 0 : right + 1) % 10;
    }
    return value.matches("\\d{3}-\\d{2}-\\d{4}") ? refilled(value, "000", hash) : null;
  }

  /** Cards of payment never begin with 0 (ISO/IEC 7812-1), and this one fails the Luhn test. */
  private static @Nullable String card(String value, byte[] hash) {
    int digits = digits(value);
    if (digits < 13 || digits > 19) {
      return null;
    }
    String filled = refilled(value, "0", hash);
    return luhn(filled) ? lastDigitRaised(filled) : filled;
  }

  /** ZZ is no country (ISO 3166-1), and the check digits 00 are never right (ISO 13616-1). */
  private static @Nullable String iban(String value, byte[] hash) {
    if (value.length() < 15 || !value.substring(0, 2).chars().allMatch(Character::isLetter)) {
      return null;
    }
    return "ZZ" + refilled(value.substring(2), "00", hash);
  }

  /** The domain is reserved (RFC 2606). */
  private static String email(byte[] hash) {
    var name = new StringBuilder("user");
    for (int i = 0; i < 10; i++) {
      name.append((char) ('a' + (hash[i] & 0xff) % 26));
    }
    return name + "@example.com";
  }

  /** Reserved for documentation: RFC 5737 and RFC 3849. */
  private static @Nullable String address(String value, byte[] hash) {
    if (value.matches("\\d+\\.\\d+\\.\\d+\\.\\d+")) {
      return TEST_NETS[(hash[0] & 0xff) % 3] + (1 + (hash[1] & 0xff) % 254);
    }
    if (value.indexOf(':') < 0) {
      return null;
    }
    var address = new StringBuilder("2001:db8");
    for (int i = 0; i < 3; i++) {
      int group = (hash[2 * i] & 0xff) << 8 | (hash[2 * i + 1] & 0xff) | 0x1000;
      address.append(i == 2 ? "::" : ":").append(Integer.toHexString(group));
    }
    return address.toString();
  }

  /** The value with other digits, of which the first are given; all else stays. */
  private static String refilled(String value, String beginning, byte[] hash) {
    var out = new StringBuilder(value);
    int seen = 0;
    for (int i = 0; i < value.length(); i++) {
      if (isDigit(value.charAt(i))) {
        char digit =
            seen < beginning.length()
                ? beginning.charAt(seen)
                : (char) ('0' + (hash[seen % hash.length] & 0xff) % 10);
        out.setCharAt(i, digit);
        seen++;
      }
    }
    return out.toString();
  }

  private static boolean luhn(String value) {
    int sum = 0;
    boolean twice = false;
    for (int i = value.length() - 1; i >= 0; i--) {
      if (isDigit(value.charAt(i))) {
        int digit = (value.charAt(i) - '0') * (twice ? 2 : 1);
        sum += digit / 10 + digit % 10;
        twice = !twice;
      }
    }
    return sum % 10 == 0;
  }

  private static String lastDigitRaised(String value) {
    int i = value.length() - 1;
    while (!isDigit(value.charAt(i))) {
      i--;
    }
    char raised = (char) ('0' + (value.charAt(i) - '0' + 1) % 10);
    return value.substring(0, i) + raised + value.substring(i + 1);
  }

  private static int digits(String value) {
    return (int) value.chars().filter(c -> isDigit((char) c)).count();
  }

  private static char firstDigit(String value) {
    int i = 0;
    while (!isDigit(value.charAt(i))) {
      i++;
    }
    return value.charAt(i);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
