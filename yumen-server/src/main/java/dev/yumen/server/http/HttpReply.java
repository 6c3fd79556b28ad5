package dev.yumen.server.http;

import dev.yumen.exchange.Headers;
import dev.yumen.exchange.Reply;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.buffer.BufferInternal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The caller's side of an exchange, over HTTP/1.1 or HTTP/2. */
final class HttpReply implements Reply, Reply.Outlet, Ticking {
  /** Bodies up to this length are handed over at once; longer ones piece by piece. */
  private static final int PIECE = 256 * 1024;

  /** How long the rest of an unwanted body is let in before the connection is closed. */
  private static final Duration LINGER = Duration.ofSeconds(2);

  private final HttpServerResponse response;
  private final HttpVersion version;
  private final Runnable close;
  private final HttpBody body;
  private final Loop loop;
  private final Duration patience;
  private final Runnable onEnd;

  private volatile boolean gone;
  private @Nullable Thread thread;
  private @Nullable Runnable onGone;
  private @Nullable Runnable onDrain;
  private boolean ended;
  private boolean lingering;
  private long waitingSince;

  HttpReply(
      io.vertx.core.http.HttpServerRequest request,
      HttpBody body,
      Loop loop,
      Duration patience,
      Runnable onEnd) {
    this.response = request.response();
    this.version = request.version();
    this.close = () -> request.connection().close();
    this.body = body;
    this.loop = loop;
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
    if (gone || ended) {
      return;
    }
    if (response.headWritten()) {
      reset();
      return;
    }
    head(status, headers);
    if (bytes.length <= PIECE) {
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
      waitingSince = loop.now();
      onDrain(() -> {
        waitingSince = 0;
        pieces(bytes, next);
      });
    }
  }

  @Override
  public Outlet open(int status, Headers headers) {
    head(status, headers);
    if (!headers.has("content-length") && version == HttpVersion.HTTP_1_1) {
      response.setChunked(true);
    }
    return this;
  }

  @Override
  public void write(byte[] bytes, int from, int to) {
    if (!gone && !ended) {
      response.write(buffer(bytes, from, to));
    }
  }

  @Override
  public boolean full() {
    return response.writeQueueFull();
  }

  @Override
  public void onDrain(Runnable action) {
    if (onDrain == null) {
      response.drainHandler(_ -> {
        Runnable drained = onDrain;
        if (drained != null) {
          drained.run();
        }
      });
    }
    onDrain = action;
  }

  @Override
  public void end() {
    finish(new byte[0]);
  }

  private void finish(byte[] last) {
    if (gone || ended) {
      return;
    }
    ended = true;
    waitingSince = loop.now();
    boolean unread = body.isUnread();
    var written = last.length == 0 ? response.end() : response.end(buffer(last, 0, last.length));
    written.onComplete(_ -> {
      if (unread && !gone) {
        linger();
      } else {
        over();
      }
    });
  }

  /**
   * Closing at once with bytes unread would make the peer's TCP throw the answer away (RFC 9112
   * section 9.6), so a little more is let in first.
   */
  private void linger() {
    if (version == HttpVersion.HTTP_2) {
      response.reset();
      over();
      return;
    }
    lingering = true;
    waitingSince = loop.now();
    body.discard();
  }

  @Override
  public void reset() {
    ended = true;
    if (version == HttpVersion.HTTP_2) {
      response.reset();
    } else {
      close.run();
    }
    over();
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
    if (gone) {
      return;
    }
    gone = true;
    Runnable action = onGone;
    Thread serving = thread;
    if (action != null) {
      action.run();
    } else if (serving != null && !ended) {
      serving.interrupt();
    }
    over();
  }

  private void over() {
    thread = null;
    loop.remove(this);
    body.release();
    onEnd.run();
  }

  @Override
  public void tick(long now) {
    if (lingering) {
      if (now - waitingSince > LINGER.toNanos() || !body.isUnread()) {
        lingering = false;
        over();
        close.run();
      }
    } else if (waitingSince != 0 && now - waitingSince > patience.toNanos()) {
      close.run();
    }
  }

  @Override
  public void shutDown() {
    Thread serving = thread;
    if (serving != null && onGone == null) {
      serving.interrupt();
    }
  }

  private void head(int status, Headers headers) {
    response.setStatusCode(status);
    var fields = response.headers();
    headers.forEach(fields::add);
    if (body.isUnread() && version != HttpVersion.HTTP_2) {
      fields.set("connection", "close");
    }
  }

  /** Wraps without copying; the bytes are not changed after they were handed over. */
  private static Buffer buffer(byte[] bytes, int from, int to) {
    return BufferInternal.buffer(Unpooled.wrappedBuffer(bytes, from, to - from));
  }
}
