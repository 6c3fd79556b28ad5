package dev.yumen.server.simulator;

import java.util.stream.Stream;

/**
 * Cuts JSON where a careless reader trips: within names, numbers and escapes; never within a
 * character, for a piece is itself a string.
 */
final class OddPieces {
  private static final int[] LENGTHS = {1, 7, 3, 12, 2, 5, 9, 4};

  private OddPieces() {}

  /** The pieces in order; together they are the text. */
  static Stream<String> of(String text) {
    var pieces = Stream.<String>builder();
    int turn = 0;
    for (int from = 0; from < text.length(); turn++) {
      int to = Math.min(text.length(), from + LENGTHS[turn % LENGTHS.length]);
      if (to < text.length() && Character.isLowSurrogate(text.charAt(to))) {
        to++;
      }
      pieces.add(text.substring(from, to));
      from = to;
    }
    return pieces.build();
  }
}
