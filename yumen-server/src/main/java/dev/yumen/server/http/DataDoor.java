package dev.yumen.server.http;

import dev.yumen.upstream.Upstream;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The data door: one lane for each event loop, all on one port. */
public final class DataDoor {
  /** How long what was told to end may take to say so to its caller. */
  private static final Duration FAREWELL = Duration.ofSeconds(5);

  /** Names of free ports: lanes that listen on the same negative port share one that is free. */
  private static final AtomicInteger FREE_PORTS = new AtomicInteger();

  private final Vertx vertx;
  private final List<Lane> lanes;

  private DataDoor(Vertx vertx, List<Lane> lanes) {
    this.vertx = vertx;
    this.lanes = lanes;
  }

  record Parts(
      DoorOptions options,
      Supplier<Generation> generations,
      Function<Loop, Upstream> upstreams,
      BodyBudget budget,
      Origins origins,
      Ids ids,
      InstantSource clock,
      LongSupplier nanos) {}

  /**
   * Opens the door.
   *
   * @param lanes number of event loops
   * @param generations the generation that serves the next request
   * @param upstreams makes the upstream of a lane
   */
  public static Future<DataDoor> open(
      Vertx vertx,
      int lanes,
      DoorOptions options,
      Supplier<Generation> generations,
      Function<Loop, Upstream> upstreams,
      RandomGenerator random,
      InstantSource clock,
      LongSupplier nanos) {
    var parts =
        new Parts(
            options,
            generations,
            upstreams,
            new BodyBudget(options.inFlight()),
            new Origins(options.publicUrl(), options.trustedProxies()),
            new Ids(random),
            clock,
            nanos);
    int port = options.port() == 0 ? FREE_PORTS.decrementAndGet() : options.port();
    var first = new Lane(parts, port);
    var all = new ArrayList<Lane>(List.of(first));
    return vertx
        .deployVerticle(first, new DeploymentOptions())
        .compose(_ -> {
          var others = new ArrayList<Future<?>>();
          for (int i = 1; i < lanes; i++) {
            var lane = new Lane(parts, port);
            all.add(lane);
            others.add(vertx.deployVerticle(lane, new DeploymentOptions()));
          }
          return Future.all(others);
        })
        .map(_ -> new DataDoor(vertx, List.copyOf(all)));
  }

  /** The port it listens on. */
  public int port() {
    return lanes.getFirst().actualPort();
  }

  /** Completes once every event loop has taken another turn; never while one is stuck. */
  public Future<?> pulse() {
    return Future.all(lanes.stream().map(Lane::pulse).toList());
  }

  /**
   * Stops accepting, closes idle connections and waits for running exchanges, whose connections are
   * not used again. Ends what still runs after the patience, streams with an error event and the
   * rest with a refusal, and returns when all is over.
   */
  public Future<Void> close(Duration patience) {
    var drained = new ArrayList<Future<?>>();
    lanes.forEach(lane -> drained.add(lane.drain(patience.plus(FAREWELL))));
    long timer =
        vertx.setTimer(Math.max(1, patience.toMillis()), _ -> lanes.forEach(Lane::shutDown));
    return Future.all(drained).onComplete(_ -> vertx.cancelTimer(timer)).mapEmpty();
  }
}
