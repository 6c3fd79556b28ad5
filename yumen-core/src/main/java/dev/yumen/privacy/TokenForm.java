package dev.yumen.privacy;

/**
 * The form of a pseudonym: {@code LABEL_SSSSSVVC}. Eight symbols of Crockford's base 32 (digits and
 * upper-case letters without I, L, O and U) follow the label: five for the value, two for the way
 * it is written, one to check the other seven. A code is 40 bits, the first symbol highest.
 */
final class TokenForm {
  /** How many symbols follow the underscore. */
  static final int SYMBOLS = 8;

  /** How many symbols are the same for every way of writing a value. */
  static final int VALUE_SYMBOLS = 5;

  private static final char[] ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
  private static final byte[] VALUES = new byte[128];

  static {
    java.util.Arrays.fill(VALUES, (byte) -1);
    for (byte i = 0; i < ALPHABET.length; i++) {
      VALUES[ALPHABET[i]] = i;
      VALUES[Character.toLowerCase(ALPHABET[i])] = i;
    }
  }

  private TokenForm() {}

  /** The value of a symbol in either case; -1 when the character is none. */
  static int value(char c) {
    return c < 128 ? VALUES[c] : -1;
  }

  /** Full-width letters, digits and marks as their ASCII counterparts, all else as it is. */
  static char folded(char c) {
    return c >= '\uff01' && c <= '\uff5e' ? (char) (c - 0xfee0) : c;
  }

  /** Appends the check symbol to seven symbols. */
  static long checked(long sevenSymbols) {
    return sevenSymbols << 5 | check(sevenSymbols);
  }

  /**
   * Tells whether a code could have been issued: its check symbol fits, it mixes digits and
   * letters, so that no word and no number is one, and nowhere are more than four digits in a row.
   */
  static boolean sound(long code) {
    return check(code >> 5) == (code & 31) && mixed(code >> 15) && !digitRun(code);
  }

  /** Tells whether the five symbols of a value have both a digit and a letter. */
  static boolean mixed(long fiveSymbols) {
    boolean digit = false;
    boolean letter = false;
    for (int i = 0; i < VALUE_SYMBOLS; i++) {
      boolean isDigit = symbol(fiveSymbols, i) < 10;
      digit |= isDigit;
      letter |= !isDigit;
    }
    return digit && letter;
  }

  /** The pseudonym as it is written. */
  static String write(Label label, long code) {
    var text = new StringBuilder(label.name()).append('_');
    for (int i = SYMBOLS - 1; i >= 0; i--) {
      text.append(ALPHABET[symbol(code, i)]);
    }
    return text.toString();
  }

  /**
   * A polynomial over the field of 32 elements (x^5 + x^2 + 1), taken at a primitive element: it
   * finds every wrong symbol and every two symbols exchanged.
   */
  private static long check(long sevenSymbols) {
    long sum = 0;
    for (int i = SYMBOLS - 2; i >= 0; i--) {
      sum = twice(sum ^ symbol(sevenSymbols, i));
    }
    return sum;
  }

  /** One of the symbols, the last is number 0. */
  private static int symbol(long symbols, int number) {
    return (int) (symbols >> (5 * number)) & 31;
  }

  private static long twice(long element) {
    long doubled = element << 1;
    return (doubled & 32) == 0 ? doubled : doubled ^ 0b100101;
  }

  /** Five digits in a row might be taken for a number that somebody owns. */
  private static boolean digitRun(long code) {
    int run = 0;
    for (int i = 0; i < SYMBOLS; i++) {
      run = symbol(code, i) < 10 ? run + 1 : 0;
      if (run > 4) {
        return true;
      }
    }
    return false;
  }
}
