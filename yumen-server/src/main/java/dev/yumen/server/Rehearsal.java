package dev.yumen.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Starts the gateway as a new user would, asks it a few questions and stops. The build runs it so
 * that the JVM learns which classes a start needs; the AOT cache made of that (JEP 483, JEP 514)
 * more than halves the time to the first answer.
 */
final class Rehearsal {
  private static final int TIMEOUT_MS = 30_000;

  private Rehearsal() {}

  /** The one argument is the file to touch when all went well: it says that the build is whole. */
  public static void main(String[] arguments) throws IOException {
    var said = new StringWriter();
    int code =
        Main.commandLine().setOut(new PrintWriter(said, true)).execute("serve", "--port", "0");
    if (code != ServeCommand.RUNNING) {
      System.exit(code);
    }
    URI url = URI.create(line(said, "url: "));
    String key = line(said, "key: ");
    ask(url, key, "GET /v1/models", "");
    ask(url, key, "POST /v1/messages", question(false));
    ask(url, key, "POST /v1/messages?beta=true", question(true));
    ask(url, "wrong", "POST /v1/messages", question(false));
    Files.writeString(Path.of(arguments[0]), Main.Version.text() + "\n");
    System.exit(0);
  }

  private static String line(StringWriter said, String label) throws IOException {
    return said.toString()
        .lines()
        .filter(line -> line.startsWith(label))
        .map(line -> line.substring(label.length()).strip())
        .findFirst()
        .orElseThrow(() -> new IOException("the gateway did not print " + label));
  }

  private static String question(boolean stream) {
    return "{\"model\":\"claude-sonnet-5\",\"max_tokens\":16,\"stream\":"
        + stream
        + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";
  }

  private static void ask(URI url, String key, String line, String body) throws IOException {
    try (var socket = new Socket(url.getHost(), url.getPort())) {
      socket.setSoTimeout(TIMEOUT_MS);
      String head =
          line
              + " HTTP/1.1\r\nhost: "
              + url.getAuthority()
              + "\r\nconnection: close\r\nanthropic-version: 2023-06-01\r\nauthorization: Bearer "
              + key
              + "\r\ncontent-type: application/json\r\ncontent-length: "
              + body.length()
              + "\r\n\r\n";
      socket.getOutputStream().write((head + body).getBytes(UTF_8));
      byte[] answer = socket.getInputStream().readAllBytes();
      if (answer.length == 0) {
        throw new IOException("no answer to " + line);
      }
    }
  }
}
