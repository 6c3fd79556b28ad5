package dev.yumen.exchange;

/**
 * The exchange was abandoned while a stage waited: the caller hung up, or the gateway shuts down.
 * Whatever runs for it must stop. Stages throw it when their thread is interrupted.
 */
public final class Abandoned extends Exception {
  private static final long serialVersionUID = 1;

  /** Says that nobody waits any more. */
  public Abandoned() {
    super("abandoned", null, false, false);
  }
}
