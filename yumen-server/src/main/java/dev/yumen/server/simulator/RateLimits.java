package dev.yumen.server.simulator;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** The headers that tell how much of each limit is left. Here it is always nearly all. */
final class RateLimits {
  private final InstantSource clock;

  RateLimits(InstantSource clock) {
    this.clock = clock;
  }

  void into(Map<String, String> headers) {
    put(headers, "requests", 4_000, 3_999);
    put(headers, "tokens", 2_400_000, 2_400_000);
    put(headers, "input-tokens", 2_000_000, 2_000_000);
    put(headers, "output-tokens", 400_000, 400_000);
  }

  private void put(Map<String, String> headers, String what, int limit, int remaining) {
    String name = "anthropic-ratelimit-" + what + "-";
    headers.put(name + "limit", Integer.toString(limit));
    headers.put(name + "remaining", Integer.toString(remaining));
    headers.put(name + "reset", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
  }
}
