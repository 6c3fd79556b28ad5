package dev.yumen.server.telemetry;

import dev.yumen.audit.Entry;
import dev.yumen.audit.Journal;
import dev.yumen.exchange.Caller;
import dev.yumen.exchange.Delivery;
import dev.yumen.exchange.Prompt;
import dev.yumen.exchange.Usage;
import dev.yumen.server.redaction.Redaction;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One JSON line for each exchange; {@code docs/reference/access-log.md} has the fields. Whatever
 * callers, providers and key files name is redacted and cut.
 *
 * <p>A line is encoded into a shared buffer on the thread that served the exchange, under a lock
 * held for a microsecond or two, and written by one thread of its own, many lines at a time. When
 * the output cannot keep up the buffer fills, and lines are dropped rather than requests held up.
 */
public final class AccessLog implements Journal, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);

  /** Bytes that may wait while as many are being written. */
  private static final int BUFFER = 4 << 20;

  /** How long lines are gathered before they are written. */
  private static final long GATHER_NANOS = Duration.ofMillis(10).toNanos();

  /** How long closing waits for an output that takes nothing. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final int MODELS = 8;
  private static final int NAME_LENGTH = 128;
  private static final int AGENT_LENGTH = 256;
  private static final int PATH_LENGTH = 1024;

  private final OutputStream out;
  private final int buffer;
  private final LongConsumer dropped;
  private final Thread writer = new Thread(this::write, "access-log");
  private final AtomicBoolean saidDropped = new AtomicBoolean();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private JsonLines pending;
  private JsonLines spare;
  private boolean closed;

  private AccessLog(OutputStream out, int buffer, LongConsumer dropped) {
    this.out = out;
    this.buffer = buffer;
    this.dropped = dropped;
    pending = new JsonLines(buffer);
    spare = new JsonLines(buffer);
    writer.setDaemon(true);
  }

  /**
   * Opens the log.
   *
   * @param out where the lines go; for standard output take the bare file stream, because {@link
   *     System#out} hides errors. Not closed
   * @param dropped told the number of lines whenever some are lost, from any thread
   */
  public static AccessLog open(OutputStream out, LongConsumer dropped) {
    return open(out, BUFFER, dropped);
  }

  static AccessLog open(OutputStream out, int buffer, LongConsumer dropped) {
    var log = new AccessLog(out, buffer, dropped);
    log.writer.start();
    return log;
  }

  @Override
  public void ended(Entry entry) {
    boolean taken;
    lock.lock();
    try {
      boolean wasIdle = pending.lines() == 0;
      boolean wasUrgent = urgent();
      taken = !closed && encode(entry, pending);
      if (wasIdle || wasUrgent != urgent()) {
        work.signal();
      }
    } finally {
      lock.unlock();
    }
    if (!taken) {
      dropped.accept(1);
      if (saidDropped.compareAndSet(false, true)) {
        LOG.warn("the access log cannot take every line: lines are dropped and counted");
      }
    }
  }

  /** Writes what waits and ends the writer; gives up on an output that is stuck. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      work.signal();
    } finally {
      lock.unlock();
    }
    try {
      if (!writer.join(PATIENCE)) {
        LOG.warn("the access log's output is stuck: the last lines are lost");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void write() {
    boolean broken = false;
    for (JsonLines batch = take(); batch != null; batch = take()) {
      try {
        if (broken) {
          // What failed may have left half a line.
          out.write('\n');
        }
        out.write(batch.bytes(), 0, batch.length());
        out.flush();
        if (broken) {
          LOG.info("the access log can be written again");
        }
        broken = false;
      } catch (IOException | RuntimeException e) {
        dropped.accept(batch.lines());
        if (!broken) {
          LOG.error("the access log cannot be written: lines are lost until it can", e);
        }
        broken = true;
      }
    }
  }

  /** Waits for lines; null when the log is closed and all are written. */
  private @Nullable JsonLines take() {
    lock.lock();
    try {
      while (pending.lines() == 0 && !closed) {
        work.awaitUninterruptibly();
      }
      if (pending.lines() == 0) {
        return null;
      }
      long left = GATHER_NANOS;
      while (left > 0 && !closed && !urgent()) {
        left = work.awaitNanos(left);
      }
      JsonLines batch = pending;
      pending = spare;
      pending.clear();
      spare = batch;
      return batch;
    } catch (InterruptedException _) {
      return take();
    } finally {
      lock.unlock();
    }
  }

  /** Whether so much waits that it must be written now. */
  private boolean urgent() {
    return pending.length() > buffer / 2;
  }

  private static boolean encode(Entry entry, JsonLines line) {
    Entry.Opening opening = entry.opening();
    line.begin().time("time", opening.at()).text("id", opening.id());
    foreign(line, "method", opening.method(), NAME_LENGTH);
    foreign(line, "path", opening.path(), PATH_LENGTH);
    line.text("peer", opening.peer());
    if (entry.caller() != null) {
      caller(entry.caller(), line);
    }
    if (entry.prompt() != null) {
      prompt(entry.prompt(), line);
    }
    if (entry.route() != null) {
      line.text("provider", entry.route().provider().name());
    }
    switch (entry.outcome()) {
      case Entry.Outcome.Answered(var delivery) -> delivery(delivery, line);
      case Entry.Outcome.Refused(var refusal) ->
          line.number("status", refusal.reason().status()).text("refusal", refusal.reason().code());
      case Entry.Outcome.Abandoned() -> {}
    }
    line.text("ending", Ending.of(entry.outcome()).label());
    line.millis("duration_ms", entry.nanos());
    if (opening.userAgent() != null) {
      foreign(line, "user_agent", opening.userAgent(), AGENT_LENGTH);
    }
    Traceparent parent = Traceparent.parse(opening.traceparent());
    if (parent != null) {
      line.text("trace_id", parent.traceId());
    }
    return line.end();
  }

  private static void caller(Caller caller, JsonLines line) {
    foreign(line, "credential", caller.credential(), AGENT_LENGTH);
    foreign(line, "caller", caller.name(), NAME_LENGTH);
    foreign(line, "tenant", caller.tenant(), NAME_LENGTH);
  }

  private static void prompt(Prompt prompt, JsonLines line) {
    line.text("endpoint", prompt.endpoint().label());
    int count = prompt.models().size();
    if (count > 0) {
      List<String> named =
          prompt.models().stream().limit(MODELS).sorted().map(Redaction::redact).toList();
      line.texts("models", named, NAME_LENGTH);
      if (count > MODELS) {
        line.number("models_omitted", count - MODELS);
      }
    }
    line.flag("streaming", prompt.streaming());
  }

  private static void delivery(Delivery delivery, JsonLines line) {
    line.number("status", delivery.status());
    line.number("bytes", delivery.bytes()).number("events", delivery.events());
    if (delivery.bytes() > 0) {
      line.millis("first_byte_ms", delivery.firstByteNanos());
    }
    if (delivery.model() != null) {
      foreign(line, "model", delivery.model(), NAME_LENGTH);
    }
    Usage usage = delivery.usage();
    if (!usage.equals(Usage.NONE)) {
      line.number("input_tokens", usage.inputTokens());
      line.number("output_tokens", usage.outputTokens());
      line.number("cache_creation_tokens", usage.cacheCreationTokens());
      line.number("cache_read_tokens", usage.cacheReadTokens());
    }
    if (delivery.providerRequestId() != null) {
      foreign(line, "provider_request_id", delivery.providerRequestId(), NAME_LENGTH);
    }
  }

  /** Adds what the gateway did not name itself. */
  private static void foreign(JsonLines line, String name, String value, int most) {
    line.text(name, Redaction.redact(value), most);
  }
}
