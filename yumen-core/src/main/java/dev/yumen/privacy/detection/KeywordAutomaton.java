package dev.yumen.privacy.detection;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;

/**
 * Finds all of many words at once, ignoring the case of ASCII: the automaton of Aho and Corasick
 * (1975) with all failures resolved, so that each character costs two table reads. Characters that
 * occur in no word share one column, which keeps the table small. Immutable.
 */
final class KeywordAutomaton {
  private static final int SHORTEST_TABLE = 64;

  private final char[] columns;
  private final int width;
  private final int[] next;
  private final int[] word;
  private final int[] shorter;

  /**
   * Builds the automaton.
   *
   * @param words the words, none empty; the number of a word is its index, of equal words the first
   */
  KeywordAutomaton(List<String> words) {
    columns = new char[1 << 16];
    int count = 1;
    for (var text : words) {
      if (text.isEmpty()) {
        throw new IllegalArgumentException("an empty word would be found everywhere");
      }
      for (int at = 0; at < text.length(); at++) {
        char c = text.charAt(at);
        char low = Chars.lowered(c);
        if (columns[low] == 0) {
          columns[low] = (char) count++;
        }
      }
    }
    for (char c = 'A'; c <= 'Z'; c++) {
      columns[c] = columns[c + 32];
    }
    width = count;
    var trie = new Trie(width);
    for (int i = 0; i < words.size(); i++) {
      int state = 0;
      for (int at = 0; at < words.get(i).length(); at++) {
        char c = words.get(i).charAt(at);
        state = trie.child(state, columns[c]);
      }
      if (trie.word[state] < 0) {
        trie.word[state] = i;
      }
    }
    word = Arrays.copyOf(trie.word, trie.size);
    shorter = new int[trie.size];
    resolve(trie);
    // States are kept as offsets of their rows, which saves a multiplication per character.
    next = new int[trie.size * width];
    for (int i = 0; i < next.length; i++) {
      next[i] = trie.next[i] * width | (marked(trie.next[i]) ? Integer.MIN_VALUE : 0);
    }
  }

  private boolean marked(int state) {
    return word[state] >= 0 || shorter[state] >= 0;
  }

  /** The state before any text. */
  int start() {
    return 0;
  }

  /** The state after one more character; negative when some word ends there. */
  int step(int state, char c) {
    return next[(state & Integer.MAX_VALUE) + columns[c]];
  }

  /** The longest word that ends in the state, or -1. */
  int longest(int state) {
    int number = (state & Integer.MAX_VALUE) / width;
    return word[number] >= 0 ? word[number] : shorter[number] < 0 ? -1 : word[shorter[number]];
  }

  /** Reports every word that ends in the state, the longest first. */
  void ending(int state, int end, IntList hits) {
    int number = (state & Integer.MAX_VALUE) / width;
    for (int s = word[number] >= 0 ? number : shorter[number]; s >= 0; s = shorter[s]) {
      hits.add(end);
      hits.add(word[s]);
    }
  }

  /** Fills the missing transitions breadth first, and links each state to the next shorter word. */
  private void resolve(Trie trie) {
    var failure = new int[trie.size];
    var queue = new ArrayDeque<Integer>();
    Arrays.fill(shorter, -1);
    for (int column = 0; column < width; column++) {
      int child = trie.next[column];
      if (child != 0) {
        queue.add(child);
      }
    }
    while (!queue.isEmpty()) {
      int state = queue.remove();
      int fallback = failure[state];
      shorter[state] = word[fallback] >= 0 ? fallback : shorter[fallback];
      for (int column = 0; column < width; column++) {
        int child = trie.next[state * width + column];
        int other = trie.next[fallback * width + column];
        if (child == 0) {
          trie.next[state * width + column] = other;
        } else {
          failure[child] = other;
          queue.add(child);
        }
      }
    }
  }

  /** The words as a tree while it grows; 0 is the root and means no child. */
  private static final class Trie {
    private final int width;
    private int size = 1;
    private int[] next;
    private int[] word = {-1};

    Trie(int width) {
      this.width = width;
      next = new int[width * SHORTEST_TABLE];
    }

    int child(int state, int column) {
      int at = state * width + column;
      if (next[at] == 0) {
        if ((size + 1) * width > next.length) {
          next = Arrays.copyOf(next, next.length * 2);
        }
        word = size < word.length ? word : Arrays.copyOf(word, word.length * 2);
        word[size] = -1;
        next[at] = size++;
      }
      return next[at];
    }
  }
}
