package dev.yumen.exchange;

/** The caller hung up: nobody is left to answer, and whatever runs for them must stop. */
public final class CallerGone extends Exception {
  private static final long serialVersionUID = 1;

  /** Says that the caller is gone. */
  public CallerGone() {
    super("the caller hung up", null, false, false);
  }
}
