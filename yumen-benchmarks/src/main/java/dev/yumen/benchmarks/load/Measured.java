package dev.yumen.benchmarks.load;

import dev.yumen.benchmarks.load.Bench.Usage;
import dev.yumen.benchmarks.load.Tally.Seen;
import dev.yumen.benchmarks.load.Tally.Spread;

/**
 * One window of one scenario.
 *
 * @param microsPerUnit CPU time of the relay for each request or event
 * @param perSecond requests or events
 * @param relayBusy share of its core the relay used
 * @param otherOnRelayCore share of the relay's core that others used
 * @param otherOnLoadCore share of the load's core that others used
 * @param answer from question to the end of the answer
 * @param firstByte from question to the first byte of the answer's body
 * @param delay from an event's writing at the provider to its reading at the caller
 */
record Measured(
    String scenario,
    String relay,
    int round,
    double microsPerUnit,
    double perSecond,
    double relayBusy,
    double otherOnRelayCore,
    double otherOnLoadCore,
    long errors,
    long rssKib,
    Spread answer,
    Spread firstByte,
    Spread delay) {

  /** Others used more of a core than this: the round says little. */
  private static final double NOISE = 0.05;

  static Measured of(
      Scenario scenario, String relay, int round, Usage before, Usage after, Seen seen, long rss) {
    double micros = (after.nanos() - before.nanos()) / 1e3;
    long cpu = after.relay() - before.relay();
    long load = after.load() - before.load();
    long units = scenario.events() > 0 ? seen.events() : seen.answers();
    return new Measured(
        scenario.name(),
        relay,
        round,
        (double) cpu / Math.max(1, units),
        units * 1e6 / micros,
        cpu / micros,
        (after.relayCore() - before.relayCore() - cpu) / micros,
        (after.loadCore() - before.loadCore() - load) / micros,
        seen.errors(),
        rss,
        seen.answer(),
        seen.firstByte(),
        seen.delay());
  }

  boolean quiet() {
    return otherOnRelayCore < NOISE && otherOnLoadCore < NOISE;
  }
}
