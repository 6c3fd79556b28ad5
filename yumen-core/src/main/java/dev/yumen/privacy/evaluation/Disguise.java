package dev.yumen.privacy.evaluation;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Ways in which people, programs and evaders write the same value. */
public enum Disguise {
  /** As it is. */
  NONE,
  /** Full-width forms (U+FF01 to U+FF5E), as Chinese input methods type them. */
  FULL_WIDTH,
  /** A zero-width character in some places. */
  ZERO_WIDTH,
  /** Each digit as a Chinese numeral, everyday or financial. */
  CHINESE_NUMERALS,
  /** Mathematical digits (U+1D7CE to U+1D7FF), as fancy fonts give them. */
  MATHEMATICAL,
  /** Some characters as escapes of JSON. */
  JSON_ESCAPES,
  /** Some characters as references of HTML. */
  HTML_REFERENCES,
  /** Some characters percent-encoded. */
  PERCENT;

  private static final String EVERYDAY = "零一二三四五六七八九";
  private static final String FINANCIAL = "零壹贰叁肆伍陆柒捌玖";
  private static final String SPOKEN = "〇幺二三四五六七八九";
  private static final String INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff";

  /** Tells whether the value can be written so. */
  public boolean fits(String value) {
    return switch (this) {
      case CHINESE_NUMERALS, MATHEMATICAL ->
          value.chars().filter(Character::isDigit).count() >= 7
              && value.chars().noneMatch(c -> Character.isLetter(c) && c != 'X')
              && value.chars().noneMatch(c -> ":()+".indexOf(c) >= 0);
      case FULL_WIDTH, ZERO_WIDTH -> value.indexOf('\n') < 0;
      default -> true;
    };
  }

  /** Writes the value so. */
  public String apply(String value, RandomGenerator random) {
    var numerals =
        switch (random.nextInt(3)) {
          case 0 -> EVERYDAY;
          case 1 -> FINANCIAL;
          default -> SPOKEN;
        };
    int style = random.nextInt(5);
    var out = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      switch (this) {
        case NONE -> out.append(c);
        case FULL_WIDTH -> out.append(c > ' ' && c < 0x7f ? (char) (c + 0xfee0) : c);
        case ZERO_WIDTH -> {
          out.append(c);
          if (i < value.length() - 1 && (i == 0 || random.nextInt(3) == 0)) {
            out.append(INVISIBLE.charAt(random.nextInt(INVISIBLE.length())));
          }
        }
        case CHINESE_NUMERALS -> out.append(digit ? numerals.charAt(c - '0') : c);
        case MATHEMATICAL ->
            out.append(digit ? Character.toString(0x1d7ce + style * 10 + c - '0') : "" + c);
        case JSON_ESCAPES ->
            out.append(some(random) ? String.format("\\u%04x", (int) c) : escaped(c));
        case HTML_REFERENCES -> out.append(some(random) ? "&#" + (int) c + ";" : "" + c);
        case PERCENT -> out.append(some(random) || c >= 0x80 ? percent(c) : "" + c);
      }
    }
    return out.toString();
  }

  /** The name in sets of samples. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static boolean some(RandomGenerator random) {
    return random.nextInt(3) == 0;
  }

  private static String escaped(char c) {
    return c == '\n' ? "\\n" : "" + c;
  }

  private static String percent(char c) {
    var out = new StringBuilder();
    for (byte octet : String.valueOf(c).getBytes(StandardCharsets.UTF_8)) {
      out.append(String.format(Locale.ROOT, "%%%02X", octet));
    }
    return out.toString();
  }
}
