package dev.yumen.server.simulator;

/** Text that means nothing but looks like some, the same each time; every word is one token. */
final class Prose {
  private static final String[] WORDS = {
    "the", "river", "keeps", "its", "own", "time", "while", "boats", "drift", "past", "quiet",
    "fields", "and", "old", "stone", "walls", "where", "birds", "rest", "until", "dusk", "turns",
    "them", "into", "shade", "then", "lamps", "appear", "one", "by", "each", "window", "tells",
    "a", "small", "story", "of", "bread", "maps", "clocks", "letters", "rain"
  };
  private static final int SENTENCE = 11;
  private static final int PARAGRAPH = 5 * SENTENCE;

  private Prose() {}

  static String ofTokens(int tokens) {
    var text = new StringBuilder(tokens * 6);
    for (int i = 0; i < tokens; i++) {
      if (i > 0) {
        text.append(i % PARAGRAPH == 0 ? "\n\n" : " ");
      }
      String word = WORDS[i * 5 % WORDS.length];
      if (i % SENTENCE == 0) {
        text.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
      } else {
        text.append(word);
      }
      if (i % SENTENCE == SENTENCE - 1 || i == tokens - 1) {
        text.append('.');
      }
    }
    return text.toString();
  }
}
