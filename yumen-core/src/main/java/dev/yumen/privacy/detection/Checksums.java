package dev.yumen.privacy.detection;

/**
 * Check digits of the numbers the scanner knows. Arguments are the bare digits and letters, upper
 * case, of the right length and character set; anything else is an error of the caller.
 */
public final class Checksums {
  private static final int[] RESIDENT_WEIGHTS = {
    7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2
  };
  private static final String RESIDENT_CHECKS = "10X98765432";
  private static final String ORGANISATION_DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  private static final int[] ORGANISATION_WEIGHTS = {
    1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28
  };
  private static final int[] VIN_WEIGHTS = {8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};
  private static final String VIN_VALUES = "0123456789.ABCDEFGH..JKLMN.P.R..STUVWXYZ";
  private static final String NIF_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE";
  private static final int[][] VERHOEFF = new int[10][10];
  private static final int[][] VERHOEFF_TURNS = new int[8][10];

  static {
    for (int a = 0; a < 10; a++) {
      for (int b = 0; b < 10; b++) {
        VERHOEFF[a][b] = dihedral(a, b);
      }
    }
    int[] turn = {1, 5, 7, 6, 2, 8, 3, 0, 9, 4};
    for (int digit = 0; digit < 10; digit++) {
      VERHOEFF_TURNS[0][digit] = digit;
    }
    for (int row = 1; row < 8; row++) {
      for (int digit = 0; digit < 10; digit++) {
        VERHOEFF_TURNS[row][digit] = turn[VERHOEFF_TURNS[row - 1][digit]];
      }
    }
  }

  private Checksums() {}

  /** The last character of a resident identity number for its first 17 digits (GB 11643-1999). */
  public static char residentId(CharSequence first17) {
    return RESIDENT_CHECKS.charAt((int) (weighted(first17, RESIDENT_WEIGHTS) % 11));
  }

  /** The last character of a unified social credit code for its first 17 (GB 32100-2015). */
  public static char organisationCode(CharSequence first17) {
    int sum = 0;
    for (int i = 0; i < 17; i++) {
      sum += ORGANISATION_DIGITS.indexOf(first17.charAt(i)) * ORGANISATION_WEIGHTS[i];
    }
    return ORGANISATION_DIGITS.charAt((31 - sum % 31) % 31);
  }

  /** Tells whether the character may occur in a unified social credit code. */
  public static boolean organisationCodeDigit(char c) {
    return ORGANISATION_DIGITS.indexOf(c) >= 0;
  }

  /** The digit that completes the payload (ISO/IEC 7812-1 Annex B). */
  public static char luhn(CharSequence payload) {
    int sum = 0;
    boolean doubled = true;
    for (int i = payload.length() - 1; i >= 0; i--) {
      int digit = payload.charAt(i) - '0';
      sum += doubled ? digit / 5 + digit * 2 % 10 : digit;
      doubled = !doubled;
    }
    return (char) ('0' + (10 - sum % 10) % 10);
  }

  /** The remainder by 97 of an IBAN with its first four characters moved to the end: 1 is right. */
  public static int mod97(CharSequence iban) {
    int remainder = 0;
    for (int i = 0; i < iban.length(); i++) {
      char c = iban.charAt((i + 4) % iban.length());
      int value = Character.digit(c, 36);
      remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
    }
    return remainder;
  }

  /** The check character of a Hong Kong identity card for its one or two letters and six digits. */
  public static char hongKongId(CharSequence body) {
    int sum = body.length() == 7 ? 36 * 9 : 0;
    for (int i = 0; i < body.length(); i++) {
      sum += Character.digit(body.charAt(i), 36) * (body.length() + 1 - i);
    }
    return "0A987654321".charAt(sum % 11);
  }

  /** Tells whether a Taiwan identity number of a letter and nine digits is right. */
  public static boolean taiwanId(CharSequence id) {
    int letter = "ABCDEFGHJKLMNPQRSTUVXYWZIO".indexOf(id.charAt(0)) + 10;
    int sum = letter / 10 + letter % 10 * 9;
    for (int i = 1; i < 9; i++) {
      sum += (id.charAt(i) - '0') * (9 - i);
    }
    return (sum + id.charAt(9) - '0') % 10 == 0;
  }

  /** The ninth character of a vehicle identification number (ISO 3779, 49 CFR 565). */
  public static char vin(CharSequence vin) {
    int sum = 0;
    for (int i = 0; i < 17; i++) {
      sum += VIN_VALUES.indexOf(vin.charAt(i)) % 10 * VIN_WEIGHTS[i];
    }
    return sum % 11 == 10 ? 'X' : (char) ('0' + sum % 11);
  }

  /** The last digit of an NHS number for its first nine, or X when there is no such number. */
  public static char nhs(CharSequence first9) {
    int sum = 0;
    for (int i = 0; i < 9; i++) {
      sum += (first9.charAt(i) - '0') * (10 - i);
    }
    return "0X987654321".charAt(sum % 11);
  }

  /**
   * The last digit of a German tax identification number for its first ten (ISO 7064 MOD 11,10).
   */
  public static char germanTaxId(CharSequence first10) {
    int product = 10;
    for (int i = 0; i < 10; i++) {
      int sum = (first10.charAt(i) - '0' + product) % 10;
      product = (sum == 0 ? 10 : sum) * 2 % 11;
    }
    return (char) ('0' + (11 - product) % 10);
  }

  /** The two last digits of a French NIR for its first thirteen. */
  public static int nir(CharSequence first13) {
    return (int) (97 - Long.parseLong(first13, 0, 13, 10) % 97);
  }

  /** The letter of a Spanish NIF for its number. */
  public static char nif(int number) {
    return NIF_LETTERS.charAt(number % 23);
  }

  /** Tells whether a Dutch citizen service number of nine digits is right. */
  public static boolean bsn(CharSequence bsn) {
    int sum = -(bsn.charAt(8) - '0');
    for (int i = 0; i < 8; i++) {
      sum += (bsn.charAt(i) - '0') * (9 - i);
    }
    return sum % 11 == 0;
  }

  /** The last digit of a PESEL for its first ten. */
  public static char pesel(CharSequence first10) {
    int sum = 0;
    for (int i = 0; i < 10; i++) {
      sum += (first10.charAt(i) - '0') * ("1379".charAt(i % 4) - '0');
    }
    return (char) ('0' + (10 - sum % 10) % 10);
  }

  /** The digit that completes an Aadhaar number of eleven digits (Verhoeff, 1969). */
  public static char verhoeff(CharSequence payload) {
    int check = 0;
    for (int i = 0; i < payload.length(); i++) {
      int digit = payload.charAt(payload.length() - 1 - i) - '0';
      check = VERHOEFF[check][VERHOEFF_TURNS[(i + 1) % 8][digit]];
    }
    for (int digit = 0; digit < 10; digit++) {
      if (VERHOEFF[check][digit] == 0) {
        return (char) ('0' + digit);
      }
    }
    throw new AssertionError("every element of the group has an inverse");
  }

  /** The last digit of a Korean resident registration number for its first twelve. */
  public static char koreanRegistration(CharSequence first12) {
    int sum = 0;
    for (int i = 0; i < 12; i++) {
      sum += (first12.charAt(i) - '0') * (i % 8 + 2);
    }
    return (char) ('0' + (11 - sum % 11) % 10);
  }

  /** The last letter of a Singapore NRIC or FIN for its first letter and seven digits. */
  public static char singaporeId(CharSequence first8) {
    int[] weights = {2, 7, 6, 5, 4, 3, 2};
    char series = first8.charAt(0);
    int sum = series == 'T' || series == 'G' ? 4 : series == 'M' ? 3 : 0;
    for (int i = 0; i < 7; i++) {
      sum += (first8.charAt(i + 1) - '0') * weights[i];
    }
    return switch (series) {
      case 'S', 'T' -> "JZIHGFEDCBA".charAt(sum % 11);
      case 'F', 'G' -> "XWUTRQPNMLK".charAt(sum % 11);
      default -> "KLJNPQRTUWX".charAt(10 - sum % 11);
    };
  }

  /** The two last digits of a CPF for its first nine. */
  public static String cpf(CharSequence first9) {
    char tenth = cpfDigit(first9);
    return "" + tenth + cpfDigit(first9.toString() + tenth);
  }

  private static char cpfDigit(CharSequence payload) {
    int sum = 0;
    for (int i = 0; i < payload.length(); i++) {
      sum += (payload.charAt(i) - '0') * (payload.length() + 1 - i);
    }
    int rest = sum % 11;
    return (char) ('0' + (rest < 2 ? 0 : 11 - rest));
  }

  /** The last digit of a Japanese My Number for its first eleven. */
  public static char myNumber(CharSequence first11) {
    int sum = 0;
    for (int n = 1; n <= 11; n++) {
      sum += (first11.charAt(11 - n) - '0') * (n <= 6 ? n + 1 : n - 5);
    }
    return (char) ('0' + (sum % 11 <= 1 ? 0 : 11 - sum % 11));
  }

  /** The last letter of a codice fiscale for its first fifteen characters. */
  public static char fiscalCode(CharSequence first15) {
    int[] odd = {
      1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23
    };
    int sum = 0;
    for (int i = 0; i < 15; i++) {
      char c = first15.charAt(i);
      int value = Chars.digit(c) ? c - '0' : c - 'A';
      sum += i % 2 == 0 ? odd[value] : value;
    }
    return (char) ('A' + sum % 26);
  }

  private static long weighted(CharSequence digits, int[] weights) {
    long sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += (long) (digits.charAt(i) - '0') * weights[i];
    }
    return sum;
  }

  /** Multiplication in the dihedral group of order 10. */
  private static int dihedral(int a, int b) {
    if (a < 5) {
      return b < 5 ? (a + b) % 5 : 5 + (a + b) % 5;
    }
    return b < 5 ? 5 + (a - b) % 5 : (5 + a - b) % 5;
  }
}
