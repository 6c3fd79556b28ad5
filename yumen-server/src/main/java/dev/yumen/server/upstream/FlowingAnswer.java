package dev.yumen.server.upstream;

import dev.yumen.exchange.Answer;
import dev.yumen.exchange.Headers;
import dev.yumen.exchange.Sink;
import dev.yumen.server.http.Loop;
import dev.yumen.server.http.Ticking;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import org.jspecify.annotations.Nullable;

/**
 * An answer whose body flows. What comes in one turn of the event loop is handed on at once at the
 * turn's end, so that many small events cost one write.
 */
final class FlowingAnswer implements Answer.Flowing, Ticking {
  private final Loop loop;
  private final HttpClientResponse response;
  private final Headers headers;

  private @Nullable Sink sink;
  private byte @Nullable [] first;
  private @Nullable Buffer more;
  private boolean closed;

  FlowingAnswer(Loop loop, HttpClientResponse response, Headers headers) {
    this.loop = loop;
    this.response = response;
    this.headers = headers;
    response.pause();
  }

  @Override
  public int status() {
    return response.statusCode();
  }

  @Override
  public Headers headers() {
    return headers;
  }

  @Override
  public void flow(Sink to) {
    loop.run(() -> {
      if (closed) {
        return;
      }
      sink = to;
      loop.add(this);
      response.handler(this::collect);
      response.endHandler(_ -> {
        if (over()) {
          to.end();
        }
      });
      response.exceptionHandler(cause -> {
        if (over()) {
          to.broken(cause.getClass().getSimpleName());
        }
      });
      response.resume();
    });
  }

  private void collect(Buffer bytes) {
    if (first == null) {
      first = bytes.getBytes();
      loop.run(this::handOn);
    } else if (more == null) {
      more =
          Buffer.buffer(first.length + 4 * bytes.length()).appendBytes(first).appendBuffer(bytes);
    } else {
      more.appendBuffer(bytes);
    }
  }

  private void handOn() {
    byte[] bytes = more == null ? first : more.getBytes();
    first = null;
    more = null;
    if (bytes != null && sink != null && !closed) {
      sink.bytes(bytes);
    }
  }

  /** Hands on the rest; false when somebody ended the answer before. */
  private boolean over() {
    loop.remove(this);
    handOn();
    boolean open = !closed;
    closed = true;
    return open;
  }

  @Override
  public void pause() {
    response.pause();
  }

  @Override
  public void resume() {
    response.resume();
  }

  @Override
  public void close() {
    loop.run(() -> {
      loop.remove(this);
      if (!closed) {
        closed = true;
        response.request().reset();
      }
    });
  }

  @Override
  public void tick(long now) {
    if (sink != null) {
      sink.tick();
    }
  }

  @Override
  public void shutDown() {
    if (sink != null) {
      sink.shutDown();
    }
  }
}
