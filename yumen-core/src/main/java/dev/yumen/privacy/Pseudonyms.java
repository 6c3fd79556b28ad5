package dev.yumen.privacy;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The pseudonyms issued for one request, and the only ones its answer may turn back. They follow
 * from the conversation's key alone, so the same conversation, sent again with more at its end,
 * gets the same ones, and nothing has to be stored between requests.
 *
 * <p>When the master secret is rotated, the keys of the epochs that end are handed in as retiring:
 * new requests get pseudonyms of the new epoch, and those of the old that a model still remembers
 * are turned back as well.
 *
 * <p>Belongs to one exchange and one thread at a time. Holds originals: never log it, drop it with
 * the exchange.
 */
public final class Pseudonyms {
  private static final int SURROGATE_ATTEMPTS = 64;

  private final CodeBook current;
  private final List<CodeBook> retiring;
  private final Map<String, Pseudonym> byValue = new HashMap<>();
  private final TreeMap<Long, Pseudonym> byCode = new TreeMap<>();
  private final Dictionary<Pseudonym> surrogates = new Dictionary<>();
  private final Set<String> surrogateTexts = new HashSet<>();
  private final Set<Label> labels = EnumSet.noneOf(Label.class);
  private final Set<String> links = new HashSet<>();

  /**
   * Begins with none.
   *
   * @param current the conversation's key in the present epoch
   * @param retiring its keys in epochs that end, the latest first
   */
  public Pseudonyms(ConversationKey current, List<ConversationKey> retiring) {
    this.current = new CodeBook(current);
    this.retiring = retiring.stream().map(CodeBook::new).toList();
  }

  /** Whether none was issued, so that an answer passes as it is. */
  public boolean isEmpty() {
    return byCode.isEmpty() && surrogates.isEmpty();
  }

  /** The pseudonym for a value; equal values get the same. */
  Pseudonym issue(Label label, String value) {
    Pseudonym known = byValue.get(key(label, value));
    if (known != null) {
      return known;
    }
    long code = current.code(label, value);
    var issued = new Pseudonym(label, TokenForm.write(label, code), value);
    byCode.put(code, issued);
    labels.add(label);
    byValue.put(key(label, value), issued);
    for (CodeBook old : retiring) {
      byCode.putIfAbsent(old.code(label, value), issued);
    }
    return issued;
  }

  /** The surrogate for a value, or its pseudonym when it has none. */
  Pseudonym substitute(Label label, String value) {
    String key = "surrogate\0" + key(label, value);
    Pseudonym known = byValue.get(key);
    if (known == null) {
      known = newSurrogate(label, value);
      byValue.put(key, known);
    }
    return known;
  }

  /** The pseudonym that a code belongs to; null when none was issued with it. */
  @Nullable Pseudonym of(long code) {
    return byCode.get(code);
  }

  /** Tells whether an issued code begins with these symbols. */
  boolean begins(long symbols, int count) {
    int missing = 5 * (TokenForm.SYMBOLS - count);
    Long next = byCode.ceilingKey(symbols << missing);
    return next != null && next >> missing == symbols;
  }

  /** The labels of those issued. */
  Set<Label> labels() {
    return labels;
  }

  Dictionary<Pseudonym> surrogates() {
    return surrogates;
  }

  /** Remembers a link, up to and with a pseudonym in it, that the caller's own text holds. */
  void link(String beginning) {
    links.add(beginning);
  }

  /** Tells whether the caller's own text holds a link that begins so. */
  boolean hasLink(String beginning) {
    return links.contains(beginning);
  }

  private Pseudonym newSurrogate(Label label, String value) {
    for (int attempt = 0; attempt < SURROGATE_ATTEMPTS; attempt++) {
      byte[] hash = current.hash("surrogate", label, value, attempt);
      String text = Surrogates.of(label, value, hash);
      if (text == null) {
        break;
      }
      if (!text.equals(value) && surrogateTexts.add(text)) {
        var issued = new Pseudonym(label, text, value);
        surrogates.add(text, issued);
        return issued;
      }
    }
    return issue(label, value);
  }

  private static String key(Label label, String value) {
    return label + "\0" + value;
  }

  /** Prints no value. */
  @Override
  public String toString() {
    return "Pseudonyms[" + byCode.size() + "]";
  }
}
