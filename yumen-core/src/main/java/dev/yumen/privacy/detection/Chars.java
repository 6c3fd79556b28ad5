package dev.yumen.privacy.detection;

/** Classes of characters, as the scanner means them: digits and letters are ASCII, Han is CJK. */
final class Chars {
  private static final byte DIGIT = 1;
  private static final byte UPPER = 2;
  private static final byte LOWER = 4;
  private static final byte HEX = 8;
  private static final byte BASE64URL = 16;
  private static final byte SPACE = 32;
  private static final byte[] CLASS = new byte[128];

  static {
    for (char c = 0; c < 128; c++) {
      int bits = 0;
      bits |= c >= '0' && c <= '9' ? DIGIT | HEX | BASE64URL : 0;
      bits |= c >= 'A' && c <= 'Z' ? UPPER | BASE64URL : 0;
      bits |= c >= 'a' && c <= 'z' ? LOWER | BASE64URL : 0;
      bits |= (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f') ? HEX : 0;
      bits |= c == '-' || c == '_' ? BASE64URL : 0;
      bits |= c == ' ' || c == '\t' || c == '\n' || c == '\r' ? SPACE : 0;
      CLASS[c] = (byte) bits;
    }
  }

  private Chars() {}

  static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean upper(char c) {
    return c >= 'A' && c <= 'Z';
  }

  static boolean lower(char c) {
    return c >= 'a' && c <= 'z';
  }

  static boolean letter(char c) {
    return c < 128 && (CLASS[c] & (UPPER | LOWER)) != 0;
  }

  static boolean alnum(char c) {
    return c < 128 && (CLASS[c] & (UPPER | LOWER | DIGIT)) != 0;
  }

  static boolean hex(char c) {
    return c < 128 && (CLASS[c] & HEX) != 0;
  }

  static boolean base64Url(char c) {
    return c < 128 && (CLASS[c] & BASE64URL) != 0;
  }

  static boolean base64(char c) {
    return alnum(c) || c == '+' || c == '/';
  }

  /** Blank, tab or line end. */
  static boolean space(char c) {
    return c < 128 && (CLASS[c] & SPACE) != 0;
  }

  static boolean han(char c) {
    return (c >= '\u4e00' && c <= '\u9fff') || (c >= '\u3400' && c <= '\u4dbf') || c == '〇';
  }

  /** Lower case of an ASCII letter, everything else as it is. */
  static char lowered(char c) {
    return upper(c) ? (char) (c + 32) : c;
  }

  /** The value of a hexadecimal digit, or -1. */
  static int hexValue(char c) {
    if (digit(c)) {
      return c - '0';
    }
    char low = lowered(c);
    return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
  }
}
