package dev.yumen.privacy.detection;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds all of many words at once, ignoring the case of ASCII: the automaton of Aho and Corasick
 * (1975).
 *
 * <p>Laid out for the cache, which decides the speed. ASCII has all transitions resolved in a table
 * of 64 columns, so that a state's row is two cache lines. Other characters are few per state and
 * many in all: the first of a word has a table of its own, the further ones a hash table, and
 * failures are followed. States in which a word ends have the highest numbers, so that no flag is
 * needed. Immutable.
 */
final class KeywordAutomaton {
  /** Words of the scanner use fewer than 64 ASCII characters; a dictionary may use all. */
  private static final int USUAL_SHIFT = 6;

  private static final int HASH = 0x9e3779b1;

  private final byte[] columns = new byte[128];
  private final int shift;
  private final char[] ascii;
  private final char[] first = new char[1 << 16];
  private final char[] failures;
  private final int[] keys;
  private final char[] targets;
  private final int keyShift;
  private final int firstEnding;
  private final int[][] endings;

  /**
   * Builds the automaton.
   *
   * @param words the words, none empty; the number of a word is its index, of equal words the first
   * @throws IllegalArgumentException when a word is empty or there are more than 65 535 states
   */
  KeywordAutomaton(List<String> words) {
    var nodes = tree(words);
    int size = nodes.size();
    if (size > Character.MAX_VALUE) {
      throw new IllegalArgumentException("too many words: " + size + " states");
    }
    shift = assignColumns(nodes) < 1 << USUAL_SHIFT ? USUAL_SHIFT : USUAL_SHIFT + 1;
    ascii = new char[size << shift];
    failures = new char[size];
    int bits = 32 - Integer.numberOfLeadingZeros(size * 2);
    keys = new int[1 << bits];
    targets = new char[1 << bits];
    keyShift = 32 - bits;
    firstEnding = number(nodes);
    endings = new int[size - firstEnding][];
    for (var node : breadthFirst(nodes)) {
      resolve(node, nodes);
    }
  }

  /** The state before any text. */
  int start() {
    return 0;
  }

  /** The state after one more character. */
  int step(int state, char c) {
    return c < 128 ? ascii[(state << shift) + columns[c]] : other(state, c);
  }

  /** Tells whether a word ends in the state. */
  boolean ending(int state) {
    return state >= firstEnding;
  }

  /** The words that end in the state, the longest first. */
  int[] words(int state) {
    return endings[state - firstEnding];
  }

  /** Each failure makes the remembered text shorter, so all together are linear in the text. */
  private int other(int state, char c) {
    int at = state;
    while (at != 0) {
      int target = child(at, c);
      if (target != 0) {
        return target;
      }
      at = failures[at];
    }
    return first[c];
  }

  private int child(int state, char c) {
    int key = (state << 16) | c;
    for (int i = (key * HASH) >>> keyShift; ; i = (i + 1) & (keys.length - 1)) {
      if (keys[i] == key) {
        return targets[i];
      }
      if (keys[i] == 0) {
        return 0;
      }
    }
  }

  private void put(int state, char c, int target) {
    int key = (state << 16) | c;
    int i = (key * HASH) >>> keyShift;
    while (keys[i] != 0) {
      i = (i + 1) & (keys.length - 1);
    }
    keys[i] = key;
    targets[i] = (char) target;
  }

  private static final class Node {
    private final HashMap<Character, Node> children = new HashMap<>();
    private final ArrayList<Integer> words = new ArrayList<>();
    private int state;
    private @Nullable Node failure;
  }

  /** The words as a tree; the root is first. */
  private static List<Node> tree(List<String> words) {
    var nodes = new ArrayList<Node>();
    nodes.add(new Node());
    for (int number = 0; number < words.size(); number++) {
      var word = words.get(number);
      if (word.isEmpty()) {
        throw new IllegalArgumentException("an empty word would be found everywhere");
      }
      var node = nodes.getFirst();
      for (int i = 0; i < word.length(); i++) {
        node =
            node.children.computeIfAbsent(
                Chars.lowered(word.charAt(i)),
                c -> {
                  nodes.add(new Node());
                  return nodes.getLast();
                });
      }
      if (node.words.isEmpty()) {
        node.words.add(number);
      }
    }
    return nodes;
  }

  /** Gives each ASCII character that occurs a column; column 0 is for all others. */
  private int assignColumns(List<Node> nodes) {
    int count = 1;
    for (var node : nodes) {
      for (char c : node.children.keySet()) {
        if (c < 128 && columns[c] == 0) {
          columns[c] = (byte) count++;
        }
      }
    }
    for (char c = 'A'; c <= 'Z'; c++) {
      columns[c] = columns[c + 32];
    }
    return count - 1;
  }

  private static List<Node> breadthFirst(List<Node> nodes) {
    var order = new ArrayList<Node>(nodes.size());
    var queue = new ArrayDeque<Node>();
    queue.add(nodes.getFirst());
    while (!queue.isEmpty()) {
      var node = queue.remove();
      order.add(node);
      queue.addAll(node.children.values());
    }
    return order;
  }

  /**
   * Numbers the states: those in which a word ends last, and the shorter before the longer, so that
   * the states of ordinary text lie together. The ends of suffixes count, so failures are found
   * here. Returns the first number with an ending.
   */
  private static int number(List<Node> nodes) {
    var root = nodes.getFirst();
    for (var node : breadthFirst(nodes)) {
      for (var child : node.children.entrySet()) {
        var failure = node.failure;
        while (failure != null && !failure.children.containsKey(child.getKey())) {
          failure = failure.failure;
        }
        var suffix = failure == null ? root : failure.children.getOrDefault(child.getKey(), root);
        child.getValue().failure = suffix;
        child.getValue().words.addAll(suffix.words);
      }
    }
    int next = 0;
    var order = breadthFirst(nodes);
    for (boolean ending : new boolean[] {false, true}) {
      for (var node : order) {
        if (node.words.isEmpty() != ending) {
          node.state = next++;
        }
      }
    }
    return (int) nodes.stream().filter(node -> node.words.isEmpty()).count();
  }

  /** Fills the tables for one state; the states of all shorter texts are done. */
  private void resolve(Node node, List<Node> nodes) {
    int state = node.state;
    if (state >= firstEnding) {
      endings[state - firstEnding] = node.words.stream().mapToInt(w -> w).toArray();
    }
    boolean root = node == nodes.getFirst();
    int failure = failures[state];
    if (!root) {
      System.arraycopy(ascii, failure << shift, ascii, state << shift, 1 << shift);
    }
    for (var entry : node.children.entrySet()) {
      char c = entry.getKey();
      int child = entry.getValue().state;
      failures[child] = (char) (root ? 0 : step(failure, c));
      if (c < 128) {
        ascii[(state << shift) + columns[c]] = (char) child;
      } else if (root) {
        first[c] = (char) child;
      } else {
        put(state, c, child);
      }
    }
  }
}
