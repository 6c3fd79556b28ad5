package dev.yumen.json;

import java.util.Random;

/** Makes valid documents of every shape, with escapes, spaces and characters of every length. */
final class RandomJson {
  private static final String[] PIECES = {
    "a",
    "word",
    " ",
    "\\n",
    "\\\"",
    "\\\\",
    "\\/",
    "\\u0041",
    "\\u0000",
    "é",
    "流れ",
    "🙂",
    "]}",
    "{[",
    "//",
    "\u007f",
    "long ".repeat(20),
    "\\ud83d\\ude00",
    "\\ud800",
    "\\udfff"
  };

  /** The last pieces are surrogates, which Jackson takes in strings but not in names. */
  private static final int SURROGATES = 3;

  private static final String[] NUMBERS = {
    "0", "-0", "7", "-12", "3.25", "1e5", "1E+5", "-2.5e-10", "12345678901234567890", "0.1"
  };

  private RandomJson() {}

  static String document(Random random) {
    var out = new StringBuilder();
    space(out, random);
    value(out, random, 0);
    space(out, random);
    return out.toString();
  }

  private static void value(StringBuilder out, Random random, int depth) {
    switch (random.nextInt(depth > 5 ? 5 : 8)) {
      case 0 -> out.append("true");
      case 1 -> out.append("false");
      case 2 -> out.append("null");
      case 3 -> out.append(NUMBERS[random.nextInt(NUMBERS.length)]);
      case 4, 5 -> string(out, random, PIECES.length);
      case 6 -> container(out, random, depth, '[', ']');
      default -> container(out, random, depth, '{', '}');
    }
  }

  private static void container(
      StringBuilder out, Random random, int depth, char open, char close) {
    out.append(open);
    int members = random.nextInt(5);
    for (int i = 0; i < members; i++) {
      out.append(i > 0 ? "," : "");
      space(out, random);
      if (open == '{') {
        string(out, random, PIECES.length - SURROGATES);
        space(out, random);
        out.append(':');
        space(out, random);
      }
      value(out, random, depth + 1);
      space(out, random);
    }
    space(out, random);
    out.append(close);
  }

  private static void string(StringBuilder out, Random random, int pieces) {
    out.append('"');
    for (int i = random.nextInt(5); i > 0; i--) {
      out.append(PIECES[random.nextInt(pieces)]);
    }
    out.append('"');
  }

  private static void space(StringBuilder out, Random random) {
    out.append(random.nextInt(4) == 0 ? " \n\t\r".substring(random.nextInt(4)) : "");
  }
}
