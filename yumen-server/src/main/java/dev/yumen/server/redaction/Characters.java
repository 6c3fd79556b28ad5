package dev.yumen.server.redaction;

/** What the things a log must not hold are made of. */
final class Characters {
  private static final int LOOKED_AT = 64;

  private Characters() {}

  static boolean alphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  /** Keys, JSON Web Tokens, base 64 of both alphabets. */
  static boolean credential(char c) {
    return alphanumeric(c)
        || switch (c) {
          case '-', '_', '.', '~', '+', '/', '=', '%' -> true;
          default -> false;
        };
  }

  /** Whether what begins here holds a digit or a capital early, as keys do and words do not. */
  static boolean noWord(String text, int start) {
    int most = Math.min(text.length(), start + LOOKED_AT);
    for (int i = start; i < most && credential(text.charAt(i)); i++) {
      if (Numbers.digit(text.charAt(i)) || (i > start && Character.isUpperCase(text.charAt(i)))) {
        return true;
      }
    }
    return false;
  }

  /** The part of an e-mail address before the sign; beyond ASCII, RFC 6531. */
  static boolean localPart(char c) {
    return alphanumeric(c) || c == '.' || c == '_' || c == '-' || c == '+' || beyondAscii(c);
  }

  static boolean domain(char c) {
    return alphanumeric(c) || c == '.' || c == '-' || beyondAscii(c);
  }

  /** What a URL may hold between the scheme and the path. */
  static boolean authority(char c) {
    return c > ' ' && c != '/' && c != '?' && c != '#' && c != '"' && c != '<' && c != '>';
  }

  private static boolean beyondAscii(char c) {
    return c > 0x7f && Character.isLetterOrDigit(c);
  }
}
