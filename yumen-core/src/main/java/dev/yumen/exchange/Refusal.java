package dev.yumen.exchange;

/**
 * What the gateway answers instead of a model: a stable reason and what is particular to this case.
 *
 * @param reason why, with status, error type and whether a retry can help
 * @param detail one or two sentences for the caller: what was wrong and what to do. Holds neither
 *     credentials nor words of a prompt
 * @param retryAfterSeconds when to come again; 0 when unknown
 */
public record Refusal(Reason reason, String detail, int retryAfterSeconds) {

  /** A refusal without a time to come again. */
  public Refusal(Reason reason, String detail) {
    this(reason, detail, 0);
  }
}
