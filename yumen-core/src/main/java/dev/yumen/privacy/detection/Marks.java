package dev.yumen.privacy.detection;

import java.util.EnumSet;

/**
 * What one pass over a text marks for closer looks: where digits begin, where an {@code @} stands,
 * and which words of the vocabulary occur where.
 */
final class Marks {
  private final IntList digits = new IntList();
  private final IntList ats = new IntList();
  private final IntList hits = new IntList();
  private final EnumSet<DataType> cued = EnumSet.noneOf(DataType.class);

  private Marks() {}

  static Marks of(char[] chars, int length) {
    var marks = new Marks();
    var automaton = Vocabulary.INSTANCE.automaton();
    int state = automaton.start();
    boolean digit = false;
    for (int i = 0; i < length; i++) {
      char c = chars[i];
      state = automaton.step(state, c);
      if (automaton.ending(state)) {
        marks.keepWholeWords(automaton.words(state), chars, i + 1, length);
      }
      boolean was = digit;
      digit = c >= '0' && c <= '9';
      if (digit && !was) {
        marks.digits.add(i);
      } else if (c == '@') {
        marks.ats.add(i);
      }
    }
    return marks;
  }

  /** Keeps what stands as a word of its own; {@code lic} in {@code public} does not. */
  private void keepWholeWords(int[] words, char[] chars, int end, int length) {
    for (int number : words) {
      var word = Vocabulary.INSTANCE.word(number);
      int start = end - word.text().length();
      if ((word.wordStart() && insideAtStart(chars, start))
          || (word.wordEnd() && insideAtEnd(chars, end, length))) {
        continue;
      }
      hits.add(end);
      hits.add(number);
      cued.addAll(word.cues());
    }
  }

  private static boolean insideAtStart(char[] chars, int start) {
    if (start == 0 || !Chars.letter(chars[start - 1])) {
      return false;
    }
    boolean camel = Chars.lower(chars[start - 1]) && Chars.upper(chars[start]);
    return !camel;
  }

  private static boolean insideAtEnd(char[] chars, int end, int length) {
    if (end >= length || !Chars.letter(chars[end])) {
      return false;
    }
    boolean camel = Chars.lower(chars[end - 1]) && Chars.upper(chars[end]);
    boolean plural = chars[end] == 's' && (end + 1 >= length || !Chars.letter(chars[end + 1]));
    return !camel && !plural;
  }

  /** Where runs of digits begin, ascending. */
  IntList digits() {
    return digits;
  }

  /** Where an {@code @} stands, ascending. */
  IntList ats() {
    return ats;
  }

  int hits() {
    return hits.size() / 2;
  }

  /** Where the word of the hit ends; ascends with the number of the hit. */
  int hitEnd(int hit) {
    return hits.get(hit * 2);
  }

  int hitStart(int hit) {
    return hitEnd(hit) - word(hit).text().length();
  }

  Vocabulary.Word word(int hit) {
    return Vocabulary.INSTANCE.word(hits.get(hit * 2 + 1));
  }

  /** Tells whether some word of the text names the type at all. */
  boolean cued(DataType type) {
    return cued.contains(type);
  }

  /** Tells whether some word ends exactly at the position. */
  boolean wordEndsAt(int position) {
    int hit = firstHitAfter(position - 1);
    return hit < hits() && hitEnd(hit) == position;
  }

  /** The first hit whose word ends after the position. */
  int firstHitAfter(int position) {
    int low = 0;
    int high = hits();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (hitEnd(middle) <= position) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
