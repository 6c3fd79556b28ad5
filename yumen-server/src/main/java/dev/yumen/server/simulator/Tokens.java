package dev.yumen.server.simulator;

import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What the simulated model takes for a token: a word with the space before it, at most eight
 * characters of one. The same text always has the same number of tokens, near enough to a real
 * model's for figures to look right.
 */
final class Tokens {
  private static final int LONGEST = 8;
  private static final int IMAGE = 1_500;

  private Tokens() {}

  /** The tokens of the text, in order; together they are the text. Characters stay whole. */
  static Stream<String> of(String text) {
    return Stream.iterate(
            new Piece(0, end(text, 0)),
            piece -> piece.from() < text.length(),
            piece -> new Piece(piece.to(), end(text, piece.to())))
        .map(piece -> text.substring(piece.from(), piece.to()));
  }

  private record Piece(int from, int to) {}

  static int count(String text) {
    int count = 0;
    for (int at = 0; at < text.length(); at = end(text, at)) {
      count++;
    }
    return count;
  }

  /** The first tokens of the text. */
  static String first(String text, int tokens) {
    int at = 0;
    for (int i = 0; i < tokens && at < text.length(); i++) {
      at = end(text, at);
    }
    return text.substring(0, at);
  }

  /** The tokens of a block, a tool or any other part of a request. */
  static int count(JsonNode node) {
    if (node.isString()) {
      return count(node.stringValue());
    }
    if (Json.string(node, "type").equals("image")) {
      return IMAGE;
    }
    int count = node.isContainer() ? 0 : 1;
    for (JsonNode child : node) {
      count += count(child);
    }
    return count + node.size();
  }

  private static int end(String text, int from) {
    int at = from;
    while (at < text.length() && at - from < LONGEST && isSpace(text.charAt(at))) {
      at++;
    }
    int word = at;
    while (at < text.length() && at - word < LONGEST && !isSpace(text.charAt(at))) {
      at++;
    }
    if (at > from
        && at < text.length()
        && Character.isHighSurrogate(text.charAt(at - 1))
        && Character.isLowSurrogate(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
  }
}
