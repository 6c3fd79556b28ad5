package dev.yumen.server.redaction;

import org.jspecify.annotations.Nullable;

/**
 * The value in {@code name: value}, {@code name=value}, {@code "name": "value"} and the like, where
 * the name says that it is secret.
 *
 * @param from where the value begins
 * @param to where it ends
 */
record Assignment(int from, int to) {
  /** In lower case and without the dashes, dots and underscores that names may have inside. */
  private static final String[] NAMES = {
    "password",
    "passwd",
    "pwd",
    "passphrase",
    "secret",
    "token",
    "apikey",
    "accesskey",
    "accesskeyid",
    "secretkey",
    "secretid",
    "privatekey",
    "authorization",
    "signature",
    "cookie",
    "密码",
    "口令",
    "密钥",
    "令牌",
  };

  private static final String[] SCHEMES = {"bearer", "basic", "digest", "token", "apikey"};
  private static final int LONGEST_NAME = 32;
  private static final int LONGEST_GAP = 4;

  /** Whether what stands before the sign is the name of a secret. */
  static boolean named(String text, int floor, int sign) {
    int end = sign;
    while (end > floor && sign - end < LONGEST_GAP && gap(text.charAt(end - 1))) {
      end--;
    }
    if (end == floor) {
      return false;
    }
    for (String name : NAMES) {
      if (endsWith(text, floor, end, name)) {
        return true;
      }
    }
    return false;
  }

  /** The value behind the sign; null when there is none. */
  static @Nullable Assignment value(String text, int sign) {
    int start = sign + 1;
    boolean listed = false;
    while (start < text.length() && opens(text.charAt(start))) {
      listed |= text.charAt(start) == '[';
      start++;
    }
    if (start == text.length()) {
      return null;
    }
    int end;
    char first = text.charAt(start);
    if (listed) {
      end = until(text, start, ']');
    } else if (quote(first)) {
      boolean escaped = text.charAt(start - 1) == '\\';
      start++;
      end = escaped ? until(text, start, '\\') : closing(text, start, first);
    } else {
      end = wholeLine(text, sign) ? until(text, start, '"') : word(text, start);
    }
    return end > start && !text.startsWith("null", start) ? new Assignment(start, end) : null;
  }

  /** Whether the word, in lower case, stands before the position, in whatever case. */
  static boolean wordBefore(String text, int position, String word) {
    int start = position - word.length();
    return start >= 0
        && Character.toLowerCase(text.charAt(position - 1)) == word.charAt(word.length() - 1)
        && text.regionMatches(true, start, word, 0, word.length());
  }

  private static boolean wholeLine(String text, int sign) {
    return wordBefore(text, sign, "cookie");
  }

  private static boolean endsWith(String text, int floor, int end, String name) {
    int least = Math.max(floor, end - LONGEST_NAME);
    int i = end - 1;
    int left = name.length() - 1;
    for (; i >= least && left >= 0; i--) {
      char c = text.charAt(i);
      if (c == '-' || c == '_' || c == '.') {
        continue;
      }
      if (Character.toLowerCase(c) != name.charAt(left)) {
        return false;
      }
      left--;
    }
    return left < 0;
  }

  /** The end of a word, and of the next when the first only names a scheme. */
  private static int word(String text, int start) {
    int end = unquoted(text, start);
    for (String scheme : SCHEMES) {
      if (end - start == scheme.length() && wordBefore(text, end, scheme)) {
        int next = end;
        while (next < text.length() && text.charAt(next) == ' ') {
          next++;
        }
        return unquoted(text, next);
      }
    }
    return end;
  }

  private static int unquoted(String text, int start) {
    int end = start;
    while (end < text.length() && text.charAt(end) > ' ' && !closes(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static int closing(String text, int start, char quote) {
    int end = start;
    while (end < text.length() && text.charAt(end) != quote && text.charAt(end) != '\n') {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    return Math.min(end, text.length());
  }

  private static int until(String text, int start, char last) {
    int end = start;
    while (end < text.length() && text.charAt(end) != last && text.charAt(end) != '\n') {
      end++;
    }
    return end;
  }

  private static boolean gap(char c) {
    return c == ' ' || c == '\\' || quote(c);
  }

  private static boolean opens(char c) {
    return switch (c) {
      case ' ', '\t', '\\', '[', '{', '(', '=', '>', ':' -> true;
      default -> false;
    };
  }

  private static boolean closes(char c) {
    return c == '<' || quote(c);
  }

  private static boolean quote(char c) {
    return c == '"' || c == '\'' || c == '`';
  }
}
