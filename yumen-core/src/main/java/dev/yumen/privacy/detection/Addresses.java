package dev.yumen.privacy.detection;

import dev.yumen.privacy.detection.Scan.Check;
import java.util.Locale;
import java.util.Set;

/**
 * Postal addresses by grammar. Chinese: places, divisions, a road with a number, a building, a
 * room; at least two levels below the city, since 北京市海淀区 alone is news. English: a number,
 * capitalised words, a word for street, and what follows. Spans are generous: people mask too
 * little, not too much.
 */
final class Addresses {
  private static final String DIVISIONS = "省市区县州盟旗镇乡村街路道巷弄里坊苑园庭城湾屯组社庄";
  private static final String ROADS = "路街道巷弄村组坊苑园里庄城屯区镇乡厦";
  private static final String NUMBER_UNITS = "号弄巷栋幢座楼层室组单队户门排";
  private static final String NUMERALS = "〇零一二三四五六七八九十百";

  /** Characters that end what can belong to an address when read backwards. */
  private static final String STOPS = "在住到于址是至寄往从去来为和与及的了我你他她您它们请将把被给让对";

  private static final int LONGEST = 60;
  private static final int LONGEST_ROAD = 14;

  private static final Set<String> STREETS =
      Set.of(
          "street",
          "st",
          "avenue",
          "ave",
          "road",
          "rd",
          "boulevard",
          "blvd",
          "lane",
          "ln",
          "drive",
          "dr",
          "court",
          "ct",
          "way",
          "place",
          "pl",
          "square",
          "sq",
          "terrace",
          "ter",
          "circle",
          "cir",
          "highway",
          "hwy",
          "parkway",
          "pkwy",
          "trail",
          "trl",
          "alley",
          "crescent",
          "close",
          "mews",
          "row",
          "loop",
          "plaza",
          "path",
          "walk",
          "expressway",
          "causeway",
          "esplanade",
          "grove");

  private final Scan scan;
  private int done;

  Addresses(Scan scan) {
    this.scan = scan;
  }

  /** Looks at a run of digits: a house number of either kind. */
  void digitsAt(int position) {
    if (position < done) {
      return;
    }
    int end = position;
    while (end - position < 7 && Chars.digit(scan.at(end))) {
      end++;
    }
    if (Chars.digit(scan.at(end))) {
      return;
    }
    if (numberUnit(end) && chineseBefore(position)) {
      chinese(position, 0);
    } else if (end - position <= 6) {
      english(position, end);
    }
  }

  /** Looks behind a label. */
  void labelled(int end) {
    int at = end;
    while (at - end < 6 && scan.at(at) != 0 && " :=\"'是为\t|".indexOf(scan.at(at)) >= 0) {
      at++;
    }
    if (at == end || at < done || !Chars.han(scan.at(at))) {
      return;
    }
    int stop = forward(at);
    int levels = levels(at, stop);
    if (stop - at >= 5 && levels >= 2) {
      scan.proposeLabelled(DataType.ADDRESS, at, stop, Evidence.LABEL);
      done = stop;
    }
  }

  void cell(Columns.Cell cell) {
    if (cell.types().contains(DataType.ADDRESS)
        && cell.end() - cell.start() >= 5
        && address(cell)) {
      scan.proposeLabelled(DataType.ADDRESS, cell.start(), cell.end(), Evidence.COLUMN);
    }
  }

  /** Chinese, or words and a number; cells of technical tables are single words. */
  private boolean address(Columns.Cell cell) {
    boolean han = false;
    boolean digit = false;
    boolean blank = false;
    for (int i = cell.start(); i < cell.end(); i++) {
      han |= Chars.han(scan.at(i));
      digit |= Chars.digit(scan.at(i));
      blank |= scan.at(i) == ' ';
    }
    return han ? levels(cell.start(), cell.end()) > 0 : digit && blank;
  }

  /** A name of a place: the address may have Chinese numerals only, or a road without a number. */
  void placeAt(int start) {
    if (start < done) {
      return;
    }
    int stop = forward(start);
    if (levels(start, stop) >= 4 || (levels(start, stop) >= 3 && numbered(start, stop))) {
      scan.propose(DataType.ADDRESS, start, stop, Check.NONE);
      done = stop;
    }
  }

  /**
   * A road and a number in the middle: goes back to where the address starts, then on to its end.
   */
  private void chinese(int number, int adjustment) {
    int start = backward(number);
    int stop = forward(start);
    int levels = levels(start, stop);
    if (stop > number && levels >= 2) {
      scan.propose(DataType.ADDRESS, start, stop, Check.NONE, adjustment + (levels >= 3 ? 10 : 0));
      done = stop;
    }
  }

  private boolean chineseBefore(int position) {
    int at = position - 1;
    at -= scan.at(at) == ' ' ? 1 : 0;
    return scan.at(at) != 0 && ROADS.indexOf(scan.at(at)) >= 0;
  }

  private boolean numberUnit(int at) {
    int unit = at;
    if (scan.at(unit) == '-' || scan.at(unit) == ' ') {
      unit++;
      while (Chars.digit(scan.at(unit)) && unit - at < 6) {
        unit++;
      }
    }
    return scan.at(unit) != 0 && NUMBER_UNITS.indexOf(scan.at(unit)) >= 0;
  }

  private int backward(int number) {
    int start = number;
    int place = -1;
    int hit = scan.marks().firstHitAfter(number) - 1;
    int unit = number;
    while (start > 0
        && number - start < LONGEST
        && addressCharacter(scan.at(start - 1), start - 1)) {
      start--;
      for (; hit >= 0 && scan.marks().hitStart(hit) >= start; hit--) {
        if (scan.marks().word(hit).place() && scan.marks().hitStart(hit) == start) {
          place = start;
        }
      }
      if (place < 0 && DIVISIONS.indexOf(scan.at(start)) >= 0) {
        unit = start;
      }
      if (place < 0 && unit - start > LONGEST_ROAD / 2) {
        break;
      }
      if (place > start + 1) {
        break;
      }
    }
    return place >= 0 ? province(place) : start;
  }

  /** A province directly before a city, as in 广东省深圳市. */
  private int province(int place) {
    int start = place;
    int hit = scan.marks().firstHitAfter(place) - 1;
    for (; hit >= 0 && scan.marks().hitEnd(hit) >= start - 4; hit--) {
      int end = scan.marks().hitEnd(hit);
      boolean joined = end == start || (end < start && "省市区".indexOf(scan.at(start - 1)) >= 0);
      if (scan.marks().word(hit).place() && joined) {
        start = scan.marks().hitStart(hit);
      }
    }
    return start;
  }

  private boolean addressCharacter(char c, int at) {
    if (Chars.han(c)) {
      return STOPS.indexOf(c) < 0;
    }
    return Chars.digit(c)
        || (Chars.letter(c) && Chars.han(scan.at(at - 1)))
        || c == '-'
        || c == '('
        || c == ')';
  }

  /** Goes on while characters can belong to an address and ends behind the last unit. */
  private int forward(int start) {
    int end = start;
    int last = start;
    while (end - start < LONGEST) {
      char c = scan.at(end);
      boolean blank =
          c == ' '
              && end > start
              && (Chars.digit(scan.at(end + 1)) || Chars.han(scan.at(end + 1)))
              && unitBefore(end);
      if (!(Chars.han(c)
          || Chars.alnum(c)
          || c == '-'
          || c == '#'
          || blank
          || c == '('
          || c == ')')) {
        break;
      }
      end++;
      if (Chars.han(c)
          && (DIVISIONS.indexOf(c) >= 0
              || NUMBER_UNITS.indexOf(c) >= 0
              || "厦元场校院店心".indexOf(c) >= 0)) {
        if (end - last <= LONGEST_ROAD) {
          last = end;
        } else {
          break;
        }
      }
    }
    // A bare room number ends many addresses: 3号楼1201.
    int room = last;
    while (room - last < 6
        && (Chars.digit(scan.at(room)) || (room > last && scan.at(room) == '-'))) {
      room++;
    }
    boolean followed = Chars.alnum(scan.at(room)) || room - last > 5;
    return room > last && !followed ? room : last;
  }

  private boolean unitBefore(int at) {
    return DIVISIONS.indexOf(scan.at(at - 1)) >= 0 || NUMBER_UNITS.indexOf(scan.at(at - 1)) >= 0;
  }

  /** How many levels the stretch has: each division and each numbered unit counts. */
  private int levels(int start, int stop) {
    int levels = 0;
    int last = start - 1;
    for (int i = start; i < stop; i++) {
      char c = scan.at(i);
      boolean division = DIVISIONS.indexOf(c) >= 0 && i - last >= 2;
      boolean unit = NUMBER_UNITS.indexOf(c) >= 0 && i > start && numeral(scan.at(i - 1));
      if (division || unit) {
        levels++;
        last = i;
      }
    }
    return levels;
  }

  private boolean numbered(int start, int stop) {
    for (int i = start + 1; i < stop; i++) {
      if (NUMBER_UNITS.indexOf(scan.at(i)) >= 0 && numeral(scan.at(i - 1))) {
        return true;
      }
    }
    return false;
  }

  private static boolean numeral(char c) {
    return Chars.digit(c) || NUMERALS.indexOf(c) >= 0 || Chars.upper(c);
  }

  /** 221B Baker Street, Apt. 4, London NW1 6XE. */
  private void english(int start, int numberEnd) {
    if (Chars.letter(scan.at(start - 1))
        || ("$#.-/:%_=".indexOf(scan.at(start - 1)) >= 0 && scan.at(start - 1) != 0)) {
      return;
    }
    var tail = new StreetTail(scan);
    int at = numberEnd + (Chars.upper(scan.at(numberEnd)) ? 1 : 0);
    for (int words = 1; words <= 5 && scan.at(at) == ' '; words++) {
      int word = at + 1;
      int end = word(word);
      if (end < 0) {
        return;
      }
      var text = scan.substring(word, end).toLowerCase(Locale.ROOT);
      if ((words >= 2 && STREETS.contains(text)) || tail.unitAt(end)) {
        int stop = tail.end(end);
        scan.propose(DataType.ADDRESS, start, stop, Check.NONE);
        done = stop;
        return;
      }
      at = end + (scan.at(end) == '.' ? 1 : 0);
    }
  }

  /** Where a capitalised word, an ordinal or a second number ends, or -1. */
  private int word(int at) {
    if (Chars.digit(scan.at(at))) {
      int end = scan.tokenEnd(at);
      return end - at <= 6 ? end : -1;
    }
    int end = at;
    while (end - at < 20
        && ((Character.isLetter(scan.at(end)) && !Chars.han(scan.at(end)))
            || scan.at(end) == '\'')) {
      end++;
    }
    return end > at && end - at < 20 && Character.isUpperCase(scan.at(at)) ? end : -1;
  }
}
