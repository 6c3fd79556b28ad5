package dev.yumen.privacy.detection;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tables in the text (CSV, TSV, Markdown, pasted spreadsheets): a header cell that names a type
 * gives the type to the whole column below it. Every line is looked at once at most.
 */
final class Columns {
  private static final Set<DataType> NONE = Set.of();
  private static final int LONGEST_LINE = 4_000;
  private static final int LONGEST_HEADER = 24;
  private static final int MOST_CELLS = 128;
  private static final char[] DELIMITERS = {'\t', '|', ',', ';'};

  /** One cell below a header that says something. */
  record Cell(int start, int end, Set<DataType> types, boolean counter) {}

  private final List<Cell> cells = new ArrayList<>();
  private final char[] chars;
  private final int length;
  private final Marks marks;

  private Columns(char[] chars, int length, Marks marks) {
    this.chars = chars;
    this.length = length;
    this.marks = marks;
  }

  static Columns of(char[] chars, int length, Marks marks) {
    var columns = new Columns(chars, length, marks);
    columns.search();
    return columns;
  }

  /** The cells below headers that say something, in the order of the text. */
  List<Cell> cells() {
    return cells;
  }

  /** The types that the header of the cell at the position names; none outside a table. */
  Set<DataType> typeAt(int position) {
    var cell = cellAt(position);
    return cell == null ? NONE : cell.types();
  }

  /** Tells whether the header says that the cell at the position is no personal data. */
  boolean counterAt(int position) {
    var cell = cellAt(position);
    return cell != null && cell.counter();
  }

  private @Nullable Cell cellAt(int position) {
    int low = 0;
    int high = cells.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      var cell = cells.get(middle);
      if (position < cell.start()) {
        high = middle - 1;
      } else if (position >= cell.end()) {
        low = middle + 1;
      } else {
        return cell;
      }
    }
    return null;
  }

  private void search() {
    int done = 0;
    for (int hit = 0; hit < marks.hits(); hit++) {
      int position = marks.hitStart(hit);
      var word = marks.word(hit);
      if (position < done || (word.cues().isEmpty() && !word.counter())) {
        continue;
      }
      int start = lineStart(position);
      int end = lineEnd(position);
      done = end;
      if (start < 0 || end - start > LONGEST_LINE || end >= length) {
        continue;
      }
      for (char delimiter : DELIMITERS) {
        int below = header(start, end, delimiter) ? table(start, end, delimiter) : 0;
        if (below > 0) {
          done = below;
          break;
        }
      }
    }
  }

  /** Tells at once that prose, whose delimiters are far apart, is no header. */
  private boolean header(int start, int end, char delimiter) {
    int count = 1;
    int from = start;
    for (int i = start; i < end; i++) {
      if (chars[i] == delimiter) {
        count++;
        from = i + 1;
      } else if (i - from > LONGEST_HEADER + 4) {
        return false;
      }
    }
    return count > 1 && count <= MOST_CELLS;
  }

  /** Reads a table whose header is the line; returns where it ends, or 0 when there is none. */
  private int table(int start, int end, char delimiter) {
    var header = split(start, end, delimiter);
    int count = header.size() / 2;
    if (count < 2) {
      return 0;
    }
    var types = new ArrayList<Cell>(count);
    boolean telling = false;
    int filled = 0;
    for (int i = 0; i < count; i++) {
      int from = header.get(i * 2);
      int to = header.get(i * 2 + 1);
      if (to - from > LONGEST_HEADER || digits(from, to) > 3 || code(from, to)) {
        return 0;
      }
      var cell = meaning(from, to);
      telling |= !cell.types().isEmpty();
      filled += to > from ? 1 : 0;
      types.add(cell);
    }
    boolean open = header.get(count * 2 - 1) == header.get(count * 2 - 2) && delimiter != '|';
    return telling && filled > 1 && !open ? rows(end + 1, delimiter, types) : 0;
  }

  private int rows(int from, char delimiter, List<Cell> header) {
    int at = from;
    int end = 0;
    while (at < length) {
      int to = lineEnd(at);
      var row = to - at > LONGEST_LINE ? new IntList() : split(at, to, delimiter);
      if (row.size() != header.size() * 2) {
        break;
      }
      for (int i = 0; i < header.size(); i++) {
        var column = header.get(i);
        int start = row.get(i * 2);
        int finish = row.get(i * 2 + 1);
        if (finish > start && (!column.types().isEmpty() || column.counter())) {
          cells.add(new Cell(start, finish, column.types(), column.counter()));
        }
      }
      end = to;
      at = to + 1;
    }
    return end;
  }

  /** What the words of a header cell name; the types of all its words count. */
  private Cell meaning(int from, int to) {
    var types = EnumSet.noneOf(DataType.class);
    boolean counter = false;
    for (int hit = marks.firstHitAfter(from);
        hit < marks.hits() && marks.hitEnd(hit) <= to;
        hit++) {
      if (marks.hitStart(hit) >= from) {
        types.addAll(marks.word(hit).cues());
        counter |= marks.word(hit).counter();
      }
    }
    return new Cell(from, to, types, counter && types.isEmpty());
  }

  /** Starts and ends of the cells, without blanks and quotes; a quoted cell may have delimiters. */
  private IntList split(int start, int end, char delimiter) {
    var bounds = new IntList();
    int from = start;
    int to = end;
    if (delimiter == '|') {
      from = skipBlanks(from, to);
      to = skipBlanksBack(from, to);
      from += from < to && chars[from] == '|' ? 1 : 0;
      to -= from < to && chars[to - 1] == '|' ? 1 : 0;
    }
    boolean quoted = false;
    int cell = from;
    for (int i = from; i <= to; i++) {
      if (i < to && chars[i] == '"') {
        quoted = !quoted;
      }
      if (i == to || (chars[i] == delimiter && !quoted)) {
        int first = skipBlanks(cell, i);
        int last = skipBlanksBack(first, i);
        boolean inQuotes = last - first >= 2 && chars[first] == '"' && chars[last - 1] == '"';
        bounds.add(inQuotes ? first + 1 : first);
        bounds.add(inQuotes ? last - 1 : last);
        cell = i + 1;
        if (bounds.size() > 2 * MOST_CELLS + 2) {
          break;
        }
      }
    }
    return bounds;
  }

  /** Arguments and members of code stand in lines with commas too. */
  private boolean code(int from, int to) {
    for (int i = from; i < to; i++) {
      if ("{}[];=<>".indexOf(chars[i]) >= 0
          || (chars[i] == '(' && i > from && Chars.letter(chars[i - 1]))) {
        return true;
      }
    }
    return false;
  }

  private int digits(int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      count += Chars.digit(chars[i]) ? 1 : 0;
    }
    return count;
  }

  private int skipBlanks(int from, int to) {
    int i = from;
    while (i < to && Chars.space(chars[i])) {
      i++;
    }
    return i;
  }

  private int skipBlanksBack(int from, int to) {
    int i = to;
    while (i > from && Chars.space(chars[i - 1])) {
      i--;
    }
    return i;
  }

  /** Where the line starts, or -1 when that is farther than the longest line. */
  private int lineStart(int position) {
    for (int i = position; i > position - LONGEST_LINE; i--) {
      if (i == 0 || chars[i - 1] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private int lineEnd(int position) {
    int i = position;
    while (i < length && chars[i] != '\n') {
      i++;
    }
    return i;
  }
}
