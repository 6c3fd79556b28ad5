package dev.yumen.privacy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Where the data of one server-sent event lies (WHATWG HTML, section 9.2.6). JSON is sent on one
 * line by every provider known; if it is on several, the event is written anew with one.
 *
 * @param bytes the event
 * @param start where the event begins
 * @param end where it ends, exclusive
 * @param from where the data begins
 * @param to where the data ends, exclusive; the same when there is none
 */
record EventData(byte[] bytes, int start, int end, int from, int to) {

  /** Finds the data of the event in bytes from..to. */
  static EventData of(byte[] bytes, int from, int to) {
    int lines = 0;
    int dataFrom = from;
    int dataTo = from;
    int line = from;
    while (line < to) {
      int lineEnd = lineEnd(bytes, line, to);
      int value = value(bytes, line, lineEnd);
      if (value >= 0) {
        lines++;
        dataFrom = value;
        dataTo = lineEnd;
      }
      line = lineEnd + 1;
    }
    return lines > 1 ? joined(bytes, from, to) : new EventData(bytes, from, to, dataFrom, dataTo);
  }

  private static EventData joined(byte[] bytes, int from, int to) {
    var out = new ByteArrayOutputStream(to - from);
    var data = new ByteArrayOutputStream(to - from);
    int line = from;
    while (line < to) {
      int lineEnd = lineEnd(bytes, line, to);
      int value = value(bytes, line, lineEnd);
      if (value >= 0) {
        data.write(bytes, value, lineEnd - value);
        data.write(' '); // the line end was white space between tokens
      } else if (lineEnd > line) {
        out.write(bytes, line, lineEnd - line);
        out.write('\n');
      }
      line = lineEnd + 1;
    }
    out.writeBytes("data: ".getBytes(StandardCharsets.US_ASCII));
    int dataFrom = out.size();
    out.writeBytes(data.toByteArray());
    int dataTo = out.size();
    out.writeBytes("\n\n".getBytes(StandardCharsets.US_ASCII));
    return new EventData(out.toByteArray(), 0, out.size(), dataFrom, dataTo);
  }

  private static int lineEnd(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && bytes[i] != '\n' && bytes[i] != '\r') {
      i++;
    }
    return i;
  }

  /** Where the value of a line of data begins; -1 when the line is another. */
  private static int value(byte[] bytes, int from, int to) {
    boolean data =
        to - from >= 5
            && bytes[from] == 'd'
            && bytes[from + 1] == 'a'
            && bytes[from + 2] == 't'
            && bytes[from + 3] == 'a'
            && bytes[from + 4] == ':';
    if (!data) {
      return -1;
    }
    return from + 5 < to && bytes[from + 5] == ' ' ? from + 6 : from + 5;
  }
}
