package dev.yumen.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.function.Predicate;

/** A caller without any HTTP library: what it sends is what is written here. */
final class RawCaller {
  private static final int PATIENCE_MILLIS = 120_000;

  private RawCaller() {}

  /** Sends a request on a connection of its own and returns the response. */
  static HttpMessage ask(URI gateway, String head, byte[] body) throws IOException {
    return ask(gateway, head, body, _ -> false);
  }

  /** The same, and leaves as soon as enough has come. */
  static HttpMessage ask(URI gateway, String head, byte[] body, Predicate<byte[]> enough)
      throws IOException {
    try (var socket = new Socket(gateway.getHost(), gateway.getPort())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      String fields =
          head
              + "\r\nhost: "
              + gateway.getAuthority()
              + "\r\nconnection: close"
              + (body.length > 0 && !head.contains("content-length: ")
                  ? "\r\ncontent-length: " + body.length
                  : "")
              + "\r\n\r\n";
      socket.getOutputStream().write(fields.getBytes(ISO_8859_1));
      socket.getOutputStream().write(body);
      socket.getOutputStream().flush();
      return HttpMessage.response(
          new BufferedInputStream(socket.getInputStream()), head.startsWith("HEAD "), enough);
    }
  }
}
