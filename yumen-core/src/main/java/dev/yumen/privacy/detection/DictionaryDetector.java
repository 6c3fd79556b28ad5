package dev.yumen.privacy.detection;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * Finds the terms of an organisation's own lists, such as names of projects or items of its
 * catalogue of important data. ASCII case does not count, nor do disguises; a term that begins or
 * ends with a letter or digit of ASCII must stand as a word of its own.
 */
public final class DictionaryDetector implements Detector {
  /** Most characters of all terms together; each 60 000 cost one pass over the text. */
  public static final int MOST_CHARACTERS = 240_000;

  /** Longest term, in UTF-16 units. */
  public static final int LONGEST_TERM = 200;

  private static final int CHARACTERS_PER_PASS = 60_000;

  private final List<Pass> passes = new ArrayList<>();

  /**
   * A list of terms.
   *
   * @param name what findings call it
   * @param type what its terms are, for instance {@link DataType#IMPORTANT_DATA}
   * @param terms the terms, none shorter than two characters
   */
  public record Dictionary(String name, DataType type, List<String> terms) {}

  private record Term(String text, Dictionary dictionary) {}

  private record Pass(KeywordAutomaton automaton, List<Term> terms) {}

  /**
   * Prepares the lists.
   *
   * @throws IllegalArgumentException when a term is too short or too long, or all are together
   */
  public DictionaryDetector(List<Dictionary> dictionaries) {
    var terms = new ArrayList<Term>();
    int characters = 0;
    int total = 0;
    for (var dictionary : dictionaries) {
      for (var text : dictionary.terms()) {
        var view = NormalText.of(text.strip());
        var term = new String(view.chars(), 0, view.length());
        total += term.length();
        if (term.length() < 2 || term.length() > LONGEST_TERM) {
          throw new IllegalArgumentException(
              "dictionary "
                  + dictionary.name()
                  + " has a term of "
                  + term.length()
                  + " characters");
        }
        if (total > MOST_CHARACTERS) {
          throw new IllegalArgumentException(
              "the dictionaries have more than " + MOST_CHARACTERS + " characters");
        }
        if (characters + term.length() > CHARACTERS_PER_PASS) {
          passes.add(pass(terms));
          terms.clear();
          characters = 0;
        }
        terms.add(new Term(term, dictionary));
        characters += term.length();
      }
    }
    if (!terms.isEmpty()) {
      passes.add(pass(terms));
    }
  }

  @Override
  public List<Finding> detect(String text) {
    if (passes.isEmpty() || text.isEmpty()) {
      return List.of();
    }
    var view = NormalText.of(text);
    var findings = new ArrayList<Finding>();
    for (var pass : passes) {
      search(pass, view, findings);
    }
    return Overlaps.resolved(findings);
  }

  private static Pass pass(List<Term> terms) {
    return new Pass(
        new KeywordAutomaton(terms.stream().map(Term::text).toList()), List.copyOf(terms));
  }

  private static void search(Pass pass, NormalText view, List<Finding> findings) {
    var automaton = pass.automaton();
    var chars = view.chars();
    int state = automaton.start();
    for (int i = 0; i < view.length(); i++) {
      state = automaton.step(state, chars[i]);
      if (!automaton.ending(state)) {
        continue;
      }
      for (int number : automaton.words(state)) {
        var term = pass.terms().get(number);
        int start = i + 1 - term.text().length();
        if (wholeWord(chars, start, i + 1, view.length())) {
          findings.add(
              new Finding(
                  term.dictionary().type(),
                  view.originalStart(start),
                  view.originalEnd(i + 1),
                  DataType.CUSTOM.format(),
                  EnumSet.of(Evidence.CUSTOM),
                  term.dictionary().name()));
          break;
        }
      }
    }
  }

  private static boolean wholeWord(char[] chars, int start, int end, int length) {
    boolean before = start > 0 && Chars.alnum(chars[start - 1]) && Chars.alnum(chars[start]);
    boolean after = end < length && Chars.alnum(chars[end]) && Chars.alnum(chars[end - 1]);
    return !before && !after;
  }
}
