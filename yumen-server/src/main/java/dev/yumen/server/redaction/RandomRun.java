package dev.yumen.server.redaction;

/**
 * A run of letters and digits that looks drawn at random, as secrets without a mark of their own
 * do: those of AWS, Alibaba Cloud and Tencent Cloud among them. Words, class names, paths,
 * hexadecimal digits and the ids of the Messages API do not look like it. A slash ends a run,
 * because of paths; so a secret with one inside is only found by its name.
 */
final class RandomRun {
  /** Longer than the random part of any id of the Messages API, which has 24 characters. */
  static final int LEAST = 30;

  /** Of each kind. */
  private static final int LEAST_OF_EACH = 3;

  private RandomRun() {}

  /** Whether the character can be part of one. */
  static boolean holds(char c) {
    return Characters.alphanumeric(c) || c == '+';
  }

  /**
   * Whether the run looks random. Between two characters drawn from 62 the kind changes in 62 of
   * 100 cases, in camel case, hexadecimal or a path in fewer than 40.
   */
  static boolean looksRandom(String text, int start, int end) {
    int length = end - start;
    if (length < LEAST) {
      return false;
    }
    var counts = new int[4];
    int changes = 0;
    int last = -1;
    for (int i = start; i < end; i++) {
      int kind = kind(text.charAt(i));
      counts[kind]++;
      if (kind != last) {
        changes++;
      }
      last = kind;
    }
    return counts[0] >= LEAST_OF_EACH
        && counts[1] >= LEAST_OF_EACH
        && counts[2] >= LEAST_OF_EACH
        && changes * 5 >= length * 2;
  }

  private static int kind(char c) {
    return c >= 'a' ? 0 : c >= 'A' ? 1 : c >= '0' ? 2 : 3;
  }
}
