package dev.yumen.audit;

/**
 * Where entries go: a log, metrics, traces, a ledger. Called once per exchange on the thread that
 * served it, after the answer has ended; must not block for long and must not throw.
 */
public interface Journal {

  /** Takes the entry of an exchange that has begun; for gauges and traces. */
  default void begun(Entry.Opening opening) {}

  /** Takes the entry of an exchange that has ended. */
  void ended(Entry entry);
}
