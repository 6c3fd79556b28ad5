package dev.yumen.audit;

import dev.yumen.exchange.Arrival;
import dev.yumen.exchange.Caller;
import dev.yumen.exchange.Delivery;
import dev.yumen.exchange.Prompt;
import dev.yumen.exchange.Refusal;
import dev.yumen.exchange.Route;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a trail for each exchange and writes its one entry when it ends, however it ends.
 *
 * @param journals where entries go, in this order
 * @param nanos a monotonic clock in nanoseconds
 */
public record Audit(List<Journal> journals, LongSupplier nanos) {

  private static final Logger LOG = LoggerFactory.getLogger(Audit.class);

  /** Copies the list. */
  public Audit {
    journals = List.copyOf(journals);
  }

  /** Begins the trail of an arrival. */
  public Trail begin(Arrival arrival) {
    return new Trail(arrival);
  }

  /** One journal that fails takes the entry from no other, and the answer from no caller. */
  private void tellAll(Consumer<Journal> news) {
    for (Journal journal : journals) {
      try {
        news.accept(journal);
      } catch (RuntimeException e) {
        LOG.error("a journal failed", e);
      }
    }
  }

  /** What becomes known of one exchange. Belongs to the thread that serves it. */
  public final class Trail implements AutoCloseable {
    private final Entry.Opening opening;
    private final long began = nanos.getAsLong();
    private @Nullable Caller caller;
    private @Nullable Prompt prompt;
    private @Nullable Route route;
    private long routed;
    private Entry.Outcome outcome = new Entry.Outcome.Abandoned();

    private Trail(Arrival arrival) {
      opening =
          new Entry.Opening(
              arrival.id(),
              arrival.at(),
              arrival.method(),
              arrival.path(),
              arrival.peer(),
              arrival.headers().first("user-agent"),
              arrival.headers().first("traceparent"),
              arrival.headers().first("tracestate"));
      tellAll(journal -> journal.begun(opening));
    }

    /** Says who asks. */
    public void caller(Caller known) {
      caller = known;
    }

    /** Says what is asked. */
    public void prompt(Prompt read) {
      prompt = read.withoutContent();
    }

    /** Says where it goes, once and after the prompt was told. */
    public void route(Route taken) {
      route = taken;
      routed = nanos.getAsLong() - began;
      for (Journal journal : journals) {
        journal.routed(taken, Objects.requireNonNull(prompt));
      }
    }

    /** Says that it was refused. */
    public void refused(Refusal refusal) {
      outcome = new Entry.Outcome.Refused(refusal);
    }

    /** Says that it was answered. */
    public void answered(Delivery delivery) {
      outcome = new Entry.Outcome.Answered(delivery);
    }

    /** When the exchange began, by the audit's clock in nanoseconds. */
    public long began() {
      return began;
    }

    /** Writes the entry. */
    @Override
    public void close() {
      var entry =
          new Entry(opening, caller, prompt, route, outcome, routed, nanos.getAsLong() - began);
      tellAll(journal -> journal.ended(entry));
    }
  }
}
