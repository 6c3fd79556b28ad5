package dev.yumen.exchange;

import org.jspecify.annotations.Nullable;

/**
 * Reads from an answer what must be counted, without changing it. Belongs to one answer and to one
 * thread at a time.
 */
public interface Meter {

  /** One whole server-sent event of a stream, its closing blank line included. */
  void event(byte[] bytes, int from, int to);

  /** The body of an answer that came whole. */
  void body(byte[] bytes);

  /** Whether the stream has said that it is over; nothing may follow it. */
  boolean finished();

  /** Whether the stream has reported an error. */
  boolean failed();

  /** What was consumed, as far as reported. */
  Usage usage();

  /** The model that answered; null when it did not say. */
  @Nullable String model();
}
