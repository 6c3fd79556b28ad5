package dev.yumen.relay;

import dev.yumen.exchange.Answer;
import dev.yumen.exchange.Delivery;
import dev.yumen.exchange.Delivery.Ending;
import dev.yumen.exchange.Headers;
import dev.yumen.exchange.Meter;
import dev.yumen.exchange.Reason;
import dev.yumen.exchange.Refusal;
import dev.yumen.exchange.Refused;
import dev.yumen.exchange.Reply;
import dev.yumen.exchange.Sink;
import dev.yumen.relay.Passage.Overlong;
import dev.yumen.relay.Passage.Stretch;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/**
 * Moves one flowing answer to its caller on the event loop that owns both connections, with
 * back-pressure by pausing the provider. The head is sent together with the first bytes, so a
 * provider that fails before can still be answered for with a proper error. It ends once, by
 * whichever comes first: the end, the provider breaking or falling silent, the caller leaving or
 * not reading, the gateway shutting down.
 */
final class Pump implements Sink {
  private final Relay relay;
  private final Duration idle;
  private final Answer.Flowing answer;
  private final Passage passage;
  private final @Nullable Inflation inflation;
  private final Headers head;
  private final Meter meter;
  private final long began;
  private final Reply reply;
  private final Function<Refusal, byte[]> farewell;
  private final CompletableFuture<Delivery> delivery = new CompletableFuture<>();

  private Reply.@Nullable Outlet outlet;
  private boolean paused;
  private long pausedAt;
  private long heardAt;
  private long spokeAt;
  private long sent;
  private long firstByte;

  Pump(
      Relay relay,
      Duration idle,
      Answer.Flowing answer,
      Passage passage,
      @Nullable Inflation inflation,
      Headers head,
      Meter meter,
      long began,
      Reply reply,
      Function<Refusal, byte[]> farewell) {
    this.relay = relay;
    this.idle = idle;
    this.answer = answer;
    this.passage = passage;
    this.inflation = inflation;
    this.head = head;
    this.meter = meter;
    this.began = began;
    this.reply = reply;
    this.farewell = farewell;
    heardAt = relay.nanos().getAsLong();
    spokeAt = heardAt;
  }

  /** Runs to the end, blocking the calling virtual thread; its interruption changes nothing. */
  Delivery run() throws Refused {
    reply.onGone(() -> stop(Ending.CALLER));
    answer.flow(this);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return delivery.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (java.util.concurrent.ExecutionException e) {
          if (e.getCause() instanceof Refused refused) {
            throw refused;
          }
          throw new IllegalStateException(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void bytes(byte[] bytes) {
    if (delivery.isDone()) {
      return;
    }
    heardAt = relay.nanos().getAsLong();
    try {
      byte[] plain = inflation == null ? bytes : inflation.take(bytes, relay.longest());
      forward(passage.take(plain));
    } catch (Overlong e) {
      fail(Reason.PROVIDER_BROKEN, "The provider sent an event that is too long to pass on.");
    } catch (DataFormatException e) {
      fail(Reason.PROVIDER_BROKEN, "The provider's answer was damaged.");
    }
  }

  @Override
  public void end() {
    if (delivery.isDone()) {
      return;
    }
    forward(passage.rest(true));
    if (passage.finished()) {
      opened().end();
      done(meter.failed() ? Ending.PROVIDER : Ending.COMPLETE);
    } else {
      fail(Reason.PROVIDER_BROKEN, "The provider ended its answer too early.");
    }
  }

  @Override
  public void broken(String why) {
    if (delivery.isDone()) {
      return;
    }
    forward(passage.rest(false));
    if (passage.separable() && passage.finished()) {
      opened().end();
      done(meter.failed() ? Ending.PROVIDER : Ending.COMPLETE);
    } else {
      fail(Reason.PROVIDER_BROKEN, "The connection to the provider broke: " + why + ".");
    }
  }

  @Override
  public void tick() {
    if (delivery.isDone()) {
      return;
    }
    long now = relay.nanos().getAsLong();
    if (paused) {
      if (now - pausedAt >= relay.stuck().toNanos()) {
        stop(Ending.CALLER);
      }
    } else if (now - heardAt >= idle.toNanos()) {
      fail(Reason.PROVIDER_TIMEOUT, "The provider has been silent for too long.");
    } else if (passage.separable()
        && !passage.finished()
        && now - spokeAt >= relay.ping().toNanos()) {
      write(Relay.PING, 0, Relay.PING.length);
    }
  }

  @Override
  public void shutDown() {
    if (!delivery.isDone()) {
      end(Ending.GATEWAY, new Refusal(Reason.SHUTTING_DOWN, "The gateway shuts down. Try again."));
    }
  }

  private void forward(Stretch stretch) {
    if (!stretch.isEmpty()) {
      if (firstByte == 0) {
        firstByte = relay.nanos().getAsLong() - began;
      }
      write(stretch.bytes(), stretch.from(), stretch.to());
    }
  }

  private void write(byte[] bytes, int from, int to) {
    Reply.Outlet out = opened();
    out.write(bytes, from, to);
    sent += to - from;
    spokeAt = relay.nanos().getAsLong();
    if (out.full() && !paused) {
      paused = true;
      pausedAt = spokeAt;
      answer.pause();
    }
  }

  private Reply.Outlet opened() {
    Reply.Outlet open = outlet;
    if (open == null) {
      open = reply.open(answer.status(), head);
      open.onDrain(this::resume);
      outlet = open;
    }
    return open;
  }

  private void resume() {
    if (paused && !delivery.isDone()) {
      paused = false;
      // The provider could not speak while it was paused: its silence is counted from here.
      heardAt = relay.nanos().getAsLong();
      answer.resume();
    }
  }

  private void fail(Reason reason, String what) {
    end(Ending.PROVIDER, new Refusal(reason, what + " Try again."));
  }

  /** Ends before the time: with a proper error, an error event, or a broken connection. */
  private void end(Ending ending, Refusal refusal) {
    answer.close();
    if (outlet == null) {
      release();
      delivery.completeExceptionally(new Refused(refusal));
    } else if (passage.separable()) {
      byte[] event = farewell.apply(refusal);
      write(event, 0, event.length);
      outlet.end();
      done(ending);
    } else {
      outlet.reset();
      done(ending);
    }
  }

  private void stop(Ending ending) {
    if (!delivery.isDone()) {
      answer.close();
      if (outlet != null) {
        outlet.reset();
      }
      done(ending);
    }
  }

  private void done(Ending ending) {
    release();
    delivery.complete(
        new Delivery(
            answer.status(),
            ending,
            sent,
            passage.events(),
            meter.usage(),
            meter.model(),
            answer.headers().first("request-id"),
            firstByte));
  }

  private void release() {
    if (inflation != null) {
      inflation.close();
    }
  }
}
