package dev.yumen.privacy;

/**
 * Follows JSON character by character and knows within how many strings it is: a string of a
 * document may hold a document itself, in whose strings a value must be escaped twice. Belongs to
 * one thread.
 */
final class JsonNesting {
  private static final int DEEPEST = 4;

  private final Level[] levels = new Level[DEEPEST];

  private JsonNesting(boolean document) {
    for (int i = 0; i < DEEPEST; i++) {
      levels[i] = new Level();
    }
    levels[0].json = document;
    levels[0].begun = document;
  }

  /** For the text of a document. */
  static JsonNesting ofDocument() {
    return new JsonNesting(true);
  }

  /** For text that may be a document: it is taken for one when it begins like one. */
  static JsonNesting ofString() {
    return new JsonNesting(false);
  }

  /** Goes on by some characters. */
  void follow(char[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      levels[0].follow(text[i], 0, levels);
    }
  }

  /** Within how many strings the next character is, each in the one before. */
  int strings() {
    int count = 0;
    while (count < DEEPEST && levels[count].inString) {
      count++;
    }
    return count;
  }

  /** Whether an escape has begun and not ended, so that nothing may be put here. */
  boolean inEscape() {
    for (Level level : levels) {
      if (level.escaped || level.hexDigits > 0) {
        return true;
      }
    }
    return false;
  }

  /** A document, or text that is none. */
  private static final class Level {
    private boolean begun;
    private boolean json;
    private boolean inString;
    private boolean escaped;
    private int hexDigits;
    private int hex;

    void follow(char c, int depth, Level[] levels) {
      if (!begun && c > ' ') {
        begun = true;
        json = c == '{' || c == '[';
      }
      if (!json) {
        return;
      }
      if (!inString) {
        if (c == '"') {
          inString = true;
          if (depth + 1 < levels.length) {
            levels[depth + 1] = new Level();
          }
        }
      } else if (hexDigits > 0) {
        hex = hex << 4 | Math.max(0, Character.digit(c, 16));
        if (--hexDigits == 0) {
          inner((char) hex, depth, levels);
        }
      } else if (escaped) {
        escaped = false;
        escape(c, depth, levels);
      } else if (c == '\\') {
        escaped = true;
      } else if (c == '"') {
        inString = false;
        if (depth + 1 < levels.length) {
          levels[depth + 1] = new Level();
        }
      } else {
        inner(c, depth, levels);
      }
    }

    private void escape(char c, int depth, Level[] levels) {
      switch (c) {
        case 'u' -> {
          hexDigits = 4;
          hex = 0;
        }
        case 'b', 'f', 'n', 'r', 't' -> inner(' ', depth, levels);
        default -> inner(c, depth, levels);
      }
    }

    private static void inner(char c, int depth, Level[] levels) {
      if (depth + 1 < levels.length) {
        levels[depth + 1].follow(c, depth + 1, levels);
      }
    }
  }
}
