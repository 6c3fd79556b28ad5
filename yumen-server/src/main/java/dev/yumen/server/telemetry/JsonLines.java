package dev.yumen.server.telemetry;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;

/**
 * A bounded buffer of JSON objects, one on each line (RFC 8259, UTF-8), written without objects in
 * between. A line that does not fit leaves no trace. Not thread-safe.
 *
 * <p>Everything in a string that could end a line, drive a terminal or change the reading direction
 * is escaped: control characters, line and paragraph separators, bidirectional controls. A lone
 * surrogate becomes U+FFFD.
 */
final class JsonLines {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final int limit;
  private byte[] bytes;
  private int length;
  private int lines;
  private int lineStart;
  private boolean overflowed;
  private boolean separate;

  /** Makes an empty buffer that grows up to the limit in bytes. */
  JsonLines(int limit) {
    this.limit = limit;
    bytes = new byte[Math.min(limit, 8192)];
  }

  /** The buffer itself; valid up to {@link #length} until the next change. */
  byte[] bytes() {
    return bytes;
  }

  /** Bytes of whole lines. */
  int length() {
    return length;
  }

  /** Whole lines. */
  int lines() {
    return lines;
  }

  /** Forgets everything and keeps the memory. */
  void clear() {
    length = 0;
    lines = 0;
  }

  /** Begins a line. */
  JsonLines begin() {
    lineStart = length;
    overflowed = false;
    separate = false;
    put('{');
    return this;
  }

  /** Ends the line; false when it did not fit and was taken back. */
  boolean end() {
    put('}');
    put('\n');
    if (overflowed) {
      length = lineStart;
      return false;
    }
    lines++;
    return true;
  }

  /** Adds a text. */
  JsonLines text(String name, CharSequence value) {
    name(name);
    quoted(value, value.length());
    return this;
  }

  /** Adds at most so many characters of a text. */
  JsonLines text(String name, CharSequence value, int most) {
    name(name);
    quoted(value, Math.min(most, value.length()));
    return this;
  }

  /** Adds an array of texts, each cut to so many characters. */
  JsonLines texts(String name, Iterable<String> values, int most) {
    name(name);
    put('[');
    boolean first = true;
    for (String value : values) {
      if (!first) {
        put(',');
      }
      first = false;
      quoted(value, Math.min(most, value.length()));
    }
    put(']');
    return this;
  }

  /** Adds a whole number. */
  JsonLines number(String name, long value) {
    name(name);
    digits(value);
    return this;
  }

  /** Adds nanoseconds as milliseconds with three decimals. */
  JsonLines millis(String name, long nanos) {
    name(name);
    long micros = Math.max(0, nanos / 1000);
    digits(micros / 1000);
    put('.');
    padded((int) (micros % 1000), 3);
    return this;
  }

  /** Adds true or false. */
  JsonLines flag(String name, boolean value) {
    name(name);
    ascii(value ? "true" : "false");
    return this;
  }

  /** Adds a time as RFC 3339 in UTC with milliseconds. */
  JsonLines time(String name, Instant at) {
    name(name);
    OffsetDateTime utc = at.atOffset(ZoneOffset.UTC);
    put('"');
    padded(utc.getYear(), 4);
    put('-');
    padded(utc.getMonthValue(), 2);
    put('-');
    padded(utc.getDayOfMonth(), 2);
    put('T');
    padded(utc.getHour(), 2);
    put(':');
    padded(utc.getMinute(), 2);
    put(':');
    padded(utc.getSecond(), 2);
    put('.');
    padded(utc.getNano() / 1_000_000, 3);
    put('Z');
    put('"');
    return this;
  }

  private void name(String name) {
    if (separate) {
      put(',');
    }
    separate = true;
    put('"');
    ascii(name);
    put('"');
    put(':');
  }

  private void quoted(CharSequence text, int end) {
    put('"');
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (c >= 0x20 && c < 0x7f) {
        if (c == '"' || c == '\\') {
          put('\\');
        }
        put(c);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < end
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        supplementary(Character.toCodePoint(c, text.charAt(++i)));
      } else {
        other(Character.isSurrogate(c) ? '\ufffd' : c);
      }
    }
    put('"');
  }

  private void other(char c) {
    switch (c) {
      case '\n' -> ascii("\\n");
      case '\r' -> ascii("\\r");
      case '\t' -> ascii("\\t");
      default -> {
        if (drivesTheReader(c)) {
          ascii("\\u");
          for (int shift = 12; shift >= 0; shift -= 4) {
            put(HEX[(c >> shift) & 0xf]);
          }
        } else if (c < 0x800) {
          put(0xc0 | (c >> 6));
          put(0x80 | (c & 0x3f));
        } else {
          put(0xe0 | (c >> 12));
          put(0x80 | ((c >> 6) & 0x3f));
          put(0x80 | (c & 0x3f));
        }
      }
    }
  }

  /** C0 and C1 controls, separators of lines, marks that turn the reading direction, BOM. */
  static boolean drivesTheReader(char c) {
    return c < 0x20
        || (c >= 0x7f && c < 0xa0)
        || c == '\u061c'
        || (c >= '\u200e' && c <= '\u200f')
        || (c >= '\u2028' && c <= '\u202e')
        || (c >= '\u2066' && c <= '\u2069')
        || c == '\ufeff';
  }

  private void supplementary(int point) {
    put(0xf0 | (point >> 18));
    put(0x80 | ((point >> 12) & 0x3f));
    put(0x80 | ((point >> 6) & 0x3f));
    put(0x80 | (point & 0x3f));
  }

  private void digits(long value) {
    if (value < 0) {
      ascii(Long.toString(value));
      return;
    }
    long power = 1;
    while (value / power >= 10) {
      power *= 10;
    }
    for (; power > 0; power /= 10) {
      put('0' + (int) (value / power % 10));
    }
  }

  private void padded(int value, int width) {
    int power = 1;
    for (int i = 1; i < width; i++) {
      power *= 10;
    }
    for (; power > 0; power /= 10) {
      put('0' + value / power % 10);
    }
  }

  private void ascii(String text) {
    for (int i = 0; i < text.length(); i++) {
      put(text.charAt(i));
    }
  }

  private void put(int value) {
    if (length == bytes.length) {
      if (overflowed || length >= limit) {
        overflowed = true;
        return;
      }
      bytes = Arrays.copyOf(bytes, Math.min(limit, length * 2));
    }
    bytes[length++] = (byte) value;
  }
}
