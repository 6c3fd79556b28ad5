package dev.yumen.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A provider without any HTTP library: it keeps what arrives byte for byte, and answers bytes as
 * they are given.
 */
final class ScriptedProvider implements AutoCloseable {
  /** What to answer; runs on a thread of the connection's own. */
  interface Script {
    void answer(HttpMessage request, Connection connection) throws IOException;
  }

  /** The way back to the gateway. */
  record Connection(Socket socket) {
    void send(byte[] bytes) throws IOException {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
    }

    void send(String text) throws IOException {
      send(text.getBytes(UTF_8));
    }

    /** Sends a whole response. */
    void send(String head, byte[] body) throws IOException {
      send(head + "content-length: " + body.length + "\r\n\r\n");
      send(body);
    }

    /** Waits until the gateway hangs up. */
    void awaitHangUp() throws IOException {
      socket.setSoTimeout(120_000);
      try {
        while (socket.getInputStream().read() >= 0) {
          // whatever comes is not meant for this
        }
      } catch (SocketException e) {
        // a reset is a hang-up, too
      }
    }

    void close() throws IOException {
      socket.close();
    }
  }

  private final ServerSocket server;
  private final List<HttpMessage> received = new CopyOnWriteArrayList<>();
  private volatile Script script;

  ScriptedProvider(Script script) {
    this.script = script;
    try {
      server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** Its address, for the settings. */
  String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /** Answers otherwise from now on, and forgets what arrived. */
  void follow(Script other) {
    received.clear();
    script = other;
  }

  /** What arrived. */
  List<HttpMessage> received() {
    return List.copyOf(received);
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      while (!socket.isClosed()) {
        HttpMessage request = HttpMessage.request(in);
        received.add(request);
        script.answer(request, new Connection(socket));
      }
    } catch (IOException e) {
      // the gateway hung up
    }
  }
}
