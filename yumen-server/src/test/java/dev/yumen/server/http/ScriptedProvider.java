package dev.yumen.server.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A provider on a plain socket that follows a script, so that it can send what no HTTP library
 * would. It keeps every byte it receives.
 */
public final class ScriptedProvider implements AutoCloseable {
  /** What the provider does on one connection. */
  @FunctionalInterface
  public interface Script {
    void run(Conversation conversation) throws IOException;
  }

  /** One request as it came. The body is without its framing. */
  public record Request(String head, byte[] body) {
    public String line() {
      return head.substring(0, head.indexOf('\r'));
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

    @Override
    public String toString() {
      return head + new String(body, StandardCharsets.ISO_8859_1);
    }
  }

  /** A whole JSON answer of the Messages API. */
  public static final String MESSAGE =
      "{\"id\":\"msg_1\",\"type\":\"message\",\"model\":\"m\",\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}";

  private final ServerSocket listening;
  private final Script script;
  private final List<Conversation> all = new CopyOnWriteArrayList<>();
  private final LinkedBlockingQueue<Conversation> arrived = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<Request> requests = new LinkedBlockingQueue<>();

  public ScriptedProvider(Script script) throws IOException {
    this.script = script;
    this.listening = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /** Answers every request in the same way. */
  public static ScriptedProvider answering(String answer) throws IOException {
    return new ScriptedProvider(conversation -> {
      while (conversation.readRequest() != null) {
        conversation.send(answer);
      }
    });
  }

  /** Answers every request with a whole message. */
  public static ScriptedProvider answeringMessages() throws IOException {
    return answering(whole(200, "application/json", MESSAGE));
  }

  /** An answer with its length. */
  public static String whole(int status, String type, String body) {
    return "HTTP/1.1 %d Whatever\r\ncontent-type: %s\r\ncontent-length: %d\r\n\r\n%s"
        .formatted(status, type, body.getBytes(StandardCharsets.ISO_8859_1).length, body);
  }

  /** The head of a stream of events that is sent in chunks. */
  public static final String STREAM =
      """
      HTTP/1.1 200 OK\r
      content-type: text/event-stream; charset=utf-8\r
      transfer-encoding: chunked\r
      \r
      """;

  /** One chunk. */
  public static String chunk(String data) {
    return Integer.toHexString(data.length()) + "\r\n" + data + "\r\n";
  }

  /** One event. */
  public static String event(String name) {
    return "event: " + name + "\ndata: {\"type\":\"" + name + "\"}\n\n";
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        var conversation = new Conversation(listening.accept());
        all.add(conversation);
        arrived.add(conversation);
        Thread.ofVirtual().start(conversation::run);
      } catch (IOException e) {
        return;
      }
    }
  }

  public URI base() {
    return URI.create("http://127.0.0.1:" + listening.getLocalPort());
  }

  /** The next connection, in the order they came. */
  public Conversation next() throws InterruptedException {
    Conversation conversation = arrived.poll(20, TimeUnit.SECONDS);
    if (conversation == null) {
      throw new AssertionError("nobody connected to the provider");
    }
    return conversation;
  }

  /** The next request that came whole, on whatever connection. */
  public Request nextRequest() throws InterruptedException {
    Request request = requests.poll(20, TimeUnit.SECONDS);
    if (request == null) {
      throw new AssertionError("no request came to the provider");
    }
    return request;
  }

  /** The requests that came whole and were not asked for yet. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** Number of connections so far. */
  public int connections() {
    return all.size();
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Conversation conversation : all) {
      conversation.socket.close();
    }
  }

  /** One connection. */
  public final class Conversation {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicLong sent = new AtomicLong();

    private Conversation(Socket socket) throws IOException {
      this.socket = socket;
      this.in = new BufferedInputStream(socket.getInputStream());
      this.out = socket.getOutputStream();
    }

    private void run() {
      try (socket) {
        script.run(this);
      } catch (IOException e) {
        closed.countDown();
      }
    }

    /** Reads one request; null at the end. */
    public @Nullable Request readRequest() throws IOException {
      String head = readHead();
      if (head == null) {
        return null;
      }
      var body = new ByteArrayOutputStream();
      var framing = new Request(head, new byte[0]);
      if (framing.field("transfer-encoding").contains("chunked")) {
        readChunks(body);
      } else if (!framing.field("content-length").isEmpty()) {
        body.writeBytes(exactly(Integer.parseInt(framing.field("content-length").getFirst())));
      }
      var request = new Request(head, body.toByteArray());
      requests.add(request);
      return request;
    }

    /** Reads a head, its empty line included; null at the end. */
    public @Nullable String readHead() throws IOException {
      var head = new StringBuilder();
      while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
        int c = read();
        if (c < 0) {
          return null;
        }
        head.append((char) c);
      }
      return head.toString();
    }

    private void readChunks(ByteArrayOutputStream body) throws IOException {
      while (true) {
        int length = Integer.parseInt(readLine().strip(), 16);
        body.writeBytes(exactly(length));
        if (!readLine().isEmpty()) {
          throw new IOException("a chunk does not end where it must");
        }
        if (length == 0) {
          return;
        }
      }
    }

    private String readLine() throws IOException {
      var line = new StringBuilder();
      for (int c = read(); c != '\n'; c = read()) {
        if (c < 0) {
          throw new IOException("ended within a line");
        }
        line.append((char) c);
      }
      return line.toString().replace("\r", "");
    }

    private byte[] exactly(int length) throws IOException {
      byte[] bytes = in.readNBytes(length);
      synchronized (received) {
        received.writeBytes(bytes);
      }
      if (bytes.length < length) {
        closed.countDown();
        throw new IOException("ended within a body");
      }
      return bytes;
    }

    public int read() throws IOException {
      int c = in.read();
      if (c < 0) {
        closed.countDown();
      } else {
        synchronized (received) {
          received.write(c);
        }
      }
      return c;
    }

    /** Reads some bytes without keeping them. */
    public int readInto(byte[] buffer, int most) throws IOException {
      int n = in.read(buffer, 0, most);
      if (n < 0) {
        throw new IOException("ended too early");
      }
      return n;
    }

    public void send(String bytes) throws IOException {
      send(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    public void send(byte[] bytes) throws IOException {
      out.write(bytes);
      out.flush();
      sent.addAndGet(bytes.length);
    }

    /** Number of bytes the kernel has taken so far. */
    public long sent() {
      return sent.get();
    }

    /** Reads until the gateway closes the connection. */
    public void readToEnd() throws IOException {
      while (read() >= 0) {
        // go on
      }
    }

    /** Waits until so many bytes have come. */
    public void awaitReceived(int bytes) throws InterruptedException {
      for (int i = 0; i < 2000; i++) {
        synchronized (received) {
          if (received.size() >= bytes) {
            return;
          }
        }
        Thread.sleep(10);
      }
      throw new AssertionError("the provider received too little");
    }

    /** Waits until this side has seen that the gateway closed the connection. */
    public boolean isClosedByGateway() throws InterruptedException {
      return closed.await(20, TimeUnit.SECONDS);
    }

    /** Closes so that the other side sees a reset. */
    public void cut() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }

    /** Everything that came, as it came. */
    public String received() {
      synchronized (received) {
        return received.toString(StandardCharsets.ISO_8859_1);
      }
    }
  }
}
