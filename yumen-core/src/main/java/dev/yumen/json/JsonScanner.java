package dev.yumen.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Walks over JSON (RFC 8259) in UTF-8, token by token, and tells where each token lies. Strict: no
 * byte order mark, no comment, no trailing comma, no invalid UTF-8, no lone surrogate escape is
 * repaired; nothing is decoded unless asked for. Containers may be nested 512 deep.
 *
 * <p>Strings, which are nearly all of a prompt, are skipped eight bytes at a time (the zero-byte
 * test of Mycroft, 1987). Takes no memory but one bit per open container. Not thread-safe.
 */
public final class JsonScanner {

  /** What was found. */
  public enum Token {
    /** An opening brace. */
    OBJECT,
    /** A closing brace. */
    OBJECT_END,
    /** An opening bracket. */
    ARRAY,
    /** A closing bracket. */
    ARRAY_END,
    /** The name of a member, quotes included; the colon has been passed. */
    KEY,
    /** A string, quotes included. */
    STRING,
    /** A number. */
    NUMBER,
    /** The literal true. */
    TRUE,
    /** The literal false. */
    FALSE,
    /** The literal null. */
    NULL,
    /** Nothing follows. */
    END
  }

  private static final int DEEPEST = 512;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH = 0x8080808080808080L;

  /** What may come next. */
  private enum Next {
    VALUE,
    VALUE_OR_END,
    KEY,
    KEY_OR_END,
    COMMA_OR_END,
    NOTHING
  }

  private final byte[] bytes;
  private final int limit;
  private final long[] objects = new long[DEEPEST / Long.SIZE];
  private int at;
  private int from;
  private int to;
  private int depth;
  private boolean escaped;
  private Next next = Next.VALUE;

  /** Scans the whole array. */
  public JsonScanner(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  /** Scans the bytes from (inclusive) to (exclusive). */
  public JsonScanner(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.at = from;
    this.limit = to;
  }

  /**
   * Moves to the next token.
   *
   * @throws MalformedJson when there is none that JSON allows here
   */
  public Token next() throws MalformedJson {
    skipSpace();
    if (at >= limit) {
      if (next != Next.NOTHING) {
        throw malformed("the document ends too early");
      }
      from = to = at;
      return Token.END;
    }
    int c = bytes[at];
    if (next == Next.COMMA_OR_END) {
      if (c == ',') {
        at++;
        next = inObject() ? Next.KEY : Next.VALUE;
        skipSpace();
        if (at >= limit) {
          throw malformed("the document ends too early");
        }
        c = bytes[at];
      } else {
        return close(c);
      }
    }
    return switch (next) {
      case KEY -> key(c);
      case KEY_OR_END -> c == '}' ? close(c) : key(c);
      case VALUE_OR_END -> c == ']' ? close(c) : value(c);
      case VALUE -> value(c);
      case COMMA_OR_END, NOTHING -> throw malformed("something follows the document");
    };
  }

  /**
   * Passes the rest of the value whose first token was just returned; does nothing after a string,
   * number or literal.
   */
  public void skip(Token first) throws MalformedJson {
    if (first == Token.OBJECT || first == Token.ARRAY) {
      int outside = depth - 1;
      while (depth > outside) {
        next();
      }
    }
  }

  /** Where the last token begins. */
  public int from() {
    return from;
  }

  /** Where the last token ends, exclusive. */
  public int to() {
    return to;
  }

  /** How many containers are open. */
  public int depth() {
    return depth;
  }

  /** The last key or string, decoded; for a number its digits. */
  public String text() throws MalformedJson {
    boolean quoted = bytes[from] == '"';
    int first = quoted ? from + 1 : from;
    int last = quoted ? to - 1 : to;
    return quoted && escaped
        ? unescaped(first, last)
        : new String(bytes, first, last - first, StandardCharsets.UTF_8);
  }

  /** Whether the last key or string, decoded, is this ASCII text. */
  public boolean is(String ascii) throws MalformedJson {
    if (escaped) {
      return text().equals(ascii);
    }
    if (to - from - 2 != ascii.length()) {
      return false;
    }
    for (int i = 0; i < ascii.length(); i++) {
      if (bytes[from + 1 + i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The last number when it is a whole one that fits; else 0. */
  public long whole() {
    long value = 0;
    for (int i = from; i < to; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9 || value > Long.MAX_VALUE / 10 - 1) {
        return 0;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  private Token value(int c) throws MalformedJson {
    from = at;
    return switch (c) {
      case '{' -> open(true);
      case '[' -> open(false);
      case '"' -> {
        string();
        yield after(Token.STRING);
      }
      case 't' -> literal("true", Token.TRUE);
      case 'f' -> literal("false", Token.FALSE);
      case 'n' -> literal("null", Token.NULL);
      default -> number();
    };
  }

  private Token key(int c) throws MalformedJson {
    if (c != '"') {
      throw malformed("a name in quotes was expected");
    }
    from = at;
    string();
    skipSpace();
    if (at >= limit || bytes[at] != ':') {
      throw malformed("a colon was expected");
    }
    at++;
    next = Next.VALUE;
    return Token.KEY;
  }

  private Token open(boolean object) throws MalformedJson {
    if (depth == DEEPEST) {
      throw malformed("more than " + DEEPEST + " containers are nested");
    }
    long bit = 1L << depth;
    if (object) {
      objects[depth >> 6] |= bit;
    } else {
      objects[depth >> 6] &= ~bit;
    }
    depth++;
    to = ++at;
    next = object ? Next.KEY_OR_END : Next.VALUE_OR_END;
    return object ? Token.OBJECT : Token.ARRAY;
  }

  private Token close(int c) throws MalformedJson {
    boolean object = inObject();
    if (c != (object ? '}' : ']')) {
      throw malformed(object ? "a comma or } was expected" : "a comma or ] was expected");
    }
    from = at;
    to = ++at;
    depth--;
    return after(object ? Token.OBJECT_END : Token.ARRAY_END);
  }

  private Token after(Token token) {
    next = depth == 0 ? Next.NOTHING : Next.COMMA_OR_END;
    return token;
  }

  private boolean inObject() {
    return (objects[(depth - 1) >> 6] & (1L << (depth - 1))) != 0;
  }

  private Token literal(String word, Token token) throws MalformedJson {
    for (int i = 0; i < word.length(); i++) {
      if (at + i >= limit || bytes[at + i] != word.charAt(i)) {
        throw malformed("a value was expected");
      }
    }
    at += word.length();
    to = at;
    return after(token);
  }

  private Token number() throws MalformedJson {
    int i = at;
    if (i < limit && bytes[i] == '-') {
      i++;
    }
    if (i < limit && bytes[i] == '0') {
      i++;
    } else {
      i = digits(i);
    }
    if (i < limit && bytes[i] == '.') {
      i = digits(i + 1);
    }
    if (i < limit && (bytes[i] | 0x20) == 'e') {
      i++;
      if (i < limit && (bytes[i] == '+' || bytes[i] == '-')) {
        i++;
      }
      i = digits(i);
    }
    to = at = i;
    return after(Token.NUMBER);
  }

  private int digits(int first) throws MalformedJson {
    int i = first;
    while (i < limit && bytes[i] >= '0' && bytes[i] <= '9') {
      i++;
    }
    if (i == first) {
      throw malformed("a value was expected");
    }
    return i;
  }

  /** Passes a string; leaves {@code to} behind its closing quote. */
  private void string() throws MalformedJson {
    escaped = false;
    int i = at + 1;
    while (true) {
      i = plain(i);
      if (i >= limit) {
        throw malformed("a string does not end");
      }
      int c = bytes[i];
      if (c == '"') {
        to = at = i + 1;
        return;
      }
      if (c == '\\') {
        escaped = true;
        i = escape(i);
      } else if (c < 0) {
        i = multibyte(i);
      } else if (c < 0x20) {
        at = i;
        throw malformed("a control character in a string");
      } else {
        i++;
      }
    }
  }

  /** Passes eight bytes at a time as long as none needs a look. */
  private int plain(int start) {
    int i = start;
    while (i + 8 <= limit) {
      long word = (long) LONGS.get(bytes, i);
      long quote = word ^ (ONES * '"');
      long backslash = word ^ (ONES * '\\');
      long special =
          ((quote - ONES) & ~quote)
              | ((backslash - ONES) & ~backslash)
              | ((word - ONES * 0x20) & ~word)
              | word;
      special &= HIGH;
      if (special != 0) {
        return i + (Long.numberOfTrailingZeros(special) >> 3);
      }
      i += 8;
    }
    return i;
  }

  private int escape(int i) throws MalformedJson {
    int c = i + 1 < limit ? bytes[i + 1] : 0;
    switch (c) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
        return i + 2;
      }
      case 'u' -> {
        if (i + 6 <= limit && hex(i + 2) >= 0) {
          return i + 6;
        }
      }
      default -> {}
    }
    at = i;
    throw malformed("an unknown escape");
  }

  private int hex(int i) {
    int value = 0;
    for (int k = i; k < i + 4; k++) {
      int digit = Character.digit(bytes[k], 16);
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  /** Passes one character of two to four bytes (Unicode 16, table 3-7). */
  private int multibyte(int i) throws MalformedJson {
    int lead = bytes[i] & 0xff;
    int length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    boolean sound = lead >= 0xc2 && lead <= 0xf4 && i + length <= limit;
    if (sound) {
      int second = bytes[i + 1] & 0xff;
      int least = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
      int most = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
      sound = second >= least && second <= most;
      for (int k = i + 2; k < i + length; k++) {
        sound &= (bytes[k] & 0xc0) == 0x80;
      }
    }
    if (!sound) {
      at = i;
      throw malformed("invalid UTF-8");
    }
    return i + length;
  }

  /** Decodes escapes; half a surrogate pair stays half, as Java allows. */
  private String unescaped(int first, int last) {
    var out = new StringBuilder(last - first);
    int i = first;
    while (i < last) {
      int plain = i;
      while (i < last && bytes[i] != '\\') {
        i++;
      }
      out.append(new String(bytes, plain, i - plain, StandardCharsets.UTF_8));
      if (i == last) {
        break;
      }
      int c = bytes[i + 1];
      if (c == 'u') {
        out.append((char) hex(i + 2));
        i += 6;
      } else {
        out.append(
            switch (c) {
              case 'b' -> '\b';
              case 'f' -> '\f';
              case 'n' -> '\n';
              case 'r' -> '\r';
              case 't' -> '\t';
              default -> (char) c;
            });
        i += 2;
      }
    }
    return out.toString();
  }

  private void skipSpace() {
    while (at < limit) {
      byte c = bytes[at];
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        return;
      }
      at++;
    }
  }

  private MalformedJson malformed(String what) {
    return new MalformedJson(what, at);
  }
}
