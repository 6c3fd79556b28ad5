package dev.yumen.server.http;

/** Something on a lane that has patience. Called on the lane's loop only. */
public interface Ticking {
  /**
   * About once a second.
   *
   * @param now the lane's monotonic clock, in nanoseconds
   */
  void tick(long now);

  /** The gateway shuts down and waits no longer. */
  void shutDown();
}
