package dev.yumen.server.http;

import dev.yumen.exchange.Abandoned;
import dev.yumen.exchange.Arrival;
import dev.yumen.exchange.Reason;
import dev.yumen.exchange.Refused;
import dev.yumen.exchange.Sink;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A request body that stays on the wire until somebody takes it: first {@code UNREAD}, then {@code
 * FLOWING} into a sink, at last {@code OVER}, whether it ended, was refused, or nobody wants the
 * rest. That the connection broke is not told to the sink: the reply, which is told as well, stops
 * whoever waits.
 */
final class HttpBody implements Arrival.Body, Ticking {
  private enum State {
    UNREAD,
    FLOWING,
    OVER
  }

  /** Bodies up to this length, in bytes, are taken together with their head. */
  private static final int SHORT = 16 * 1024;

  /** A piece of the body and the end of the request. */
  private static final int EARLY = 2;

  private final HttpServerRequest request;
  private final Loop loop;
  private final BodyBudget budget;
  private final Duration patience;

  private long length;
  private @Nullable Buffer early;
  private byte @Nullable [] arrived;

  /** The end was told, and all before it; the request itself may know of an end still to come. */
  private boolean ended;

  private State state = State.UNREAD;
  private boolean paused;
  private long limit;
  private long seen;
  private long heardAt;
  private @Nullable Sink sink;
  private @Nullable WholeBody whole;

  /** Holds the body of a request whose connection is paused. On the loop. */
  HttpBody(HttpServerRequest request, Loop loop, BodyBudget budget, Duration patience) {
    this.request = request;
    this.loop = loop;
    this.budget = budget;
    this.patience = patience;
    this.length = declared(request);
    if (!isSettled()) {
      request.handler(this::keep);
      request.endHandler(_ -> ended = true);
      request.fetch(EARLY);
    }
  }

  /** Keeps a piece until somebody takes the body. The pieces themselves cannot grow. */
  private void keep(Buffer piece) {
    early = early == null ? piece : Buffer.buffer().appendBuffer(early).appendBuffer(piece);
  }

  private static long declared(HttpServerRequest request) {
    String length = request.getHeader("content-length");
    if (length != null) {
      try {
        return Long.parseLong(length);
      } catch (NumberFormatException e) {
        return -1; // HTTP/2 only, and there the frames tell the length
      }
    }
    boolean mayFollow =
        request.version() == HttpVersion.HTTP_2 || request.headers().contains("transfer-encoding");
    return mayFollow ? -1 : 0;
  }

  /**
   * Whether nothing more can be learned in this turn. In HTTP/2 a request without a body does not
   * say so in its head, but by ending with it, which is seen only when the head has been handled. A
   * short question mostly comes together with its head and is in the memory anyway: taken at once,
   * it spares the serving thread a wait.
   */
  boolean isSettled() {
    return length < 0
        ? request.version() != HttpVersion.HTTP_2
        : length == 0
            || length > SHORT
            || !HttpMethod.POST.equals(request.method())
            || awaitsInvitation();
  }

  /** Looks whether the request ended with its head. On the loop, a turn after the head. */
  void settle() {
    if (ended) {
      if (early == null) {
        length = 0;
      } else {
        arrived = early.getBytes();
        length = arrived.length;
        early = null;
      }
    }
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public byte[] read(long limit) throws Refused, Abandoned {
    if (length == 0) {
      return new byte[0];
    }
    if (length > limit) {
      throw tooLarge(limit);
    }
    byte[] bytes = arrived;
    if (bytes != null) {
      arrived = null;
      return bytes;
    }
    var collected = new WholeBody(loop, length, budget, this::refuse);
    loop.run(() -> {
      whole = collected;
      flow(limit, collected);
    });
    return collected.bytes().await();
  }

  @Override
  public void flow(long limit, Sink to) {
    if (state != State.UNREAD) {
      return;
    }
    state = State.FLOWING;
    this.limit = limit;
    sink = to;
    heardAt = loop.now();
    loop.add(this);
    Buffer first = arrived == null ? early : Buffer.buffer(arrived);
    if (first != null) {
      early = null;
      take(first);
    }
    arrived = null;
    if (ended) {
      end();
      return;
    }
    request.handler(this::take);
    request.endHandler(_ -> end());
    request.exceptionHandler(_ -> {});
    if (state == State.FLOWING) {
      inviteBody();
      if (!paused) {
        request.resume();
      }
    }
  }

  /** Says that the body may come, to those who wait for that (RFC 9110 section 10.1.1). */
  private void inviteBody() {
    if (awaitsInvitation() && seen == 0) {
      request.response().writeContinue();
    }
  }

  private boolean awaitsInvitation() {
    return "100-continue".equalsIgnoreCase(request.getHeader("expect"))
        && request.version() != HttpVersion.HTTP_1_0;
  }

  private void take(Buffer bytes) {
    Sink to = sink;
    if (state != State.FLOWING || to == null) {
      return;
    }
    heardAt = loop.now();
    seen += bytes.length();
    if (seen > limit) {
      refuse(tooLarge(limit));
    } else if (whole != null) {
      whole.add(bytes);
    } else {
      to.bytes(bytes.getBytes());
    }
  }

  private void end() {
    Sink to = sink;
    if (state == State.FLOWING && to != null) {
      over();
      to.end();
    }
  }

  private void refuse(Refused refused) {
    Sink to = sink;
    if (state == State.FLOWING && to != null) {
      over();
      if (!request.isEnded()) {
        request.pause();
      }
      to.refused(refused);
    }
  }

  private void over() {
    state = State.OVER;
    sink = null;
    loop.remove(this);
  }

  /** Whether the caller still has something to send that nobody has read. On the loop only. */
  boolean isUnread() {
    return length != 0 && !request.isEnded();
  }

  /** Lets what is left of the body pass unseen. On the loop only. */
  void discard(Runnable then) {
    over();
    if (request.isEnded()) {
      then.run();
      return;
    }
    request.handler((Buffer _) -> {});
    request.endHandler(_ -> then.run());
    request.exceptionHandler(_ -> {});
    request.resume();
  }

  /** Takes nothing more and gives back what was reserved. On the loop only. */
  void release() {
    over();
    early = null;
    forget();
  }

  /**
   * Drops what was read whole, once the answer has begun: nobody will ask again, and a stream may
   * go on for long. On the loop only.
   */
  void forget() {
    arrived = null;
    WholeBody collected = whole;
    if (collected != null) {
      whole = null;
      collected.release();
    }
  }

  @Override
  public void pause() {
    if (state == State.FLOWING && !paused) {
      paused = true;
      if (!request.isEnded()) {
        request.pause();
      }
    }
  }

  @Override
  public void resume() {
    if (state == State.FLOWING && paused) {
      paused = false;
      heardAt = loop.now();
      if (!request.isEnded()) {
        request.resume();
      }
    }
  }

  @Override
  public void tick(long now) {
    if (!paused && now - heardAt > patience.toNanos()) {
      refuse(new Refused(Reason.BODY_INCOMPLETE, "The body came too slowly. Send it once more."));
    }
  }

  @Override
  public void shutDown() {
    // The thread that waits for the body is interrupted.
  }

  private static Refused tooLarge(long limit) {
    return new Refused(
        Reason.BODY_TOO_LARGE, "The body is longer than " + limit + " bytes. Send less at a time.");
  }
}
