package dev.yumen.privacy.detection;

import java.util.Locale;
import java.util.Set;

/**
 * What follows a street in an English address: the flat, the town, the state and the postal code.
 */
final class StreetTail {
  private static final int MOST_PARTS = 5;
  private static final int LONGEST_PART = 30;
  private static final Set<String> UNITS =
      Set.of(
          "apt",
          "apartment",
          "suite",
          "ste",
          "unit",
          "floor",
          "fl",
          "room",
          "rm",
          "flat",
          "po",
          "box");

  private static final Set<String> FLATS = Set.of("apt", "apartment", "suite", "ste", "flat");

  private final Scan scan;

  StreetTail(Scan scan) {
    this.scan = scan;
  }

  /** Where the address ends whose street ends at the position. */
  int end(int streetEnd) {
    int end = streetEnd;
    end += scan.at(end) == '.' && (scan.at(end + 1) == ',' || scan.at(end + 1) == ' ') ? 1 : 0;
    end = direction(end);
    int kept = scan.at(end - 1) == '.' ? end - 1 : end;
    int at = end;
    boolean sure = false;
    for (int part = 0; part < MOST_PARTS; part++) {
      int next = separator(at);
      if (next == at) {
        break;
      }
      boolean line = scan.at(next - 1) == '\n';
      int stop = part(next, line || scan.at(at) == ',');
      sure |= unitAt(at);
      if (line && stop > 0 && !sure && !continues(stop)) {
        break;
      }
      if (stop < 0) {
        break;
      }
      kept = stop;
      at = stop;
    }
    return kept;
  }

  /** Tells whether a line that began like a town is one: a comma, a state or a code must follow. */
  private boolean continues(int at) {
    return Chars.digit(scan.at(at - 1))
        || scan.at(at) == ','
        || (scan.at(at) == ' ' && (Chars.digit(scan.at(at + 1)) || Chars.upper(scan.at(at + 2))));
  }

  /** Tells whether a flat follows: a comma or a line end, and a word such as Apt or Suite. */
  boolean unitAt(int end) {
    int at = separator(end);
    var word = scan.substring(at, scan.tokenEnd(at)).toLowerCase(Locale.ROOT);
    return at > end && FLATS.contains(word);
  }

  /** A point of the compass behind the street: NW, East. */
  private int direction(int end) {
    if (scan.at(end) != ' ') {
      return end;
    }
    int stop = scan.tokenEnd(end + 1);
    var word = scan.substring(end + 1, stop);
    return Set.of("N", "S", "E", "W", "NE", "NW", "SE", "SW").contains(word) ? stop : end;
  }

  /** A comma, a line end or a blank between parts. */
  private int separator(int at) {
    int next = at;
    while (next - at < 4 && (scan.at(next) == ',' || Chars.space(scan.at(next)))) {
      next++;
    }
    return next;
  }

  /** One part: a flat, a postal code, or capitalised words behind a comma; -1 when it is none. */
  private int part(int at, boolean comma) {
    int end = scan.tokenEnd(at);
    if (end == at && scan.at(at) != '#') {
      return -1;
    }
    var word = scan.substring(at, end).toLowerCase(Locale.ROOT);
    if (UNITS.contains(word) || scan.at(at) == '#') {
      int number = end + (scan.at(at) == '#' ? 1 : 0);
      number += scan.at(number) == '.' ? 1 : 0;
      number += scan.at(number) == ' ' ? 1 : 0;
      int stop = scan.tokenEnd(number);
      return stop > number && stop - number < 8 ? stop : -1;
    }
    if (Chars.digit(scan.at(at))) {
      boolean code =
          end - at >= 4
              && end - at <= 6
              && scan.substring(at, end).chars().allMatch(c -> Chars.digit((char) c));
      if (code && scan.at(end) == '-' && scan.tokenEnd(end + 1) == end + 5) {
        return end + 5;
      }
      boolean british = end - at == 3 && Chars.upper(scan.at(end - 1));
      return code || british ? end : -1;
    }
    boolean state = end - at == 2 && Chars.upper(scan.at(at)) && Chars.upper(scan.at(at + 1));
    boolean outward = Chars.upper(scan.at(at)) && Chars.digit(scan.at(end - 1)) && end - at <= 4;
    if (state || outward) {
      return end;
    }
    int town = comma ? town(at) : -1;
    // A colon makes it the next label of a form.
    return scan.at(town) == ':' ? -1 : town;
  }

  /** One to three capitalised words. */
  private int town(int at) {
    int end = at;
    int kept = -1;
    for (int words = 0; words < 3 && end - at < LONGEST_PART; words++) {
      int stop = end;
      while (stop - end < 18 && (letter(scan.at(stop)) || scan.at(stop) == '\'')) {
        stop++;
      }
      boolean state = stop - end == 2 && Chars.upper(scan.at(end + 1));
      if (stop - end < 2
          || !Character.isUpperCase(scan.at(end))
          || (state && words > 0)
          || Chars.digit(scan.at(stop))) {
        break;
      }
      kept = stop;
      if (scan.at(stop) != ' ') {
        break;
      }
      end = stop + 1;
    }
    return kept;
  }

  /** A letter of any alphabet that has no Chinese characters. */
  private static boolean letter(char c) {
    return Character.isLetter(c) && !Chars.han(c);
  }
}
