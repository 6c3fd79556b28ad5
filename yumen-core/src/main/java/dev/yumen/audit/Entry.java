package dev.yumen.audit;

import dev.yumen.exchange.Caller;
import dev.yumen.exchange.Delivery;
import dev.yumen.exchange.Prompt;
import dev.yumen.exchange.Refusal;
import dev.yumen.exchange.Route;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One exchange from arrival to end. Holds no word of a prompt or an answer and no credential.
 *
 * @param opening what was known when it began
 * @param caller who asked; null when nobody was identified
 * @param prompt what was asked, for its endpoint, models and mode only; null when it was not read
 * @param route where it went; null when it went nowhere
 * @param outcome how it ended
 * @param routedNanos from arrival to the moment the provider was chosen; 0 when none was
 * @param nanos from arrival to end
 */
public record Entry(
    Opening opening,
    @Nullable Caller caller,
    @Nullable Prompt prompt,
    @Nullable Route route,
    Outcome outcome,
    long routedNanos,
    long nanos) {

  /**
   * What is known when an exchange begins.
   *
   * @param id the exchange's own name
   * @param at when its head was complete
   * @param method HTTP method
   * @param path as sent, without the query
   * @param peer literal IP address
   * @param userAgent as sent; null when absent
   * @param traceparent W3C trace context as sent; null when absent
   * @param tracestate what vendors of tracing add to it, as sent; null when absent
   */
  public record Opening(
      String id,
      Instant at,
      String method,
      String path,
      String peer,
      @Nullable String userAgent,
      @Nullable String traceparent,
      @Nullable String tracestate) {}

  /** How an exchange ended. */
  public sealed interface Outcome {
    /** A provider's answer was passed on, whole or in part. */
    record Answered(Delivery delivery) implements Outcome {}

    /** The gateway refused. */
    record Refused(Refusal refusal) implements Outcome {}

    /** The caller hung up before anything was answered. */
    record Abandoned() implements Outcome {}
  }
}
