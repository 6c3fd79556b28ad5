package dev.yumen.server;

import java.util.List;

/** The gateway could not start; each sentence says what was wrong and what to do. */
final class StartException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<String> sentences;

  StartException(List<String> sentences) {
    super(String.join(" ", sentences));
    this.sentences = List.copyOf(sentences);
  }

  StartException(String sentence, Throwable cause) {
    super(sentence, cause);
    this.sentences = List.of(sentence);
  }

  List<String> sentences() {
    return sentences;
  }
}
