package dev.yumen.server.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A caller that writes HTTP/2 frames itself, over TLS (RFC 9113). */
final class RawHttp2Caller implements AutoCloseable {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int GOAWAY = 7;
  static final int WINDOW_UPDATE = 8;

  /** One frame that came. */
  record Frame(int type, int flags, int stream, byte[] payload) {
    boolean endsStream() {
      return (type == DATA || type == HEADERS) && (flags & 1) != 0;
    }

    int code() {
      int at = type == GOAWAY ? 4 : 0;
      return ByteBuffer.wrap(payload).getInt(at);
    }
  }

  /** A whole answer on one stream; the code with which it was reset, or -1. */
  record Answer(String status, Http2Headers headers, String body, int reset) {}

  private final SSLSocket socket;
  private final DataInputStream in;
  private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);
  private final Map<Integer, Http2Headers> heads = new HashMap<>();

  RawHttp2Caller(int port, SSLContext trusting) throws IOException {
    socket =
        (SSLSocket)
            trusting.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
    var parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    socket.setSSLParameters(parameters);
    socket.setSoTimeout(15_000);
    socket.startHandshake();
    if (!"h2".equals(socket.getApplicationProtocol())) {
      throw new IOException("the door does not speak h2");
    }
    in = new DataInputStream(socket.getInputStream());
    socket
        .getOutputStream()
        .write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    frame(SETTINGS, 0, 0, new byte[0]);
  }

  /** The head of a question with a credential, and more fields. */
  static List<String> head(String method, String path, String... more) {
    var fields = new java.util.ArrayList<String>();
    fields.addAll(
        List.of(
            ":method",
            method,
            ":scheme",
            "https",
            ":path",
            path,
            ":authority",
            "door",
            "authorization",
            "Bearer good"));
    fields.addAll(List.of(more));
    return fields;
  }

  void headers(int stream, boolean end, List<String> fields) throws IOException {
    var block = new ByteArrayOutputStream();
    for (int i = 0; i < fields.size(); i++) {
      literal(block, fields.get(i), i % 2 == 0);
    }
    frame(HEADERS, end ? 5 : 4, stream, block.toByteArray());
  }

  private static void literal(ByteArrayOutputStream block, String text, boolean name) {
    if (name) {
      block.write(0); // literal without indexing (RFC 7541 section 6.2.2)
    }
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    if (bytes.length < 127) {
      block.write(bytes.length);
    } else {
      block.write(127);
      int rest = bytes.length - 127;
      while (rest >= 128) {
        block.write((rest & 127) | 128);
        rest >>= 7;
      }
      block.write(rest);
    }
    block.writeBytes(bytes);
  }

  void data(int stream, boolean end, String bytes) throws IOException {
    frame(DATA, end ? 1 : 0, stream, bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  void reset(int stream) throws IOException {
    frame(RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8});
  }

  void frame(int type, int flags, int stream, byte[] payload) throws IOException {
    var frame = new ByteArrayOutputStream();
    frame.writeBytes(
        new byte[] {
          (byte) (payload.length >> 16),
          (byte) (payload.length >> 8),
          (byte) payload.length,
          (byte) type,
          (byte) flags,
          (byte) (stream >> 24),
          (byte) (stream >> 16),
          (byte) (stream >> 8),
          (byte) stream
        });
    frame.writeBytes(payload);
    socket.getOutputStream().write(frame.toByteArray());
    socket.getOutputStream().flush();
  }

  Frame read() throws Exception {
    int length = (in.readUnsignedByte() << 16) + in.readUnsignedShort();
    int type = in.readUnsignedByte();
    int flags = in.readUnsignedByte();
    int stream = in.readInt();
    byte[] payload = new byte[length];
    in.readFully(payload);
    if (type == HEADERS) {
      int from = (flags & 0x20) != 0 ? 5 : 0; // a priority comes first
      byte[] block = Arrays.copyOfRange(payload, from, length);
      heads.put(stream, decoder.decodeHeaders(stream, Unpooled.wrappedBuffer(block)));
    }
    return new Frame(type, flags, stream, payload);
  }

  /** Reads until the stream has ended; frames of others are passed over. */
  Answer answer(int stream) throws Exception {
    var body = new ByteArrayOutputStream();
    while (true) {
      Frame frame = read();
      if (frame.stream() != stream) {
        continue;
      }
      if (frame.type() == DATA) {
        body.writeBytes(frame.payload());
      }
      Http2Headers head = heads.get(stream);
      String status = head == null ? "" : String.valueOf(head.status());
      if (frame.endsStream() || frame.type() == RST_STREAM || status.startsWith("1")) {
        return new Answer(
            status,
            head,
            body.toString(StandardCharsets.ISO_8859_1),
            frame.type() == RST_STREAM ? frame.code() : -1);
      }
    }
  }

  /** Reads until a frame of this type on this stream comes. */
  Frame await(int type, int stream) throws Exception {
    while (true) {
      Frame frame = read();
      if (frame.type() == type && frame.stream() == stream) {
        return frame;
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
