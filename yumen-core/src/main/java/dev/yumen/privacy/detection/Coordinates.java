package dev.yumen.privacy.detection;

import dev.yumen.privacy.detection.Scan.Check;

/**
 * Geographic coordinates: two decimals of at least four places in range, next to each other and to
 * no third one, which would be a row of a matrix. A single decimal needs a label.
 */
final class Coordinates {
  private static final int FEWEST_PLACES = 4;
  private static final int MOST_PLACES = 16;

  private final Scan scan;
  private int consumed;

  Coordinates(Scan scan) {
    this.scan = scan;
  }

  /** Looks at a run of digits that begins at the position. */
  void at(int position) {
    if (position < consumed) {
      return;
    }
    int first = decimal(position, 180);
    if (first < 0 || neighbour(position, -1)) {
      return;
    }
    int start = position - (sign(scan.at(position - 1)) ? 1 : 0);
    int at = first;
    if (scan.at(at) == '°') {
      at++;
    }
    at = skip(at, " ");
    if (cardinal(scan.at(at)) && !Chars.letter(scan.at(at + 1))) {
      at++;
    }
    int gap = at;
    at = skip(at, ", /");
    int second = at + (sign(scan.at(at)) ? 1 : 0);
    int end = at == gap ? -1 : decimal(second, 180);
    if (end < 0) {
      alone(start, first);
      return;
    }
    double one = value(position, first);
    double two = value(second, end);
    end += scan.at(end) == '°' ? 1 : 0;
    int letter = skip(end, " ");
    if (cardinal(scan.at(letter)) && !Chars.letter(scan.at(letter + 1))) {
      end = letter + 1;
    }
    if (Math.min(one, two) <= 90 && !neighbour(end, 1)) {
      scan.propose(DataType.COORDINATES, start, end, Check.NONE);
      consumed = end;
    }
  }

  /** One decimal: only behind its own label. */
  private void alone(int start, int end) {
    if (scan.named(DataType.COORDINATES, start, end)) {
      scan.propose(DataType.COORDINATES, start, end, Check.NONE, -20);
    }
  }

  /** Where a decimal in range ends that starts at the position, or -1. */
  private int decimal(int position, int limit) {
    int dot = position;
    while (dot - position < 4 && Chars.digit(scan.at(dot))) {
      dot++;
    }
    if (dot == position || dot - position > 3 || scan.at(dot) != '.') {
      return -1;
    }
    int end = dot + 1;
    while (end - dot <= MOST_PLACES && Chars.digit(scan.at(end))) {
      end++;
    }
    char after = scan.at(end);
    boolean whole = !Chars.alnum(after) && !(after == '.' && Chars.digit(scan.at(end + 1)));
    return whole && end - dot > FEWEST_PLACES && value(position, end) <= limit ? end : -1;
  }

  private double value(int start, int end) {
    return Double.parseDouble(scan.substring(start, end));
  }

  /** Tells whether another number of the same series stands before or after. */
  private boolean neighbour(int position, int step) {
    int at = step < 0 ? position - 1 : position;
    if (step < 0 && sign(scan.at(at))) {
      at--;
    }
    int blanks = 0;
    boolean comma = false;
    while (blanks < 4 && " ,\t".indexOf(scan.at(at)) >= 0 && scan.at(at) != 0) {
      comma |= scan.at(at) == ',';
      at += step;
      blanks++;
    }
    char c = scan.at(at);
    if (step > 0 && sign(c)) {
      c = scan.at(at + 1);
    }
    return comma && Chars.digit(c) && (step > 0 ? decimal(at, 1000) > 0 : true);
  }

  private int skip(int from, String set) {
    int at = from;
    while (at - from < 4 && scan.at(at) != 0 && set.indexOf(scan.at(at)) >= 0) {
      at++;
    }
    return at;
  }

  private static boolean sign(char c) {
    return c == '-' || c == '+';
  }

  private static boolean cardinal(char c) {
    return c == 'N' || c == 'S' || c == 'E' || c == 'W';
  }
}
