package dev.yumen.privacy;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts originals back into one text as it streams, for instance one content block of an answer.
 * What cannot be part of a pseudonym that was issued passes at once; what can is held until the
 * next characters tell. Everything comes out in order, and nothing but pseudonyms is changed.
 *
 * <p>Only pseudonyms issued for this request are turned back. Within links, see {@link #withheld},
 * only where the link's host is allowed or the caller's own text held the very same link. Belongs
 * to one thread at a time; takes time linear in the text.
 */
public final class Restoration {
  private static final Pseudonym NONE = new Pseudonym(Label.LIT, "", "");

  private enum Look {
    NOTHING,
    MORE,
    TOKEN,
    SURROGATE
  }

  private final Pseudonyms pseudonyms;
  private final TokenScan scan = new TokenScan();
  private final LinkGuard guard;
  private final @Nullable JsonNesting nesting;
  private char[] held = new char[0];
  private Look look = Look.NOTHING;
  private Pseudonym found = NONE;
  private int end;
  private int restored;
  private int unknown;
  private int withheld;

  /**
   * Begins a text.
   *
   * @param hosts into whose links values may be put, lower case: {@code example.org}, {@code
   *     *.example.org} for all hosts below, {@code *} for all
   */
  public Restoration(Pseudonyms pseudonyms, Channel channel, Set<String> hosts) {
    this.pseudonyms = pseudonyms;
    this.guard = new LinkGuard(hosts);
    this.nesting =
        switch (channel) {
          case TEXT -> null;
          case ARGUMENTS -> JsonNesting.ofDocument();
          case ARGUMENT -> JsonNesting.ofString();
        };
  }

  /** Takes the next characters and returns what may go on; the same string when all of it may. */
  public String take(String text) {
    if (pseudonyms.isEmpty() || text.isEmpty()) {
      return text;
    }
    boolean nothingHeld = held.length == 0;
    char[] all = new char[held.length + text.length()];
    System.arraycopy(held, 0, all, 0, held.length);
    text.getChars(0, text.length(), all, held.length);
    held = new char[0];
    var out = run(all, false);
    return out == null && nothingHeld && held.length == 0 ? text : passed(all, out);
  }

  /** Ends the text and returns what was still held. */
  public String rest() {
    char[] all = held;
    held = new char[0];
    return all.length == 0 ? "" : passed(all, run(all, true));
  }

  /** How many pseudonyms were turned back. */
  public int restored() {
    return restored;
  }

  /** How many had the form of a pseudonym but were not issued; at least, for none is waited for. */
  public int unknown() {
    return unknown;
  }

  /** How many were left in links that nobody vouches for. */
  public int withheld() {
    return withheld;
  }

  private String passed(char[] all, @Nullable StringBuilder out) {
    return out == null ? new String(all, 0, all.length - held.length) : out.toString();
  }

  /** Keeps what must be held and returns the rest with values put in; null when there are none. */
  private @Nullable StringBuilder run(char[] all, boolean last) {
    StringBuilder out = null;
    int copied = 0; // up to here it is in out
    int followed = 0; // up to here guard and nesting have seen it
    int i = 0;
    while (i < all.length) {
      switch (look(all, i, last)) {
        case NOTHING -> i++;
        case MORE -> {
          follow(all, followed, i);
          return hold(all, copied, i, out);
        }
        case TOKEN, SURROGATE -> {
          follow(all, followed, i);
          if (permitted(found)) {
            out = out == null ? new StringBuilder(all.length + 64) : out;
            out.append(all, copied, i - copied);
            write(all, out);
            copied = end;
            restored++;
          }
          follow(all, i, end);
          followed = end;
          i = end;
        }
      }
    }
    follow(all, followed, all.length);
    return hold(all, copied, all.length, out);
  }

  /** Looks what begins at a place; {@code found} and {@code end} tell more. */
  private Look look(char[] all, int i, boolean last) {
    char c = all[i];
    look = Look.NOTHING;
    if (TokenScan.first(c)) {
      lookForToken(all, i, last);
    }
    Dictionary<Pseudonym> surrogates = pseudonyms.surrogates();
    if (look == Look.NOTHING && surrogates.first(c)) {
      switch (surrogates.at(all, i, all.length, previous(all, i), last)) {
        case WORD -> {
          end = surrogates.end();
          found = surrogates.meaning();
          look = Look.SURROGATE;
        }
        case MORE -> look = Look.MORE;
        case NOTHING -> {}
      }
    }
    return look;
  }

  private void lookForToken(char[] all, int i, boolean last) {
    switch (scan.at(all, i, all.length, previous(all, i))) {
      case TOKEN -> {
        Pseudonym issued = pseudonyms.of(scan.code());
        if (issued == null) {
          unknown++;
        } else {
          end = scan.end();
          found = issued;
          look = Look.TOKEN;
        }
      }
      case MORE -> {
        if (!last && pseudonyms.begins(scan.code(), scan.symbols())) {
          look = Look.MORE;
        }
      }
      case NOTHING -> {}
    }
  }

  private char previous(char[] all, int i) {
    return i > 0 ? all[i - 1] : guard.previous();
  }

  private void write(char[] all, StringBuilder out) {
    String value = escaped(found.original());
    if (look == Look.TOKEN) {
      scan.write(all, value, out);
    } else {
      out.append(value);
    }
  }

  private @Nullable StringBuilder hold(
      char[] all, int copied, int from, @Nullable StringBuilder out) {
    held = java.util.Arrays.copyOfRange(all, from, all.length);
    return out == null ? null : out.append(all, copied, from - copied);
  }

  private void follow(char[] all, int from, int to) {
    guard.follow(all, from, to);
    if (nesting != null) {
      nesting.follow(all, from, to);
    }
  }

  /** Whether a value may be put where the guard stands. */
  private boolean permitted(Pseudonym found) {
    if (nesting != null && nesting.inEscape()) {
      return false;
    }
    boolean permitted = guard.permits() || pseudonyms.hasLink(guard.link() + found.text());
    withheld += permitted ? 0 : 1;
    return permitted;
  }

  private String escaped(String value) {
    String text = value;
    for (int i = nesting == null ? 0 : nesting.strings(); i > 0; i--) {
      text = JsonText.escaped(text);
    }
    return text;
  }
}
