package dev.yumen.benchmarks.load;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What a relay holds for streams on which nothing happens.
 *
 * @param relay its name
 * @param streams how many
 * @param restKib proportional set size before, after some seconds of work and a tenth of the
 *     streams
 * @param fullKib proportional set size with all streams open
 */
record Memory(String relay, int streams, long restKib, long fullKib) {
  private static final int A_DAY = 86_400_000;
  private static final int BODY = 1024;
  private static final int WARM_UP_SECONDS = 10;

  /** KiB for each stream. */
  double perStream() {
    return (double) (fullKib - restKib) / streams;
  }

  /** Starts a fresh relay, opens the streams, and looks once they rest. */
  static Memory measure(Bench bench, Relay relay, Path out, int streams)
      throws IOException, InterruptedException {
    try (Relay.Running running = relay.start(bench.providerPort(), out)) {
      // A relay at work has touched its heap; what it touches once is not the streams'.
      bench.warmUp(Scenario.ALL.getFirst(), running, WARM_UP_SECONDS);
      ByteBuf question = Scenario.question(running.key(), 1, A_DAY, 0, BODY);
      try (Load few = bench.load(running.port(), _ -> question, true)) {
        few.open(streams / 10);
        Thread.sleep(2000);
      }
      Thread.sleep(2000);
      long rest = Machine.pssKib(running.pid());
      try (Load all = bench.load(running.port(), _ -> question, true)) {
        all.open(streams);
        Thread.sleep(5000);
        return new Memory(relay.name(), streams, rest, Machine.pssKib(running.pid()));
      }
    }
  }
}
