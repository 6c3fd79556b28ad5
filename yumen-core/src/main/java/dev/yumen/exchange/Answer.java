package dev.yumen.exchange;

/**
 * What a provider answered. Either it came whole, or its head is here and its body flows. Closing
 * an answer that still flows frees the provider's connection at once.
 */
public sealed interface Answer extends AutoCloseable {

  /** The HTTP status. */
  int status();

  /** The header fields, as sent. */
  Headers headers();

  @Override
  void close();

  /** An answer that came whole, decoded unless its coding is named in the headers. */
  record Whole(int status, Headers headers, byte[] body) implements Answer {
    @Override
    public void close() {}

    @Override
    public String toString() {
      return "Whole[" + status + ", " + body.length + " bytes]";
    }
  }

  /**
   * An answer whose body flows. Bytes are delivered on one event loop, the same that owns the
   * caller's connection; the other methods may be called from any thread unless they say otherwise.
   */
  non-sealed interface Flowing extends Answer {

    /** Lets the body flow into the sink; called once, from any thread. */
    void flow(Sink sink);

    /** Stops reading from the provider. On the loop only. */
    void pause();

    /** Goes on reading. On the loop only. */
    void resume();
  }
}
