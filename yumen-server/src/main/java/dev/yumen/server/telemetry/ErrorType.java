package dev.yumen.server.telemetry;

import dev.yumen.audit.Entry;
import dev.yumen.audit.Entry.Outcome;
import dev.yumen.exchange.Delivery;
import dev.yumen.exchange.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The {@code error.type} of the OpenTelemetry conventions: a {@link Reason} of the gateway, or the
 * HTTP status a provider answered.
 */
final class ErrorType {
  private static final int SERVER_ERROR = 500;
  private static final int CLIENT_ERROR = 400;

  private ErrorType() {}

  /** The {@code error.type} of the request; null when the gateway did what was asked. */
  static @Nullable String ofRequest(Entry entry) {
    return switch (entry.outcome()) {
      case Outcome.Answered(var delivery) -> error(delivery, SERVER_ERROR);
      case Outcome.Refused(var refusal) ->
          refusal.reason().status() >= SERVER_ERROR ? refusal.reason().code() : null;
      case Outcome.Abandoned() -> null;
    };
  }

  /** The {@code error.type} of the question; null when the provider answered it. */
  static @Nullable String ofQuestion(Entry entry) {
    return switch (entry.outcome()) {
      case Outcome.Answered(var delivery) -> error(delivery, CLIENT_ERROR);
      case Outcome.Refused(var refusal) -> refusal.reason().code();
      case Outcome.Abandoned() -> null;
    };
  }

  private static @Nullable String error(Delivery delivery, int from) {
    return switch (delivery.ending()) {
      case PROVIDER -> Reason.PROVIDER_BROKEN.code();
      case GATEWAY -> Reason.SHUTTING_DOWN.code();
      case COMPLETE, CALLER ->
          delivery.status() >= from ? Integer.toString(delivery.status()) : null;
    };
  }
}
