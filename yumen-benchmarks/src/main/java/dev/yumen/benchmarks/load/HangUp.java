package dev.yumen.benchmarks.load;

import dev.yumen.benchmarks.load.Tally.Spread;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * How soon the provider sees that a caller left a stream with one event a second.
 *
 * @param relay its name
 * @param seen how many were seen within ten seconds
 * @param latency from the caller's close to the end of the provider's connection, microseconds
 */
record HangUp(String relay, long seen, Spread latency) {
  static final int STREAMS = 200;
  private static final int PERIOD = 1000;
  private static final int BODY = 1024;

  static HangUp measure(Bench bench, Relay relay, Path out)
      throws IOException, InterruptedException {
    var leftAt = new AtomicLongArray(STREAMS);
    var latencies = new ConcurrentHistogram(60_000_000, 3);
    var all = new CountDownLatch(STREAMS);
    bench.onLeft(id -> {
      latencies.recordValue((System.nanoTime() - leftAt.get((int) id)) / 1000);
      all.countDown();
    });
    try (Relay.Running running = relay.start(bench.providerPort(), out);
        Load load =
            bench.load(
                running.port(),
                id -> Scenario.question(running.key(), 1_000_000, PERIOD, id, BODY),
                true)) {
      load.open(STREAMS);
      Thread.sleep(3000);
      for (int i = 0; i < STREAMS; i++) {
        leftAt.set(i, System.nanoTime());
        load.hangUp(i);
        Thread.sleep(7);
      }
      boolean _ = all.await(10, TimeUnit.SECONDS);
      return new HangUp(relay.name(), STREAMS - all.getCount(), Spread.of(latencies));
    } finally {
      bench.onLeft(_ -> {});
    }
  }
}
