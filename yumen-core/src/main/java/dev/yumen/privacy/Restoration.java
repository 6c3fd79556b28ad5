package dev.yumen.privacy;

import java.util.Arrays;
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
  private final TokenScan scan;
  private final LinkGuard guard;
  private final @Nullable JsonNesting nesting;
  private final boolean argumentsFlow;

  /** What is held, and beside it what just came. */
  private char[] buffer = new char[256];

  private int held;
  private char previous;
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
    this.scan = new TokenScan(pseudonyms.labels());
    this.guard = new LinkGuard(hosts);
    this.argumentsFlow = channel == Channel.ARGUMENTS;
    this.nesting =
        switch (channel) {
          case TEXT -> null;
          case ARGUMENTS -> JsonNesting.ofDocument(guard);
          case ARGUMENT -> JsonNesting.ofString();
        };
  }

  /** Takes the next characters and returns what may go on; the same string when all of it may. */
  public String take(String text) {
    if (pseudonyms.isEmpty() || text.isEmpty()) {
      return text;
    }
    int length = held + text.length();
    if (length > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(length, 2 * buffer.length));
    }
    text.getChars(0, text.length(), buffer, held);
    String out = run(length, false);
    return out == null ? text : out;
  }

  /** Ends the text and returns what was still held. */
  public String rest() {
    String out = held == 0 ? "" : run(held, true);
    return out == null ? "" : out;
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

  /**
   * Keeps what must be held and returns the rest with values put in.
   *
   * @return null when nothing changed and nothing was or is held
   */
  private @Nullable String run(int length, boolean last) {
    boolean nothingHeld = held == 0;
    StringBuilder out = null;
    int copied = 0; // up to here it is in out
    int followed = 0; // up to here guard and nesting have seen it
    int i = 0;
    Look at = Look.NOTHING;
    while (i < length && at != Look.MORE) {
      at = look(i, length, last);
      if (at == Look.NOTHING) {
        i++;
      } else if (at != Look.MORE) {
        follow(followed, i);
        if (permitted(found)) {
          out = out == null ? new StringBuilder(length + 64) : out;
          out.append(buffer, copied, i - copied);
          write(out);
          copied = end;
          restored++;
        }
        follow(i, end);
        followed = end;
        i = end;
      }
    }
    follow(followed, i);
    held = length - i;
    String passed =
        out != null
            ? out.append(buffer, copied, i - copied).toString()
            : nothingHeld && held == 0 ? null : new String(buffer, 0, i);
    System.arraycopy(buffer, i, buffer, 0, held);
    return passed;
  }

  /** Looks what begins at a place; {@code found} and {@code end} tell more. */
  private Look look(int i, int length, boolean last) {
    char c = buffer[i];
    look = Look.NOTHING;
    if (scan.first(c)) {
      lookForToken(i, length, last);
    }
    Dictionary<Pseudonym> surrogates = pseudonyms.surrogates();
    if (look == Look.NOTHING && surrogates.first(c)) {
      switch (surrogates.at(buffer, i, length, previous(i), last)) {
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

  private void lookForToken(int i, int length, boolean last) {
    switch (scan.at(buffer, i, length, previous(i))) {
      case TOKEN -> {
        Pseudonym issued = pseudonyms.of(scan.code());
        if (issued == null) {
          unknown += Character.isLetter(buffer[i]) ? 1 : 0; // not once more at its underscore
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

  private char previous(int i) {
    return i > 0 ? buffer[i - 1] : previous;
  }

  private void write(StringBuilder out) {
    String value = escaped(found.original());
    if (look == Look.TOKEN) {
      scan.write(buffer, value, out);
    } else {
      out.append(value);
    }
  }

  private void follow(int from, int to) {
    previous = to > from ? buffer[to - 1] : previous;
    if (!argumentsFlow) {
      guard.follow(buffer, from, to);
    }
    if (nesting != null) {
      nesting.follow(buffer, from, to);
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
