package dev.yumen.server.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** A caller on a plain socket that sends whatever bytes it is told to. */
public final class RawCaller implements AutoCloseable {

  /** What came back. The body is without its framing. */
  public record Answer(String head, byte[] body) {
    public int status() {
      return Integer.parseInt(head.split(" ", 3)[1]);
    }

    public String text() {
      return new String(body, StandardCharsets.ISO_8859_1);
    }

    /** Values of the field, in order. */
    public List<String> field(String name) {
      String prefix = name.toLowerCase(Locale.ROOT) + ":";
      return head.lines()
          .skip(1)
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
          .map(line -> line.substring(prefix.length()).strip())
          .toList();
    }
  }

  private final Socket socket;
  private final InputStream in;

  public RawCaller(int port) throws IOException {
    this(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  public RawCaller(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(15_000);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** A question for a whole message, with a credential. */
  public static String question(String body) {
    return post("/v1/messages", body);
  }

  public static String question() {
    return question("{\"model\":\"m\",\"max_tokens\":1}");
  }

  public static String streamingQuestion() {
    return question("{\"model\":\"m\",\"stream\":true}");
  }

  public static String post(String path, String body) {
    return "POST %s HTTP/1.1\r\nhost: door\r\nauthorization: Bearer good\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%s"
        .formatted(path, body.getBytes(StandardCharsets.ISO_8859_1).length, body);
  }

  public static String get(String path) {
    return "GET %s HTTP/1.1\r\nhost: door\r\nauthorization: Bearer good\r\n\r\n".formatted(path);
  }

  public RawCaller send(String bytes) throws IOException {
    return send(bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  public RawCaller send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /** Reads one answer, informational ones included. */
  public Answer read() throws IOException {
    return read(false);
  }

  /** Reads the answer to a HEAD, which has no body whatever its head says. */
  public Answer readHeadOnly() throws IOException {
    return read(true);
  }

  private Answer read(boolean headOnly) throws IOException {
    String head = readHead();
    var answer = new Answer(head, new byte[0]);
    var body = new ByteArrayOutputStream();
    int status = answer.status();
    if (headOnly || status < 200 || status == 204 || status == 304) {
      return answer;
    }
    if (answer.field("transfer-encoding").contains("chunked")) {
      readChunks(body);
    } else if (answer.field("content-length").isEmpty()) {
      in.transferTo(body);
    } else {
      int length = Integer.parseInt(answer.field("content-length").getFirst());
      byte[] bytes = in.readNBytes(length);
      if (bytes.length < length) {
        throw new EOFException("the answer broke off");
      }
      body.writeBytes(bytes);
    }
    return new Answer(head, body.toByteArray());
  }

  public String readHead() throws IOException {
    var head = new StringBuilder();
    while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
      head.append((char) one());
    }
    return head.toString();
  }

  private void readChunks(ByteArrayOutputStream body) throws IOException {
    for (byte[] chunk = readChunk(); chunk.length > 0; chunk = readChunk()) {
      body.writeBytes(chunk);
    }
  }

  /** Reads one chunk; an empty one is the last. */
  public byte[] readChunk() throws IOException {
    int length = Integer.parseInt(readLine(), 16);
    byte[] bytes = in.readNBytes(length);
    if (!readLine().isEmpty()) {
      throw new IOException("a chunk does not end where it must");
    }
    return bytes;
  }

  private String readLine() throws IOException {
    var line = new StringBuilder();
    for (int c = one(); c != '\n'; c = one()) {
      line.append((char) c);
    }
    return line.toString().replace("\r", "");
  }

  private int one() throws IOException {
    int c = in.read();
    if (c < 0) {
      throw new EOFException("the door closed the connection");
    }
    return c;
  }

  /** Reads until the door closes; a reset ends it as well. */
  public String readToEnd() throws IOException {
    var all = new ByteArrayOutputStream();
    try {
      in.transferTo(all);
    } catch (java.net.SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      Objects.requireNonNull(e); // a reset is an end, too
    }
    return all.toString(StandardCharsets.ISO_8859_1);
  }

  /** How many bytes can be read without waiting. */
  public InputStream in() {
    return in;
  }

  public Socket socket() {
    return socket;
  }

  /** Hangs up with a reset. */
  public void cut() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
