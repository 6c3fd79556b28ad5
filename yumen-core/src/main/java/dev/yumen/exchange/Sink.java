package dev.yumen.exchange;

/** Where flowing bytes go. All methods are called on the event loop that owns the source. */
public interface Sink {
  /** Everything that came in this turn of the event loop; the array is the sink's own. */
  void bytes(byte[] bytes);

  /** The bytes ended as HTTP says they must. Nothing follows. */
  void end();

  /** The source's connection broke. Nothing follows. */
  void broken(String why);

  /** About once a second while the flow is open. */
  default void tick() {}

  /** The gateway shuts down and waits no longer. */
  default void shutDown() {}
}
