package dev.yumen.privacy;

import java.util.Set;

/**
 * Recognises pseudonyms in text as models write them, which is not always as they were given:
 *
 * <ul>
 *   <li>label and code in any case, also full-width;
 *   <li>for the underscore also one behind backslashes, an HTML entity or JSON escape for one, one
 *       space, one hyphen, or an underscore with one space before or behind it;
 *   <li>asterisks and backticks beside the underscore;
 *   <li>single spaces between the symbols of the code, if there is an underscore;
 *   <li>another word in the place of the label, if code and underscore are exact. The word stays.
 * </ul>
 *
 * <p>Used both on answers and on what callers send, so that whatever would be turned back is known
 * beforehand. Looks at one place at a time and never further than {@link #LONGEST} characters.
 * Belongs to one thread.
 */
final class TokenScan {
  /** No pseudonym is longer, however it is written. */
  static final int LONGEST = 47;

  /** What a place holds. */
  enum Found {
    /** No pseudonym begins here. */
    NOTHING,
    /** One may begin here: the text ends too early to say. */
    MORE,
    /** One begins here; {@link #end} and {@link #code} tell which. */
    TOKEN
  }

  private static final int MOST_MARKS = 4;
  private static final int MOST_BACKSLASHES = 8;
  private static final String[] ENTITIES = {"&#95;", "&#x5f;", "&lowbar;"};

  private static final int NONE = -1;
  private static final int UNKNOWN = -2;

  /** A tree of the labels: 26 children for each node, 0 for none. */
  private static final short[] CHILDREN = new short[26 * 256];

  private static final boolean[] COMPLETE = new boolean[256];

  static {
    short nodes = 1;
    for (Label label : Label.values()) {
      int node = 0;
      for (char c : label.name().toCharArray()) {
        int child = node * 26 + c - 'A';
        if (CHILDREN[child] == 0) {
          CHILDREN[child] = nodes++;
        }
        node = CHILDREN[child];
      }
      COMPLETE[node] = true;
    }
  }

  private final boolean[] wanted = new boolean[256];
  private final boolean[] first = new boolean[128];
  private int end;
  private long code;
  private int symbols;
  private int marksBefore;
  private int marksFrom;
  private int marksBehind;
  private int marksBehindFrom;

  /** Knows pseudonyms with these labels; with another's, the label is one more other word. */
  TokenScan(Set<Label> labels) {
    for (Label label : labels) {
      String name = label.name();
      int node = 0;
      for (int i = 0; i < name.length(); i++) {
        node = CHILDREN[node * 26 + name.charAt(i) - 'A'];
        wanted[node] = true;
      }
      first[name.charAt(0)] = true;
      first[name.charAt(0) + 32] = true;
    }
    first['_'] = true;
    first['\\'] = true;
  }

  /** Tells whether a pseudonym may begin with the character; most may not. */
  boolean first(char c) {
    return c < 128 ? first[c] : c >= '\uff21' && c <= '\uff5a';
  }

  /** Where the pseudonym ends, exclusive. */
  int end() {
    return end;
  }

  /** Its code; when more text is needed, the symbols seen so far. */
  long code() {
    return code;
  }

  /** How many symbols of the code were seen. */
  int symbols() {
    return symbols;
  }

  /** Appends the value with the marks that stood within the pseudonym around it. */
  void write(char[] text, String value, StringBuilder out) {
    out.append(text, marksBehindFrom, marksBehind - marksBehindFrom).append(value);
    out.append(text, marksFrom, marksBefore - marksFrom);
  }

  /**
   * Looks whether a pseudonym begins at a place.
   *
   * @param from the place
   * @param to where the text ends for now
   * @param previous the character before the place; 0 when there is none
   */
  Found at(char[] text, int from, int to, char previous) {
    code = 0;
    symbols = 0;
    marksFrom = marksBefore = 0;
    marksBehindFrom = marksBehind = 0;
    char c = text[from];
    if (c == '_' || c == '\\') {
      return Character.isLetter(previous) ? behindOtherWord(text, from, to) : Found.NOTHING;
    }
    int i = label(text, from, to);
    return i < 0 ? found(i) : behindLabel(text, i, to);
  }

  private static Found found(int place) {
    return place == UNKNOWN ? Found.MORE : Found.NOTHING;
  }

  private int label(char[] text, int from, int to) {
    int node = 0;
    for (int i = from; i < to; i++) {
      int letter = (TokenForm.folded(text[i]) | 0x20) - 'a';
      node = letter >= 0 && letter < 26 ? CHILDREN[node * 26 + letter] : 0;
      if (!wanted[node]) {
        return NONE;
      }
      if (COMPLETE[node]) {
        return i + 1;
      }
    }
    return UNKNOWN;
  }

  private Found behindOtherWord(char[] text, int from, int to) {
    int i = underscore(text, from, to);
    return i < 0 ? found(i) : code(text, i, to, false, true);
  }

  private Found behindLabel(char[] text, int from, int to) {
    marksFrom = from;
    int i = marks(text, from, to);
    marksBefore = i;
    if (i == to) {
      return Found.MORE;
    }
    boolean spaced = isSpace(text[i]);
    int separator = spaced ? i + 1 : i;
    if (separator == to) {
      return Found.MORE;
    }
    int behind = underscore(text, separator, to);
    if (behind == UNKNOWN) {
      return Found.MORE;
    }
    boolean exact = behind != NONE;
    if (exact) {
      behind = behind < to && isSpace(text[behind]) ? behind + 1 : behind;
    } else if (spaced) {
      behind = separator;
    } else if (isHyphen(text[separator])) {
      behind = separator + 1;
    } else {
      return Found.NOTHING;
    }
    marksBehindFrom = behind;
    i = marks(text, behind, to);
    marksBehind = i;
    return code(text, i, to, exact, false);
  }

  private static int marks(char[] text, int from, int to) {
    int i = from;
    while (i < to && i - from < MOST_MARKS && (text[i] == '*' || text[i] == '`')) {
      i++;
    }
    return i;
  }

  private static int underscore(char[] text, int from, int to) {
    if (from == to) {
      return UNKNOWN;
    }
    char c = TokenForm.folded(text[from]);
    if (c == '_') {
      return from + 1;
    }
    if (c == '&') {
      return entity(text, from, to);
    }
    int i = from;
    while (i < to && text[i] == '\\' && i - from < MOST_BACKSLASHES) {
      i++;
    }
    if (i == from) {
      return NONE;
    }
    if (i == to) {
      return UNKNOWN;
    }
    return text[i] == '_' ? i + 1 : matching("u005f", text, i, to);
  }

  private static int entity(char[] text, int from, int to) {
    int best = NONE;
    for (String entity : ENTITIES) {
      int behind = matching(entity, text, from, to);
      if (behind >= 0) {
        return behind;
      }
      best = behind == UNKNOWN ? UNKNOWN : best;
    }
    return best;
  }

  private static int matching(String word, char[] text, int from, int to) {
    for (int i = 0; i < word.length(); i++) {
      if (from + i == to) {
        return UNKNOWN;
      }
      if (Character.toLowerCase(text[from + i]) != word.charAt(i)) {
        return NONE;
      }
    }
    return from + word.length();
  }

  private Found code(char[] text, int from, int to, boolean spaces, boolean upperOnly) {
    int i = from;
    while (i < to) {
      char c = TokenForm.folded(text[i]);
      int value = TokenForm.value(c);
      if (value < 0) {
        boolean gap = spaces && symbols > 0 && c == ' ' && text[i - 1] != ' ';
        if (!gap) {
          return Found.NOTHING;
        }
        i++;
        continue;
      }
      if (upperOnly && c >= 'a') {
        return Found.NOTHING;
      }
      code = code << 5 | value;
      symbols++;
      i++;
      if (symbols == TokenForm.SYMBOLS) {
        end = i;
        return TokenForm.sound(code) ? Found.TOKEN : Found.NOTHING;
      }
    }
    return Found.MORE;
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\u00a0' || c == '\u3000';
  }

  private static boolean isHyphen(char c) {
    return c == '-' || (c >= '\u2010' && c <= '\u2013') || c == '\uff0d';
  }
}
