package dev.yumen.audit;

import dev.yumen.exchange.Prompt;
import dev.yumen.exchange.Route;

/**
 * Where entries go: a log, metrics, traces, a ledger. Called once per exchange on the thread that
 * served it, after the answer has ended; must not block for long and must not throw.
 */
public interface Journal {

  /** Takes the entry of an exchange that has begun; for gauges and traces. */
  default void begun(Entry.Opening opening) {}

  /** Learns that an exchange goes to a provider; for gauges. At most once for each exchange. */
  default void routed(Route route, Prompt prompt) {}

  /** Takes the entry of an exchange that has ended. */
  void ended(Entry entry);
}
