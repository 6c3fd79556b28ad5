package dev.yumen.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * An HTTP/1.1 request or response as it arrived, read without any library.
 *
 * @param start the request line or status line
 * @param headers in order, names as they were written
 * @param body without its transfer coding; broken off when {@code whole} is false
 */
record HttpMessage(
    String start, List<Map.Entry<String, String>> headers, byte[] body, boolean whole) {

  /** The values of a field, in order. */
  List<String> header(String name) {
    return headers.stream()
        .filter(field -> field.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .toList();
  }

  Optional<String> first(String name) {
    return header(name).stream().findFirst();
  }

  int status() {
    return Integer.parseInt(start.split(" ", -1)[1]);
  }

  String method() {
    return start.split(" ", -1)[0];
  }

  String target() {
    return start.split(" ", -1)[1];
  }

  String text() {
    return new String(body, UTF_8);
  }

  /** All of it, to search in. */
  String everything() {
    var text = new StringBuilder(start + "\n");
    headers.forEach(field -> text.append(field.getKey() + ": " + field.getValue() + "\n"));
    return text + "\n" + text();
  }

  /** Reads a request; its end is told by its own fields. */
  static HttpMessage request(InputStream in) throws IOException {
    return read(in, _ -> false, false);
  }

  /**
   * Reads a response.
   *
   * @param enough asked after every byte of the body; true stops reading
   * @param head whether it answers a HEAD request and so has no body
   */
  static HttpMessage response(InputStream in, boolean head, Predicate<byte[]> enough)
      throws IOException {
    HttpMessage message = read(in, enough, !head);
    return message.start().contains(" 100 ") ? response(in, head, enough) : message;
  }

  private static HttpMessage read(InputStream in, Predicate<byte[]> enough, boolean untilClose)
      throws IOException {
    String start = line(in);
    var headers = new ArrayList<Map.Entry<String, String>>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.add(Map.entry(line.substring(0, colon), line.substring(colon + 1).strip()));
    }
    var head = new HttpMessage(start, headers, new byte[0], true);
    boolean response = start.startsWith("HTTP/");
    if (response && (!untilClose || head.status() == 100 || head.status() == 204)) {
      return head;
    }
    var body = new ByteArrayOutputStream();
    boolean whole = body(in, head, body, enough, response);
    return new HttpMessage(start, headers, body.toByteArray(), whole);
  }

  private static boolean body(
      InputStream in,
      HttpMessage head,
      ByteArrayOutputStream body,
      Predicate<byte[]> enough,
      boolean response)
      throws IOException {
    try {
      if (head.first("transfer-encoding").isPresent()) {
        int size = Integer.parseInt(line(in), 16);
        while (size > 0) {
          if (!take(in, size, body, enough)) {
            return false;
          }
          line(in);
          size = Integer.parseInt(line(in), 16);
        }
        line(in);
        return true;
      }
      var length = head.first("content-length");
      if (length.isPresent()) {
        return take(in, Long.parseLong(length.get()), body, enough);
      }
      return !response || take(in, Long.MAX_VALUE, body, enough);
    } catch (IOException e) {
      return head.first("transfer-encoding").isEmpty() && head.first("content-length").isEmpty();
    }
  }

  /** Takes so many bytes; false when it was told that it is enough. */
  private static boolean take(
      InputStream in, long size, ByteArrayOutputStream body, Predicate<byte[]> enough)
      throws IOException {
    for (long i = 0; i < size; i++) {
      int c = in.read();
      if (c < 0) {
        throw new EOFException();
      }
      body.write(c);
      if (c == '\n' && enough.test(body.toByteArray())) {
        return false;
      }
    }
    return true;
  }

  private static String line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException();
      }
      line.write(c);
    }
    return line.toString(ISO_8859_1).strip();
  }
}
