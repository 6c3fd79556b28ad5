package dev.yumen.dialect;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The fields of one server-sent event that the gateway looks at (WHATWG HTML, section 9.2.6).
 *
 * @param name the last {@code event} field; empty when there is none
 * @param data the {@code data} fields, joined by line feeds
 */
record EventFields(String name, byte[] data) {

  /** Reads the fields of one event; a byte order mark before them is passed over. */
  static EventFields of(byte[] bytes, int from, int to) {
    String name = "";
    var data = new ByteArrayOutputStream(to - from);
    int line = afterMark(bytes, from, to);
    while (line < to) {
      int end = line;
      while (end < to && bytes[end] != '\n' && bytes[end] != '\r') {
        end++;
      }
      int value = value(bytes, line, end, "event");
      if (value >= 0) {
        name = new String(bytes, value, end - value, StandardCharsets.UTF_8);
      }
      value = value(bytes, line, end, "data");
      if (value >= 0) {
        if (data.size() > 0) {
          data.write('\n');
        }
        data.write(bytes, value, end - value);
      }
      line = end + 1;
    }
    return new EventFields(name, data.toByteArray());
  }

  /** Where the value of the field begins; -1 when the line is not this field. */
  private static int value(byte[] bytes, int from, int to, String field) {
    int colon = from + field.length();
    if (colon > to) {
      return -1;
    }
    for (int i = 0; i < field.length(); i++) {
      if (bytes[from + i] != field.charAt(i)) {
        return -1;
      }
    }
    if (colon == to) {
      return to;
    }
    if (bytes[colon] != ':') {
      return -1;
    }
    return colon + 1 < to && bytes[colon + 1] == ' ' ? colon + 2 : colon + 1;
  }

  private static int afterMark(byte[] bytes, int from, int to) {
    byte[] mark = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    boolean marked = to - from >= 3 && Arrays.equals(bytes, from, from + 3, mark, 0, 3);
    return marked ? from + 3 : from;
  }
}
