package dev.yumen.server.http;

import dev.yumen.exchange.Headers;
import dev.yumen.exchange.Reply;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.Http2Error;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.buffer.BufferInternal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The caller's side of an exchange, over HTTP/1 or HTTP/2. It is {@code OPEN} until its end was
 * handed to the connection, then {@code ENDING} until the connection has taken everything, perhaps
 * {@code LINGERING} while the rest of an unread request is let in, and at last {@code OVER}, once,
 * by whichever way comes first.
 */
final class HttpReply implements Reply, Reply.Outlet, Ticking {
  private enum State {
    OPEN,
    ENDING,
    LINGERING,
    OVER
  }

  /** Bodies up to this length are handed over at once; longer ones piece by piece. */
  private static final int PIECE = 256 * 1024;

  /** How long the rest of an unwanted body is let in before the connection is closed. */
  private static final Duration LINGER = Duration.ofSeconds(2);

  private static final byte[] NOTHING = new byte[0];

  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final HttpVersion version;
  private final HttpBody body;
  private final Loop loop;
  private final Connections connections;
  private final Duration patience;
  private final Runnable onEnd;

  private volatile boolean gone;
  private State state = State.OPEN;
  private @Nullable Thread thread;
  private @Nullable Runnable onGone;
  private @Nullable Runnable onDrain;
  private boolean endsWithConnection;
  private boolean waiting;
  private long waitingSince;

  /**
   * Answers the request. On the loop.
   *
   * @param patience a caller that takes nothing for so long is cut off
   * @param onEnd what to do, once, when nothing more will be sent
   */
  HttpReply(
      HttpServerRequest request,
      HttpBody body,
      Loop loop,
      Connections connections,
      Duration patience,
      Runnable onEnd) {
    this.request = request;
    this.response = request.response();
    this.version = request.version();
    this.body = body;
    this.loop = loop;
    this.connections = connections;
    this.patience = patience;
    this.onEnd = onEnd;
    loop.add(this);
    response.closeHandler(_ -> callerGone());
    response.exceptionHandler(_ -> callerGone());
  }

  /** Names the thread to interrupt when the caller leaves while nothing flows yet. On the loop. */
  void servedBy(Thread serving) {
    thread = serving;
  }

  @Override
  public void send(int status, Headers headers, byte[] bytes) {
    loop.run(() -> sendNow(status, headers, bytes));
  }

  private void sendNow(int status, Headers headers, byte[] bytes) {
    if (state != State.OPEN) {
      return;
    }
    if (response.headWritten()) {
      reset();
      return;
    }
    head(status, headers);
    if (HttpMethod.HEAD.equals(request.method())) {
      response.putHeader("content-length", Integer.toString(bytes.length));
      finish(NOTHING);
    } else if (bytes.length <= PIECE) {
      finish(bytes);
    } else {
      response.putHeader("content-length", Integer.toString(bytes.length));
      pieces(bytes, 0);
    }
  }

  private void pieces(byte[] bytes, int from) {
    int at = from;
    while (at < bytes.length && !full()) {
      int to = Math.min(at + PIECE, bytes.length);
      write(bytes, at, to);
      at = to;
    }
    if (at == bytes.length) {
      end();
    } else {
      int next = at;
      waitForCaller();
      onDrain(() -> {
        waiting = false;
        pieces(bytes, next);
      });
    }
  }

  @Override
  public Outlet open(int status, Headers headers) {
    if (state == State.OPEN) {
      head(status, headers);
      if (!headers.has("content-length") && mayHaveBody(status)) {
        if (version == HttpVersion.HTTP_1_1) {
          response.setChunked(true);
        } else {
          endsWithConnection = version == HttpVersion.HTTP_1_0;
        }
      }
    }
    return this;
  }

  @Override
  public void write(byte[] bytes, int from, int to) {
    if (state == State.OPEN && !HttpMethod.HEAD.equals(request.method())) {
      response.write(buffer(bytes, from, to));
    }
  }

  @Override
  public boolean full() {
    return state == State.OPEN && response.writeQueueFull();
  }

  @Override
  public void onDrain(Runnable action) {
    if (onDrain == null && state == State.OPEN) {
      response.drainHandler(_ -> {
        Runnable drained = onDrain;
        if (drained != null && state == State.OPEN) {
          drained.run();
        }
      });
    }
    onDrain = action;
  }

  @Override
  public void end() {
    finish(NOTHING);
  }

  private void finish(byte[] last) {
    if (state != State.OPEN) {
      return;
    }
    state = State.ENDING;
    waitForCaller();
    boolean unread = body.isUnread();
    var written = last.length == 0 ? response.end() : response.end(buffer(last, 0, last.length));
    written.onComplete(taken -> {
      if (state != State.ENDING) {
        return;
      }
      if (unread && taken.succeeded()) {
        linger();
        return;
      }
      over();
      if (endsWithConnection) {
        request.connection().close();
      }
    });
  }

  /**
   * Closing at once with bytes unread would make the peer's TCP throw the answer away (RFC 9112
   * section 9.6), so a little more is let in first. An HTTP/2 stream is closed without an error
   * instead (RFC 9113 section 8.1).
   */
  private void linger() {
    if (version == HttpVersion.HTTP_2) {
      over();
      response.reset(Http2Error.NO_ERROR.code());
      return;
    }
    state = State.LINGERING;
    waitForCaller();
    body.discard(this::closeAfterLinger);
  }

  private void closeAfterLinger() {
    if (state == State.LINGERING) {
      over();
      request.connection().close();
    }
  }

  @Override
  public void reset() {
    if (state != State.OVER) {
      over();
      if (version == HttpVersion.HTTP_2) {
        response.reset(Http2Error.INTERNAL_ERROR.code());
      } else {
        Wire.cut(request.connection());
      }
    }
  }

  @Override
  public void onGone(Runnable action) {
    loop.run(() -> {
      if (gone) {
        action.run();
      } else {
        onGone = action;
      }
    });
  }

  @Override
  public boolean gone() {
    return gone;
  }

  private void callerGone() {
    if (state == State.OVER) {
      return;
    }
    boolean open = state == State.OPEN;
    gone = open;
    over();
    if (open) {
      stopServing();
    }
  }

  private void stopServing() {
    Runnable action = onGone;
    Thread serving = thread;
    if (action != null) {
      action.run();
    } else if (serving != null) {
      serving.interrupt();
    }
  }

  private void over() {
    state = State.OVER;
    waiting = false;
    loop.remove(this);
    body.release();
    onEnd.run();
  }

  private void waitForCaller() {
    waiting = true;
    waitingSince = loop.now();
  }

  @Override
  public void tick(long now) {
    if (!waiting) {
      return;
    }
    long waited = now - waitingSince;
    if (state == State.LINGERING && waited > LINGER.toNanos()) {
      closeAfterLinger();
    } else if (waited > patience.toNanos()) {
      reset();
    }
  }

  @Override
  public void shutDown() {
    Thread serving = thread;
    if (state == State.OPEN && serving != null && onGone == null) {
      serving.interrupt();
    }
  }

  private void head(int status, Headers headers) {
    body.forget();
    response.setStatusCode(status);
    var fields = response.headers();
    headers.forEach(fields::add);
    if (version != HttpVersion.HTTP_2 && (body.isUnread() || loop.isClosing())) {
      fields.set("connection", "close");
      connections.last(request.connection());
    }
  }

  /** RFC 9110 sections 9.3.2 and 6.4.1. */
  private boolean mayHaveBody(int status) {
    return status != 204 && status != 304 && !HttpMethod.HEAD.equals(request.method());
  }

  /** Wraps without copying; the bytes are not changed after they were handed over. */
  private static Buffer buffer(byte[] bytes, int from, int to) {
    return BufferInternal.buffer(Unpooled.wrappedBuffer(bytes, from, to - from));
  }
}
