package dev.yumen.benchmarks.load;

import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * Work whose CPU time is compared.
 *
 * @param name in options and tables
 * @param connections callers
 * @param body length of a question's body, in bytes
 * @param events stamped events of each stream; 0 asks for a whole answer
 * @param period milliseconds between events; 0 as fast as they are taken
 * @param perSecond questions a second in an open loop; 0 is a closed loop
 * @param goal the most CPU time for each unit, as a ratio to nginx
 */
record Scenario(
    String name, int connections, int body, int events, int period, int perSecond, double goal) {
  private static final int ENDLESS = 1_000_000_000;
  private static final int KIB = 1024;

  static final List<Scenario> ALL =
      List.of(
          new Scenario("unary-1k", 64, KIB, 0, 0, 0, 2.0),
          new Scenario("unary-1k-1000rps", 64, KIB, 0, 0, 1000, 2.0),
          new Scenario("unary-100k", 32, 100 * KIB, 0, 0, 0, 2.5),
          new Scenario("sse-full-speed", 32, KIB, 100, 0, 0, 2.5),
          new Scenario("sse-2000-paced", 2000, KIB, ENDLESS, 100, 0, 1.7),
          new Scenario("sse-10000-paced", 10_000, KIB, ENDLESS, 1000, 0, 1.7));

  /** What is counted: events, or requests. */
  String unit() {
    return events > 0 ? "event" : "request";
  }

  /** Whether it takes all that a relay can do. */
  boolean isSaturating() {
    return period == 0 && perSecond == 0;
  }

  ByteBuf question(String key) {
    return question(key, events, period, 0, body);
  }

  /** A question, or one for a stream of so many events. */
  static ByteBuf question(String key, int events, int period, int id, int body) {
    String target =
        events == 0
            ? "/v1/messages?beta=true"
            : "/v1/messages?beta=true&events=" + events + "&period=" + period + "&id=" + id;
    return Wire.question(target, key, events > 0, body);
  }

  Scenario with(int fewerConnections) {
    return new Scenario(name, fewerConnections, body, events, period, perSecond, goal);
  }
}
