package dev.yumen.benchmarks.load;

import dev.yumen.Gateway;
import dev.yumen.audit.Audit;
import dev.yumen.authentication.CredentialAuthenticator;
import dev.yumen.authentication.Keys;
import dev.yumen.authentication.NewKey;
import dev.yumen.dialect.Dialect;
import dev.yumen.exchange.Headers;
import dev.yumen.exchange.Provider;
import dev.yumen.relay.Relay;
import dev.yumen.routing.Router;
import dev.yumen.server.http.DataDoor;
import dev.yumen.server.http.DoorOptions;
import dev.yumen.server.http.Generation;
import dev.yumen.server.telemetry.AccessLog;
import dev.yumen.server.telemetry.Metrics;
import dev.yumen.server.upstream.VertxUpstream;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.FileOutputStream;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** A gateway without settings, to be profiled. */
final class Stand {
  private static final int MIB = 1 << 20;

  private Stand() {}

  /** Takes the provider's port and the file of the access log; prints its port and a key. */
  public static void main(String[] args) throws Exception {
    var random = new SecureRandom();
    var clock = InstantSource.system();
    var fresh = NewKey.of("benchmark", "benchmark", List.of("*"), null, clock.instant(), random);
    var keys = new Keys(List.of(fresh.key()), random);
    var metrics = new Metrics("benchmark");
    var log = AccessLog.open(new FileOutputStream(args[1]), metrics::linesDropped);
    var provider =
        new Provider(
            "fast",
            URI.create("http://127.0.0.1:" + args[0]),
            Headers.of("x-api-key", "secret"),
            List.of("*"),
            new Provider.Timeouts(
                Duration.ofSeconds(10), Duration.ofMinutes(10), Duration.ofMinutes(10)));
    Generation generation =
        upstream ->
            new Gateway(
                new CredentialAuthenticator(() -> keys, clock),
                new Dialect(32 * MIB, 256 * MIB, 500 * MIB, true),
                new Router(List.of(provider)),
                upstream,
                new Relay(
                    Duration.ofMinutes(10), Duration.ofMinutes(1), 64 * MIB, System::nanoTime),
                new Audit(List.of(log, metrics), System::nanoTime));
    var vertx =
        Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true));
    DataDoor door =
        DataDoor.open(
                vertx,
                1,
                options(),
                () -> generation,
                loop -> new VertxUpstream(vertx, loop, 64 * MIB),
                random,
                clock,
                System::nanoTime)
            .await();
    System.out.println("port: " + door.port());
    System.out.println("key: " + fresh.text().text());
    System.out.flush();
  }

  private static DoorOptions options() {
    return new DoorOptions(
        "127.0.0.1",
        0,
        null,
        null,
        List.of(),
        64 * 1024,
        Runtime.getRuntime().maxMemory() / 4,
        Duration.ofSeconds(30),
        Duration.ofSeconds(60),
        Duration.ofMinutes(10),
        Duration.ofMinutes(1));
  }
}
