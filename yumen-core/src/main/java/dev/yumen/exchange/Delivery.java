package dev.yumen.exchange;

import org.jspecify.annotations.Nullable;

/**
 * How an answer ended.
 *
 * @param status the HTTP status the caller saw
 * @param ending who ended it
 * @param bytes length of the body handed to the caller's connection
 * @param events number of server-sent events passed on; 0 when the answer was no stream
 * @param usage what the provider reported
 * @param model the model the provider says it used; null when it did not say
 * @param firstByteNanos nanoseconds from arrival to the first byte of the answer's body
 */
public record Delivery(
    int status,
    Ending ending,
    long bytes,
    long events,
    Usage usage,
    @Nullable String model,
    @Nullable String providerRequestId,
    long firstByteNanos) {

  /** Who ended an answer. */
  public enum Ending {
    /** It came whole. */
    COMPLETE,
    /** The caller hung up or stopped reading. */
    CALLER,
    /** The provider broke off, fell silent or reported an error in the stream. */
    PROVIDER,
    /** The gateway shut down or failed. */
    GATEWAY
  }
}
