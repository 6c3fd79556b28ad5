package dev.yumen.privacy.detection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * All words the scanner looks for, and what each means: a cue for types, a counter-cue, the start
 * of a secret, the name of a vendor, a place. Immutable; there is one.
 */
final class Vocabulary {
  static final Vocabulary INSTANCE = new Vocabulary();

  private final KeywordAutomaton automaton;
  private final Word[] words;

  /** What a word means; the lists of rules are nearly always empty. */
  record Word(
      String text,
      Set<DataType> cues,
      boolean counter,
      List<SecretRule> secrets,
      List<VendorRule> vendors,
      Set<SecretForm> forms,
      boolean place,
      boolean wordStart,
      boolean wordEnd) {}

  private static final class Meaning {
    private final EnumSet<DataType> cues = EnumSet.noneOf(DataType.class);
    private boolean counter;
    private boolean place;
    private final List<SecretRule> secrets = new ArrayList<>();
    private final List<VendorRule> vendors = new ArrayList<>();
    private final EnumSet<SecretForm> forms = EnumSet.noneOf(SecretForm.class);
  }

  private Vocabulary() {
    var meanings = new LinkedHashMap<String, Meaning>();
    for (var line : ContextWords.CUES.lines().toList()) {
      int colon = line.indexOf(':');
      var type = DataType.of(line.substring(0, colon));
      spellings(line.substring(colon + 1)).forEach(w -> of(meanings, w).cues.add(type));
    }
    spellings(ContextWords.COUNTERS.replace('\n', ' '))
        .forEach(w -> of(meanings, w).counter = true);
    for (var rule : SecretRule.ALL) {
      of(meanings, rule.prefix()).secrets.add(rule);
    }
    for (var rule : VendorRule.ALL) {
      of(meanings, rule.vendor()).vendors.add(rule);
    }
    for (var form : SecretForm.values()) {
      of(meanings, form.literal()).forms.add(form);
    }
    for (var place : Places.NAMES) {
      of(meanings, place).place = true;
    }
    words = meanings.entrySet().stream().map(Vocabulary::word).toArray(Word[]::new);
    automaton = new KeywordAutomaton(Arrays.stream(words).map(Word::text).toList());
  }

  KeywordAutomaton automaton() {
    return automaton;
  }

  Word word(int number) {
    return words[number];
  }

  private static Meaning of(Map<String, Meaning> meanings, String word) {
    var folded = NormalText.folded(word).toLowerCase(Locale.ROOT);
    return meanings.computeIfAbsent(folded, w -> new Meaning());
  }

  private static Word word(Map.Entry<String, Meaning> entry) {
    var text = entry.getKey();
    var meaning = entry.getValue();
    boolean cue = !meaning.cues.isEmpty() || meaning.counter;
    return new Word(
        text,
        meaning.cues,
        meaning.counter,
        List.copyOf(meaning.secrets),
        List.copyOf(meaning.vendors),
        meaning.forms,
        meaning.place,
        cue && Chars.alnum(text.charAt(0)),
        cue && Chars.alnum(text.charAt(text.length() - 1)));
  }

  /** The words of a list, each in the spellings with blank, underscore, hyphen and none. */
  private static List<String> spellings(String list) {
    var all = new ArrayList<String>();
    for (var item : list.split(",", 0)) {
      var word = item.strip();
      if (word.isEmpty()) {
        continue;
      }
      all.add(word);
      if (word.indexOf(' ') >= 0) {
        for (var joint : List.of("_", "-", "")) {
          all.add(word.replace(" ", joint));
        }
      }
    }
    return all;
  }
}
