package dev.yumen.privacy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Many words, looked up at one place of a text: the longest that stands there. A word that begins
 * or ends with an ASCII letter or digit is found only where no other such character adjoins it, so
 * that {@code Mark} is not found in {@code Markdown}.
 *
 * <p>A tree whose branches lie in one hash table. Looking at a place takes time in proportion to
 * the longest word at most. Belongs to one thread.
 *
 * @param <V> what a word means
 */
final class Dictionary<V> {
  private static final long FREE = -1;
  private static final long HASH = 0x9e3779b97f4a7c15L;

  /** What a place holds. */
  enum Found {
    /** No word. */
    NOTHING,
    /** The text ends too early to say. */
    MORE,
    /** A word; {@link #end} and {@link #meaning} tell which. */
    WORD
  }

  /** One bit for each character. */
  private final long[] first = new long[(1 << 16) / Long.SIZE];

  private final List<@Nullable V> meanings = new ArrayList<>();
  private long[] keys = filled(64);
  private int[] targets = new int[64];
  private int branches;
  private int end;
  private @Nullable V meaning;

  Dictionary() {
    meanings.add(null);
  }

  boolean isEmpty() {
    return branches == 0;
  }

  /** Tells whether a word begins with the character. */
  boolean first(char c) {
    return (first[c >> 6] & 1L << c) != 0;
  }

  /** Adds a word, which must not be empty, unless it is there. */
  void add(String word, V value) {
    first[word.charAt(0) >> 6] |= 1L << word.charAt(0);
    int node = 0;
    for (int i = 0; i < word.length(); i++) {
      int child = child(node, word.charAt(i));
      node = child < 0 ? branch(node, word.charAt(i)) : child;
    }
    if (meanings.get(node) == null) {
      meanings.set(node, value);
    }
  }

  /** Where the word found ends, exclusive. */
  int end() {
    return end;
  }

  /** What the word found means. */
  V meaning() {
    return java.util.Objects.requireNonNull(meaning);
  }

  /**
   * Looks for the longest word at a place.
   *
   * @param from the place
   * @param to where the text ends
   * @param previous the character before the place; 0 when there is none
   * @param last whether no text follows
   */
  Found at(char[] text, int from, int to, char previous, boolean last) {
    if (isWord(previous) && isWord(text[from])) {
      return Found.NOTHING;
    }
    meaning = null;
    int node = 0;
    int i = from;
    while (i < to) {
      node = child(node, text[i]);
      if (node < 0) {
        break;
      }
      i++;
      V found = meanings.get(node);
      if (found != null && (i == to ? last : !isWord(text[i]) || !isWord(text[i - 1]))) {
        end = i;
        meaning = found;
      }
    }
    if (i == to && node >= 0 && !last) {
      return Found.MORE;
    }
    return meaning == null ? Found.NOTHING : Found.WORD;
  }

  private static boolean isWord(char c) {
    return c < 128 && Character.isLetterOrDigit(c);
  }

  private int child(int node, char c) {
    long key = (long) node << 16 | c;
    for (int i = slot(key, keys.length); ; i = (i + 1) & (keys.length - 1)) {
      if (keys[i] == key) {
        return targets[i];
      }
      if (keys[i] == FREE) {
        return -1;
      }
    }
  }

  private int branch(int node, char c) {
    if (++branches * 2 > keys.length) {
      grow();
    }
    int child = meanings.size();
    meanings.add(null);
    put(keys, targets, (long) node << 16 | c, child);
    return child;
  }

  private void grow() {
    long[] moreKeys = filled(keys.length * 2);
    int[] moreTargets = new int[moreKeys.length];
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] != FREE) {
        put(moreKeys, moreTargets, keys[i], targets[i]);
      }
    }
    keys = moreKeys;
    targets = moreTargets;
  }

  private static void put(long[] keys, int[] targets, long key, int target) {
    int i = slot(key, keys.length);
    while (keys[i] != FREE) {
      i = (i + 1) & (keys.length - 1);
    }
    keys[i] = key;
    targets[i] = target;
  }

  private static int slot(long key, int size) {
    return (int) ((key * HASH) >>> 32) & (size - 1);
  }

  private static long[] filled(int size) {
    long[] keys = new long[size];
    java.util.Arrays.fill(keys, FREE);
    return keys;
  }
}
