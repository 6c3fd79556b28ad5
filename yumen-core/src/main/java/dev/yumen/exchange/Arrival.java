package dev.yumen.exchange;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One request at the door: its head, and a body that stays on the wire until a stage reads it, so
 * that nobody unknown makes the gateway hold more than what the network brings with the head, which
 * is at most 16 KiB.
 *
 * <p>The head may be read from any thread.
 */
public interface Arrival {

  /** The gateway's own name for this exchange, {@code req_} and 24 letters or digits; unique. */
  String id();

  /** When the head was complete. */
  Instant at();

  /** The method as sent, for instance {@code POST}. */
  String method();

  /** The path as sent, percent-encoding untouched, without the query. Begins with a slash. */
  String path();

  /** What follows the question mark, as sent; null when there is none. */
  @Nullable String query();

  /** The header fields as sent. */
  Headers headers();

  /** The address of the peer, for the access log: literal IP without the port. */
  String peer();

  /**
   * The scheme and authority under which the caller reached the gateway, without a slash at the
   * end, for instance {@code https://llm.example.org}. Used for links in answers.
   */
  String origin();

  /** The body, unread. */
  Body body();

  /** A request body on the wire. It can be taken once. */
  interface Body {

    /**
     * Reads the whole body, blocking the calling virtual thread.
     *
     * @param limit bytes; a longer body is refused, before it is read when its length was declared
     * @throws Refused with {@link Reason#BODY_TOO_LARGE}, {@link Reason#OVERLOADED} when the memory
     *     for bodies in flight is used up, or {@link Reason#BODY_INCOMPLETE} when it came too
     *     slowly
     * @throws Abandoned when the caller hung up or the gateway shuts down
     */
    byte[] read(long limit) throws Refused, Abandoned;

    /** The declared length in bytes; 0 when there is no body, -1 when it is sent in chunks. */
    long length();

    /**
     * Lets the body flow into the sink without being held. On the loop only.
     *
     * @param limit bytes; a longer body breaks the flow
     */
    void flow(long limit, Sink sink);

    /** Stops reading from the caller. On the loop only. */
    void pause();

    /** Goes on reading. On the loop only. */
    void resume();
  }
}
