package dev.yumen.privacy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Replaces values in the texts of one request. First it learns all values of all texts, then it
 * replaces them wherever they stand, so that what was recognised in one place is not left in the
 * clear in another where its surroundings say less.
 *
 * <p>What already looks like a pseudonym in the caller's own text becomes one itself, labelled
 * {@link Label#LIT}: nobody can have a value turned back by writing down or planting its pseudonym.
 *
 * <p>Belongs to one request and one thread.
 */
public final class Disguise {
  private static final String REMOVED = "[removed]";

  /** What stands for a value that is replaced everywhere. */
  private record Substitute(Label label, Action action) {}

  /** A stretch of a text and what stands there instead. */
  private record Replacement(int start, int end, String text) {}

  private final Pseudonyms pseudonyms;
  private final Dictionary<Substitute> known = new Dictionary<>();
  private final TokenScan scan = new TokenScan(EnumSet.allOf(Label.class));

  /** Begins with no value learnt; what is issued is put into the pseudonyms. */
  public Disguise(Pseudonyms pseudonyms) {
    this.pseudonyms = pseudonyms;
  }

  /**
   * Learns the values that were found in a text. When two values hash alike, the one learnt first
   * keeps its pseudonym, so learn in an order that grows at its end.
   *
   * @param spans in any order, none overlapping
   * @throws IllegalArgumentException when spans overlap or leave the text
   */
  public void learn(String text, List<Span> spans) {
    for (Span span : inOrder(text, spans)) {
      String value = text.substring(span.start(), span.end());
      substitute(span.label(), span.action(), value);
      if (isTelling(value)) {
        known.add(value, new Substitute(span.label(), span.action()));
      }
    }
  }

  /**
   * Replaces, once all texts are learnt, the values in a text.
   *
   * @param spans what was found in it, as it was learnt
   * @return the same string when there is nothing to replace
   */
  public String apply(String text, List<Span> spans) {
    List<Replacement> replacements = replacements(text, spans);
    return replacements.isEmpty() ? text : assembled(text, replacements);
  }

  /** The same, and how places of the two texts correspond. */
  OffsetMap offsets(String text, List<Span> spans) {
    List<Replacement> all = replacements(text, spans);
    int[][] places = new int[4][all.size()];
    int shift = 0;
    for (int i = 0; i < all.size(); i++) {
      Replacement one = all.get(i);
      places[0][i] = one.start;
      places[1][i] = one.end;
      places[2][i] = one.start + shift;
      shift += one.text.length() - (one.end - one.start);
      places[3][i] = one.end + shift;
    }
    return new OffsetMap(text, assembled(text, all), places[0], places[1], places[2], places[3]);
  }

  private List<Replacement> replacements(String text, List<Span> spans) {
    var replacements = new ArrayList<Replacement>();
    char[] chars = text.toCharArray();
    int at = 0;
    for (Span span : inOrder(text, spans)) {
      replaceKnown(text, chars, at, span.start(), replacements);
      String value = text.substring(span.start(), span.end());
      replacements.add(
          new Replacement(
              span.start(), span.end(), substitute(span.label(), span.action(), value)));
      at = span.end();
    }
    replaceKnown(text, chars, at, chars.length, replacements);
    return withoutLookAlikes(text, replacements);
  }

  private void replaceKnown(
      String text, char[] chars, int from, int to, List<Replacement> replacements) {
    int i = from;
    while (i < to) {
      char previous = i > 0 ? chars[i - 1] : 0;
      if (known.first(chars[i])
          && known.at(chars, i, to, previous, true) == Dictionary.Found.WORD) {
        Substitute what = known.meaning();
        String value = text.substring(i, known.end());
        replacements.add(
            new Replacement(i, known.end(), substitute(what.label, what.action, value)));
        i = known.end();
      } else {
        i++;
      }
    }
  }

  private String substitute(Label label, Action action, String value) {
    return switch (action) {
      case PSEUDONYM -> pseudonyms.issue(label, value).text();
      case SURROGATE -> pseudonyms.substitute(label, value).text();
      case MASK -> masked(value);
      case DROP -> REMOVED;
    };
  }

  private static String masked(String value) {
    var out = new StringBuilder(value.length());
    value.codePoints().forEach(c -> out.appendCodePoint(Character.isLetterOrDigit(c) ? '*' : c));
    return out.toString();
  }

  /**
   * Adds what would be taken for a pseudonym in the answer though it was not put there. Replacing
   * changes what adjoins, so it looks again until nothing is left; each time less of the text is
   * the caller's own.
   */
  private List<Replacement> withoutLookAlikes(String text, List<Replacement> replacements) {
    List<Replacement> all = replacements;
    while (true) {
      List<Replacement> more = lookAlikes(text, all);
      if (more.isEmpty()) {
        return all;
      }
      var union = new ArrayList<>(all);
      union.addAll(more);
      union.sort(Comparator.comparingInt(Replacement::start));
      all = union;
    }
  }

  private List<Replacement> lookAlikes(String text, List<Replacement> replacements) {
    char[] out = assembled(text, replacements).toCharArray();
    var guard = new LinkGuard(Set.of());
    var found = new ArrayList<Replacement>();
    int next = 0; // the replacement that ends behind the place
    int shift = 0; // how much further right a place lies in the new text
    int followed = 0;
    int i = 0;
    while (i < out.length) {
      Replacement coming = next < replacements.size() ? replacements.get(next) : null;
      if (coming != null && i >= coming.start + shift + coming.text.length()) {
        shift += coming.text.length() - (coming.end - coming.start);
        next++;
        continue;
      }
      int end = endOfPseudonym(out, i);
      if (end < 0) {
        i++;
        continue;
      }
      guard.follow(out, followed, i);
      followed = i;
      if (coming != null && i == coming.start + shift && end == i + coming.text.length()) {
        remember(guard, coming);
      } else {
        own(text, replacements, next, shift, i, end, found);
      }
      i = end;
    }
    return found;
  }

  private void remember(LinkGuard guard, Replacement placed) {
    if (guard.inside()) {
      pseudonyms.link(guard.link() + placed.text);
    }
  }

  /** Where the pseudonym or surrogate ends that an answer would show at this place; else -1. */
  private int endOfPseudonym(char[] text, int i) {
    char previous = i > 0 ? text[i - 1] : 0;
    if (scan.first(text[i]) && scan.at(text, i, text.length, previous) == TokenScan.Found.TOKEN) {
      return scan.end();
    }
    Dictionary<Pseudonym> surrogates = pseudonyms.surrogates();
    return surrogates.first(text[i])
            && surrogates.at(text, i, text.length, previous, true) == Dictionary.Found.WORD
        ? surrogates.end()
        : -1;
  }

  /** Replaces the caller's own characters among those from..to of the new text. */
  private void own(
      String text,
      List<Replacement> replacements,
      int next,
      int shift,
      int from,
      int to,
      List<Replacement> found) {
    int at = from;
    int index = next;
    int moved = shift;
    while (at < to) {
      Replacement coming = index < replacements.size() ? replacements.get(index) : null;
      int ownEnd = coming == null ? to : Math.min(to, coming.start + moved);
      if (at < ownEnd) {
        String own = text.substring(at - moved, ownEnd - moved);
        found.add(
            new Replacement(at - moved, ownEnd - moved, pseudonyms.issue(Label.LIT, own).text()));
      }
      if (coming == null) {
        return;
      }
      at = Math.max(at, coming.start + moved + coming.text.length());
      moved += coming.text.length() - (coming.end - coming.start);
      index++;
    }
  }

  private static String assembled(String text, List<Replacement> replacements) {
    var out = new StringBuilder(text.length() + 16 * replacements.size());
    int at = 0;
    for (Replacement one : replacements) {
      out.append(text, at, one.start).append(one.text);
      at = one.end;
    }
    return out.append(text, at, text.length()).toString();
  }

  /** Short values stand in too many other texts by chance to be replaced wherever they stand. */
  private static boolean isTelling(String value) {
    boolean ascii = value.chars().allMatch(c -> c < 128);
    boolean number = value.chars().allMatch(c -> c >= '0' && c <= '9');
    return value.length() >= (number ? 5 : ascii ? 3 : 2);
  }

  private static List<Span> inOrder(String text, List<Span> spans) {
    if (spans.isEmpty()) {
      return spans;
    }
    var sorted = new ArrayList<>(spans);
    sorted.sort(Comparator.comparingInt(Span::start));
    int end = 0;
    for (Span span : sorted) {
      if (span.start() < end || span.end() > text.length()) {
        throw new IllegalArgumentException("spans overlap or leave the text");
      }
      end = span.end();
    }
    return sorted;
  }
}
