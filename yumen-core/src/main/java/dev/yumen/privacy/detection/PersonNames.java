package dev.yumen.privacy.detection;

/** Names of persons where a label or a column says that one follows. */
final class PersonNames {
  private static final int LONGEST_CELL = 40;

  private final Scan scan;

  PersonNames(Scan scan) {
    this.scan = scan;
  }

  /** Where the name that begins at the position ends, or -1. */
  int end(int at) {
    return Chars.han(scan.at(at)) ? chinese(at) : latin(at);
  }

  /** Tells whether a whole cell can be a name. */
  boolean cell(int start, int end) {
    if (end - start < 2 || end - start > LONGEST_CELL) {
      return false;
    }
    boolean letters = false;
    for (int i = start; i < end; i++) {
      char c = scan.at(i);
      letters |= Character.isLetter(c);
      if (Chars.digit(c) || "@/\\_<>{}[]=()\"".indexOf(c) >= 0) {
        return false;
      }
    }
    boolean han = Chars.han(scan.at(start));
    return letters && (han ? end - start <= 15 : Character.isUpperCase(scan.at(start)));
  }

  /** Family name and one or two characters; names of other peoples have a middle dot. */
  private int chinese(int at) {
    int end = at;
    int dot = -1;
    while (end - at < 16 && (Chars.han(scan.at(end)) || (scan.at(end) == '·' && end > at))) {
      dot = scan.at(end) == '·' ? end : dot;
      end++;
    }
    if (dot > 0 && dot < end - 1) {
      return end;
    }
    int family = Surnames.length(scan.at(at), scan.at(at + 1));
    if (family == 0) {
      return -1;
    }
    // What follows without a mark is often the next label: 姓名张三电话….
    int limit = Math.min(end, at + family + 2);
    int hit = scan.marks().firstHitAfter(at + family);
    if (hit < scan.marks().hits() && end > limit - 1) {
      int next = scan.marks().hitStart(hit);
      limit = next > at + family && next < limit ? next : limit;
    }
    char last = scan.at(limit - 1);
    if (limit - at > family + 1 && "的和与或是在有，".indexOf(last) >= 0) {
      limit--;
    }
    return limit - at > family ? limit : -1;
  }

  /** Two to four capitalised words; initials and particles may stand between. */
  private int latin(int at) {
    int end = at;
    int words = 0;
    int position = at;
    while (words < 4) {
      int word = word(position);
      if (word < 0) {
        break;
      }
      words++;
      end = word;
      position = end + 1;
      if (scan.at(end) == '.' && word - position < 3 && scan.at(end + 1) == ' ') {
        position = end + 2;
      } else if (scan.at(end) != ' ') {
        break;
      }
    }
    return words >= 2 && scan.at(end) != '(' && scan.at(end) != '_' ? end : -1;
  }

  private int word(int at) {
    if (!Character.isUpperCase(scan.at(at))) {
      return -1;
    }
    int end = at + 1;
    boolean lower = false;
    while (end - at < 20) {
      char c = scan.at(end);
      if (!(Character.isLetter(c) && !Chars.han(c)) && c != '\'' && c != '-') {
        break;
      }
      lower |= Character.isLowerCase(c);
      end++;
    }
    boolean initial = end - at == 1 && scan.at(end) == '.';
    return (lower || initial) && !Chars.digit(scan.at(end)) ? end : -1;
  }
}
