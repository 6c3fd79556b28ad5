package dev.yumen.exchange;

/**
 * The caller's side of an exchange. Exactly one of {@link #send} and {@link #open} is called, once.
 */
public interface Reply {

  /**
   * Sends an answer that is whole. From any thread.
   *
   * @param headers without hop headers and without a length, which the reply sets itself
   */
  void send(int status, Headers headers, byte[] body);

  /**
   * Opens an answer whose length is not known. On the loop only, see {@link Answer.Flowing}.
   *
   * @param headers without hop headers; a {@code content-length}, if there is one, is kept
   */
  Outlet open(int status, Headers headers);

  /**
   * What to do, on the loop, when the caller hangs up before the reply is complete; at once when
   * that has happened. Until this is set the serving thread is interrupted instead. From any
   * thread.
   */
  void onGone(Runnable action);

  /** Whether the caller has hung up. From any thread. */
  boolean gone();

  /** The caller's connection. On the loop only. */
  interface Outlet {
    /** Hands bytes to the connection, in one write. Never blocks. */
    void write(byte[] bytes, int from, int to);

    /** Whether the connection holds more than it should: the source must pause. */
    boolean full();

    /** What to do each time the connection has room again after it was full. */
    void onDrain(Runnable action);

    /** Ends the answer properly. */
    void end();

    /** Breaks the connection, so that nobody takes what came for the whole. */
    void reset();
  }
}
