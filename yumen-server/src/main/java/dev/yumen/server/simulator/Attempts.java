package dev.yumen.server.simulator;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts how often the same was asked in a row. Remembers the last few thousand questions. */
final class Attempts {
  private static final int MOST = 4_096;

  private final Map<String, Integer> failed = new LinkedHashMap<>();

  /**
   * Whether this attempt is one of the first so many of the same request; when it is not, counting
   * begins anew.
   */
  boolean fails(MessageRequest request, int failures) {
    String key = Base64.getEncoder().encodeToString(Signatures.sha256(Json.bytes(request.body())));
    int before = failed.getOrDefault(key, 0);
    failed.remove(key);
    if (before >= failures) {
      return false;
    }
    failed.put(key, before + 1);
    if (failed.size() > MOST) {
      failed.remove(failed.keySet().iterator().next());
    }
    return true;
  }
}
