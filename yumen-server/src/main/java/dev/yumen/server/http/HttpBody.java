package dev.yumen.server.http;

import dev.yumen.exchange.Abandoned;
import dev.yumen.exchange.Arrival;
import dev.yumen.exchange.Reason;
import dev.yumen.exchange.Refused;
import dev.yumen.exchange.Sink;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A request body on a paused connection. */
final class HttpBody implements Arrival.Body, Ticking {
  private static final int FIRST = 16 * 1024;

  private final HttpServerRequest request;
  private final Loop loop;
  private final BodyBudget budget;
  private final Duration patience;
  private final long length;
  private final CompletableFuture<byte[]> whole = new CompletableFuture<>();

  private byte[] collected = new byte[0];
  private int size;
  private long reserved;
  private long heardAt;
  private boolean taken;
  private boolean paused;
  private Sink sink =
      new Sink() {
        @Override
        public void bytes(byte[] bytes) {}

        @Override
        public void end() {}

        @Override
        public void broken(String why) {}
      };

  HttpBody(HttpServerRequest request, Loop loop, BodyBudget budget, Duration patience) {
    this.request = request;
    this.loop = loop;
    this.budget = budget;
    this.patience = patience;
    this.length = declared(request);
  }

  private static long declared(HttpServerRequest request) {
    String length = request.getHeader("content-length");
    if (length != null) {
      return Long.parseLong(length);
    }
    return request.isEnded() || !mayFollow(request) ? 0 : -1;
  }

  private static boolean mayFollow(HttpServerRequest request) {
    return request.headers().contains("transfer-encoding")
        || request.version() == io.vertx.core.http.HttpVersion.HTTP_2;
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
    loop.run(() -> collect(limit));
    try {
      return whole.get();
    } catch (InterruptedException e) {
      throw new Abandoned();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Refused refused) {
        throw refused;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private void collect(long limit) {
    begin(
        limit,
        new Sink() {
          @Override
          public void bytes(byte[] bytes) {
            append(bytes);
          }

          @Override
          public void end() {
            whole.complete(size == collected.length ? collected : Arrays.copyOf(collected, size));
            collected = new byte[0];
          }

          @Override
          public void broken(String why) {
            whole.completeExceptionally(new Refused(Reason.BODY_INCOMPLETE, why));
          }
        });
  }

  private void append(byte[] bytes) {
    int needed = size + bytes.length;
    if (needed > collected.length) {
      long room = Math.max(needed, Math.max(FIRST, collected.length * 2L));
      room = length > 0 ? Math.max(needed, Math.min(room, length)) : room;
      if (!budget.take(room - collected.length)) {
        refuse(
            new Refused(
                Reason.OVERLOADED,
                "The gateway holds as many request bodies as it can. Try again shortly."));
        return;
      }
      reserved += room - collected.length;
      collected = Arrays.copyOf(collected, (int) room);
    }
    System.arraycopy(bytes, 0, collected, size, bytes.length);
    size = needed;
  }

  @Override
  public void flow(long limit, Sink to) {
    begin(limit, to);
  }

  private void begin(long limit, Sink to) {
    sink = to;
    taken = true;
    heardAt = loop.now();
    loop.add(this);
    long[] seen = {0};
    request.handler(buffer -> {
      heardAt = loop.now();
      seen[0] += buffer.length();
      if (seen[0] > limit) {
        refuse(tooLarge(limit));
      } else {
        sink.bytes(buffer.getBytes());
      }
    });
    request.endHandler(_ -> {
      loop.remove(this);
      sink.end();
    });
    request.exceptionHandler(_ -> fail("The body broke off."));
    if ("100-continue".equalsIgnoreCase(request.getHeader("expect"))) {
      request.response().writeContinue();
    }
    request.resume();
  }

  private void refuse(Refused refused) {
    request.pause();
    loop.remove(this);
    taken = false;
    request.handler(_ -> {});
    whole.completeExceptionally(refused);
    sink.broken(refused.refusal().detail());
  }

  private void fail(String why) {
    loop.remove(this);
    sink.broken(why);
  }

  /** Whether the caller still has something to send that nobody wants. On the loop only. */
  boolean isUnread() {
    return length != 0 && !request.isEnded();
  }

  /** Lets what is left of the body pass unseen. On the loop only. */
  void discard() {
    loop.remove(this);
    request.handler((Buffer _) -> {});
    request.endHandler(_ -> {});
    request.exceptionHandler(_ -> {});
    request.resume();
  }

  /** Gives back what was reserved. On the loop only. */
  void release() {
    loop.remove(this);
    budget.giveBack(reserved);
    reserved = 0;
  }

  @Override
  public void pause() {
    paused = true;
    request.pause();
  }

  @Override
  public void resume() {
    paused = false;
    heardAt = loop.now();
    request.resume();
  }

  @Override
  public void tick(long now) {
    if (!paused && taken && now - heardAt > patience.toNanos()) {
      fail("The body came too slowly. Send it again.");
    }
  }

  @Override
  public void shutDown() {}

  private static Refused tooLarge(long limit) {
    return new Refused(
        Reason.BODY_TOO_LARGE, "The body is longer than " + limit + " bytes. Send less at a time.");
  }
}
