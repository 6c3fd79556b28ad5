package dev.yumen.benchmarks.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.function.LongConsumer;

/** The provider and the callers on one event loop, so that they share a clock and a core. */
final class Bench implements AutoCloseable {
  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final EventLoop loop = group.next();
  private final Tally tally = new Tally();
  private final AtomicReference<LongConsumer> onLeft = new AtomicReference<>(_ -> {});
  private final FastProvider provider;
  private final int relayCore;
  private final int loadCore;

  Bench(int relayCore, int loadCore) throws InterruptedException {
    this.relayCore = relayCore;
    this.loadCore = loadCore;
    this.provider = new FastProvider(loop, id -> onLeft.get().accept(id));
  }

  int providerPort() {
    return provider.port();
  }

  /** Whom to tell, on the loop, that the connection of a running stream ended. */
  void onLeft(LongConsumer listener) {
    onLeft.set(listener);
  }

  /** Callers that have not begun. */
  Load load(int port, IntFunction<ByteBuf> questions, boolean closedLoop) {
    return new Load(loop, port, questions, tally, closedLoop);
  }

  /** Runs a scenario without looking. */
  void warmUp(Scenario scenario, Relay.Running relay, int seconds) throws InterruptedException {
    try (Load _ = begin(scenario, relay)) {
      Thread.sleep(seconds * 1000L);
    }
  }

  /** Runs a scenario and measures a window of it. */
  Measured measure(Scenario scenario, String name, int round, Relay.Running relay, int seconds)
      throws InterruptedException {
    try (Load _ = begin(scenario, relay)) {
      // The more connections, the longer until what their beginning held up is through.
      Thread.sleep(1000 + scenario.connections() / 2);
      onLoop(tally::reset);
      Usage before = usage(relay);
      Thread.sleep(seconds * 1000L);
      Usage after = usage(relay);
      var seen = new AtomicReference<Tally.Seen>();
      onLoop(() -> seen.set(tally.seen()));
      return Measured.of(
          scenario, name, round, before, after, seen.get(), Machine.rssKib(relay.pid()));
    } finally {
      Thread.sleep(500);
    }
  }

  private Load begin(Scenario scenario, Relay.Running relay) throws InterruptedException {
    ByteBuf question = scenario.question(relay.key());
    Load load = load(relay.port(), _ -> question, scenario.perSecond() == 0);
    load.open(scenario.connections());
    if (scenario.perSecond() > 0) {
      load.pace(scenario.perSecond());
    }
    return load;
  }

  private Usage usage(Relay.Running relay) {
    return new Usage(
        System.nanoTime(),
        Machine.cpuMicros(relay.pid()),
        Machine.cpuMicros(ProcessHandle.current().pid()),
        Machine.busyMicros(relayCore),
        Machine.busyMicros(loadCore));
  }

  private void onLoop(Runnable task) {
    loop.submit(task).syncUninterruptibly();
  }

  @Override
  public void close() {
    provider.close();
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  /** CPU time used so far, in microseconds, at a moment in nanoseconds. */
  record Usage(long nanos, long relay, long load, long relayCore, long loadCore) {}
}
