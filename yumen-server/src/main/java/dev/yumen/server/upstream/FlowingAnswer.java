package dev.yumen.server.upstream;

import dev.yumen.exchange.Answer;
import dev.yumen.exchange.Headers;
import dev.yumen.exchange.Sink;
import dev.yumen.server.http.Loop;
import dev.yumen.server.http.Ticking;
import dev.yumen.server.http.Wire;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * An answer whose body flows. What comes in one turn of the event loop is handed on at once at the
 * turn's end, so that many small events cost one write.
 */
final class FlowingAnswer implements Answer.Flowing, Ticking {
  private final Loop loop;
  private final HttpClientResponse response;
  private final Headers headers;
  private final BooleanSupplier asked;

  private @Nullable Sink sink;
  private byte @Nullable [] first;
  private @Nullable Buffer more;
  private @Nullable Throwable failure;
  private boolean paused;
  private boolean closed;

  /**
   * Pauses the response until somebody takes it. On the loop, in the turn that brought the head.
   *
   * @param asked whether the question was sent in full
   */
  FlowingAnswer(Loop loop, HttpClientResponse response, Headers headers, BooleanSupplier asked) {
    this.loop = loop;
    this.response = response;
    this.headers = headers;
    this.asked = asked;
    response.pause();
    pause();
    response.handler(this::collect);
    response.endHandler(_ -> ended());
    response.exceptionHandler(this::broken);
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
      if (failure != null) {
        broken(failure);
      } else {
        response.resume();
        resume();
      }
    });
  }

  private void collect(Buffer bytes) {
    if (paused) {
      Wire.read(response.request().connection(), false); // the library may have switched it on
    }
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

  private void ended() {
    handOn();
    Sink to = sink;
    if (!closed && to != null) {
      over();
      if (!asked.getAsBoolean()) {
        // It answered without hearing the question out: the rest is not sent, and the connection
        // is of no more use.
        Question.drop(response.request());
      }
      to.end();
    }
  }

  /** The connection may break before the answer is taken: then that is told when it is. */
  private void broken(Throwable cause) {
    failure = cause;
    handOn();
    Sink to = sink;
    if (!closed && to != null) {
      over();
      to.broken(cause.getClass().getSimpleName());
    }
  }

  private void over() {
    closed = true;
    resume();
    loop.remove(this);
  }

  @Override
  public void pause() {
    paused = true;
    if (!Wire.read(response.request().connection(), false)) {
      response.pause();
    }
  }

  @Override
  public void resume() {
    paused = false;
    if (!Wire.read(response.request().connection(), true)) {
      response.resume();
    }
  }

  @Override
  public void close() {
    loop.run(() -> {
      if (!closed) {
        over();
        Question.drop(response.request());
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
