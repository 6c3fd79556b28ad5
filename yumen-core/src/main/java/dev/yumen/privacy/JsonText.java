package dev.yumen.privacy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Writes text as the inside of a JSON string (RFC 8259, section 7), with no escape it can do
 * without.
 */
final class JsonText {
  private static final HexFormat HEX = HexFormat.of();

  private JsonText() {}

  /** The string in UTF-8, its quotes included. */
  static byte[] quoted(String text) {
    return ('"' + escaped(text) + '"').getBytes(StandardCharsets.UTF_8);
  }

  /** The inside of the string; halves of surrogate pairs are escaped, for UTF-8 has none. */
  static String escaped(String text) {
    int i = 0;
    while (i < text.length() && !needsEscape(text, i)) {
      i++;
    }
    if (i == text.length()) {
      return text;
    }
    var out = new StringBuilder(text.length() + 16).append(text, 0, i);
    for (; i < text.length(); i++) {
      char c = text.charAt(i);
      if (needsEscape(text, i)) {
        escape(c, out);
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static boolean needsEscape(String text, int i) {
    char c = text.charAt(i);
    return c < 0x20 || c == '"' || c == '\\' || (Character.isSurrogate(c) && isHalf(text, i));
  }

  private static boolean isHalf(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        ? i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))
        : i == 0 || !Character.isHighSurrogate(text.charAt(i - 1));
  }

  private static void escape(char c, StringBuilder out) {
    switch (c) {
      case '"', '\\' -> out.append('\\').append(c);
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> out.append("\\u").append(HEX.toHexDigits(c));
    }
  }
}
