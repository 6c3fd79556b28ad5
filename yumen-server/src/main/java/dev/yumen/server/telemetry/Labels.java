package dev.yumen.server.telemetry;

import dev.yumen.server.redaction.Redaction;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Values of a label that others choose: so many and no more, each redacted. Thread-safe, and
 * without a lock for values that are known.
 */
final class Labels {
  /** Distinct values that get a label of their own. */
  static final int MOST = 100;

  private static final int LONGEST = 128;
  private static final String OTHER = "other";

  private final Map<String, String> known = new ConcurrentHashMap<>();

  /** The label for a value: itself, redacted; {@code other} when it is long or there are many. */
  String of(String value) {
    String label = known.get(value);
    return label != null ? label : made(value);
  }

  private synchronized String made(String value) {
    if (value.length() > LONGEST || (known.size() >= MOST && !known.containsKey(value))) {
      return OTHER;
    }
    return known.computeIfAbsent(value, Redaction::redact);
  }
}
