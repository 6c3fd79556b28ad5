package dev.yumen.exchange;

/** A stage refuses to go on; the spine answers with the refusal in the caller's dialect. */
public final class Refused extends Exception {
  private static final long serialVersionUID = 1;

  private final transient Refusal refusal;

  /** Refuses for the reason, with what is particular to this case in one sentence. */
  public Refused(Reason reason, String detail) {
    this(new Refusal(reason, detail));
  }

  /** Refuses with the given refusal. */
  public Refused(Refusal refusal) {
    super(refusal.reason().code(), null, false, false);
    this.refusal = refusal;
  }

  /** What is answered. */
  public Refusal refusal() {
    return refusal;
  }
}
