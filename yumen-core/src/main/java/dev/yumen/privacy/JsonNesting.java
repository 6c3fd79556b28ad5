package dev.yumen.privacy;

import org.jspecify.annotations.Nullable;

/**
 * Follows JSON character by character and knows within how many strings it is: a string of a
 * document may hold a document itself, in whose strings a value must be escaped twice. Belongs to
 * one thread.
 */
final class JsonNesting {
  private static final int DEEPEST = 4;

  private final Level[] levels = new Level[DEEPEST];
  private final @Nullable LinkGuard guard;

  private JsonNesting(boolean document, @Nullable LinkGuard guard) {
    this.guard = guard;
    for (int i = 0; i < DEEPEST; i++) {
      levels[i] = new Level();
    }
    levels[0].json = document;
    levels[0].begun = document;
  }

  /**
   * For the text of a document.
   *
   * @param guard follows what its strings say
   */
  static JsonNesting ofDocument(LinkGuard guard) {
    return new JsonNesting(true, guard);
  }

  /** For text that may be a document: it is taken for one when it begins like one. */
  static JsonNesting ofString() {
    return new JsonNesting(false, null);
  }

  /** Goes on by some characters. */
  void follow(char[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      follow(text[i], 0);
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

  private void follow(char c, int depth) {
    Level level = levels[depth];
    if (!level.begun && c > ' ') {
      level.begun = true;
      level.json = c == '{' || c == '[';
    }
    if (!level.json) {
      return;
    }
    if (!level.inString) {
      if (c == '"') {
        level.inString = true;
        beginString(depth);
      }
    } else if (level.hexDigits > 0) {
      level.hex = level.hex << 4 | Math.max(0, Character.digit(c, 16));
      if (--level.hexDigits == 0) {
        inner((char) level.hex, depth);
      }
    } else if (level.escaped) {
      level.escaped = false;
      escape(c, depth);
    } else if (c == '\\') {
      level.escaped = true;
    } else if (c == '"') {
      level.inString = false;
      if (depth + 1 < DEEPEST) {
        levels[depth + 1] = new Level();
      }
    } else {
      inner(c, depth);
    }
  }

  private void escape(char c, int depth) {
    switch (c) {
      case 'u' -> {
        levels[depth].hexDigits = 4;
        levels[depth].hex = 0;
      }
      case 'n', 'r' -> inner('\n', depth);
      case 'b', 'f', 't' -> inner(' ', depth);
      default -> inner(c, depth);
    }
  }

  private void beginString(int depth) {
    if (depth + 1 < DEEPEST) {
      levels[depth + 1] = new Level();
    }
    if (depth == 0 && guard != null) {
      guard.leave();
    }
  }

  private void inner(char c, int depth) {
    if (depth == 0 && guard != null) {
      guard.follow(c);
    }
    if (depth + 1 < DEEPEST) {
      follow(c, depth + 1);
    }
  }

  /** A document, or text that is none. */
  private static final class Level {
    private boolean begun;
    private boolean json;
    private boolean inString;
    private boolean escaped;
    private int hexDigits;
    private int hex;
  }
}
