package dev.yumen.exchange;

/** Where flowing bytes go. All methods are called on the event loop that owns the source. */
public interface Sink {
  /** Everything that came in this turn of the event loop; the array is the sink's own. */
  void bytes(byte[] bytes);

  /** The bytes ended as HTTP says they must. Nothing follows. */
  void end();

  /** The source's connection broke. Nothing follows. */
  void broken(String why);

  /** The gateway itself cuts the source off, for instance because it is too long. */
  default void refused(Refused refused) {
    broken(refused.refusal().detail());
  }

  /** About once a second while the flow is open. */
  default void tick() {}

  /** The gateway shuts down and waits no longer. */
  default void shutDown() {}
}
