package dev.yumen.relay;

import dev.yumen.exchange.Abandoned;
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
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves one flowing answer to its caller on the event loop that owns both connections, with
 * back-pressure by pausing the provider. The head is sent together with the first bytes, so a
 * provider that fails before can still be answered for with a proper error. It ends once, by
 * whichever comes first: the end, the provider breaking or falling silent, the caller leaving or
 * not reading, the gateway shutting down.
 */
final class Pump implements Sink {
  private static final Logger LOG = LoggerFactory.getLogger(Pump.class);

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
  private volatile boolean interrupted;

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
    heardAt = now();
    spokeAt = heardAt;
  }

  /**
   * Runs to the end, blocking the calling virtual thread. An interruption that came too early for
   * the loop to know of is taken for what it means: the gateway shuts down.
   */
  Delivery run() throws Refused, Abandoned {
    reply.onGone(this::callerLeft);
    answer.flow(this);
    try {
      while (true) {
        try {
          return delivery.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          switch (e.getCause()) {
            case Refused refused -> throw refused;
            case Abandoned abandoned -> throw abandoned;
            case RuntimeException fault -> throw fault;
            case Error fault -> throw fault;
            case null, default -> throw new IllegalStateException(e);
          }
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
    unlessOver(() -> {
      heardAt = now();
      byte[] plain = inflation == null ? bytes : inflation.take(bytes, relay.longest());
      forward(passage.take(plain));
    });
  }

  @Override
  public void end() {
    unlessOver(() -> {
      forward(passage.rest(true));
      if (passage.finished()) {
        complete();
      } else {
        fail(Reason.PROVIDER_BROKEN, "The provider ended its answer too early.");
      }
    });
  }

  @Override
  public void broken(String why) {
    unlessOver(() -> {
      forward(passage.rest(false));
      fail(Reason.PROVIDER_BROKEN, "The connection to the provider broke: " + why + ".");
    });
  }

  @Override
  public void tick() {
    unlessOver(() -> {
      long now = now();
      if (interrupted) {
        shutDown();
      } else if (paused) {
        if (now - pausedAt >= relay.stuck().toNanos()) {
          stop(Ending.CALLER);
        }
      } else if (now - heardAt >= idle.toNanos()) {
        fail(Reason.PROVIDER_TIMEOUT, "The provider has been silent for too long.");
      } else if (passage.separable() && now - spokeAt >= relay.ping().toNanos()) {
        fillSilence();
      }
    });
  }

  @Override
  public void shutDown() {
    unlessOver(() ->
        end(
            Ending.GATEWAY,
            new Refusal(Reason.SHUTTING_DOWN, "The gateway shuts down. Try again.")));
  }

  /**
   * The provider has said nothing for a while. Before its first event nothing is sent, for a proper
   * error can still be answered; after its last one nothing may follow, and it is not waited for.
   */
  private void fillSilence() {
    if (passage.finished()) {
      complete();
      answer.close();
    } else if (outlet != null) {
      write(Relay.PING, 0, Relay.PING.length);
    }
  }

  /** What a turn of the loop does here; a fault in it must not leave the spine waiting. */
  private interface Turn {
    void take() throws Overlong, DataFormatException;
  }

  private void unlessOver(Turn turn) {
    if (delivery.isDone()) {
      return;
    }
    try {
      turn.take();
    } catch (Overlong e) {
      fail(Reason.PROVIDER_BROKEN, "The provider sent an event that is too long to pass on.");
    } catch (DataFormatException e) {
      fail(Reason.PROVIDER_BROKEN, "The provider's answer was damaged.");
    } catch (RuntimeException | Error e) {
      crash(e);
    }
  }

  private void crash(Throwable fault) {
    if (outlet == null) {
      fail(fault);
      return;
    }
    LOG.error("{} failed on its way to the caller", head.first("yumen-request-id"), fault);
    try {
      end(
          Ending.GATEWAY,
          new Refusal(Reason.INTERNAL, "The gateway failed. Its log has the request id."));
    } catch (RuntimeException again) {
      stop(Ending.GATEWAY);
    }
  }

  private long now() {
    return relay.nanos().getAsLong();
  }

  private void forward(Stretch stretch) {
    if (!stretch.isEmpty()) {
      if (firstByte == 0) {
        firstByte = now() - began;
      }
      write(stretch.bytes(), stretch.from(), stretch.to());
    }
  }

  private void write(byte[] bytes, int from, int to) {
    Reply.Outlet out = opened();
    out.write(bytes, from, to);
    sent += to - from;
    spokeAt = now();
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
      heardAt = now();
      answer.resume();
    }
  }

  private void fail(Reason reason, String what) {
    end(Ending.PROVIDER, new Refusal(reason, what + " Try again."));
  }

  private void complete() {
    if (!delivery.isDone()) {
      opened().end();
      done(natural());
    }
  }

  /** How an answer ended that has said its last word. */
  private Ending natural() {
    return meter.failed() ? Ending.PROVIDER : Ending.COMPLETE;
  }

  /**
   * Ends before the time: with a proper error, an error event, or a broken connection. A stream
   * that has said its last word was not interrupted, whatever happens to it afterwards.
   */
  private void end(Ending ending, Refusal refusal) {
    if (delivery.isDone()) {
      return;
    }
    answer.close();
    if (outlet == null) {
      fail(new Refused(refusal));
    } else if (!passage.separable()) {
      outlet.reset();
      done(ending);
    } else if (passage.finished()) {
      complete();
    } else {
      byte[] event = farewell.apply(refusal);
      write(event, 0, event.length);
      if (!delivery.isDone()) {
        outlet.end();
        done(ending);
      }
    }
  }

  private void callerLeft() {
    // Some hang up as soon as they have read the last event, before the connection ends properly.
    boolean servedWholly = passage.separable() && passage.finished() && !paused;
    stop(servedWholly ? natural() : Ending.CALLER);
  }

  /** Ends without another word. */
  private void stop(Ending ending) {
    if (delivery.isDone()) {
      return;
    }
    answer.close();
    if (outlet == null) {
      fail(new Abandoned());
    } else {
      outlet.reset();
      done(ending);
    }
  }

  /** Nothing was sent: the spine decides what the caller gets. */
  private void fail(Throwable cause) {
    answer.close();
    release();
    delivery.completeExceptionally(cause);
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
