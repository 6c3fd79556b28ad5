package dev.yumen.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yumen.Gateway;
import dev.yumen.audit.Audit;
import dev.yumen.audit.Entry;
import dev.yumen.audit.Journal;
import dev.yumen.authentication.Authenticator;
import dev.yumen.dialect.Dialect;
import dev.yumen.exchange.Caller;
import dev.yumen.exchange.Headers;
import dev.yumen.exchange.Provider;
import dev.yumen.exchange.Reason;
import dev.yumen.exchange.Refused;
import dev.yumen.relay.Relay;
import dev.yumen.routing.Router;
import dev.yumen.server.upstream.VertxUpstream;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * The real door before a real gateway whose one provider the test brings. Its clock can be put
 * forward. When it is closed it must become idle, which fails when an exchange was counted twice or
 * never ended.
 */
public final class OpenDoor implements AutoCloseable {
  /** What can be chosen. */
  public record Setup(
      int lanes,
      DoorOptions.Tls tls,
      int header,
      long inFlight,
      Duration headTimeout,
      Duration bodyTimeout,
      Duration keepAlive,
      Duration stuckWriter,
      Duration ping,
      long body,
      long file,
      Provider.Timeouts timeouts,
      boolean trustsAnybody,
      boolean nativeTransport) {

    static final Setup DEFAULT =
        new Setup(
            1,
            null,
            16 * 1024,
            1024 * 1024,
            Duration.ofMinutes(10),
            Duration.ofMinutes(10),
            Duration.ofMinutes(10),
            Duration.ofMinutes(10),
            Duration.ofMinutes(10),
            512 * 1024,
            500L * 1024 * 1024,
            new Provider.Timeouts(
                Duration.ofSeconds(10), Duration.ofMinutes(10), Duration.ofMinutes(10)),
            false,
            false);

    public Setup lanes(int number) {
      return new Setup(
          number,
          tls,
          header,
          inFlight,
          headTimeout,
          bodyTimeout,
          keepAlive,
          stuckWriter,
          ping,
          body,
          file,
          timeouts,
          trustsAnybody,
          nativeTransport);
    }

    public Setup tls(DoorOptions.Tls files) {
      return new Setup(
          lanes,
          files,
          header,
          inFlight,
          headTimeout,
          bodyTimeout,
          keepAlive,
          stuckWriter,
          ping,
          body,
          file,
          timeouts,
          trustsAnybody,
          nativeTransport);
    }

    public Setup inFlight(long bytes) {
      return new Setup(
          lanes,
          tls,
          header,
          bytes,
          headTimeout,
          bodyTimeout,
          keepAlive,
          stuckWriter,
          ping,
          body,
          file,
          timeouts,
          trustsAnybody,
          nativeTransport);
    }

    public Setup body(long bytes) {
      return new Setup(
          lanes,
          tls,
          header,
          inFlight,
          headTimeout,
          bodyTimeout,
          keepAlive,
          stuckWriter,
          ping,
          bytes,
          file,
          timeouts,
          trustsAnybody,
          nativeTransport);
    }

    public Setup file(long bytes) {
      return new Setup(
          lanes,
          tls,
          header,
          inFlight,
          headTimeout,
          bodyTimeout,
          keepAlive,
          stuckWriter,
          ping,
          body,
          bytes,
          timeouts,
          trustsAnybody,
          nativeTransport);
    }

    public Setup nativeTransport(boolean chosen) {
      return new Setup(
          lanes,
          tls,
          header,
          inFlight,
          headTimeout,
          bodyTimeout,
          keepAlive,
          stuckWriter,
          ping,
          body,
          file,
          timeouts,
          trustsAnybody,
          chosen);
    }
  }

  /** The provider's credential, which no caller may ever see. */
  public static final String PROVIDER_SECRET = "provider-secret";

  private final Vertx vertx;
  private final DataDoor door;
  private final AtomicLong ahead = new AtomicLong();
  private final LinkedBlockingQueue<Entry> entries = new LinkedBlockingQueue<>();
  private boolean closed;

  public OpenDoor(URI provider) {
    this(provider, setup -> setup);
  }

  public OpenDoor(URI base, UnaryOperator<Setup> chosen) {
    Setup setup = chosen.apply(Setup.DEFAULT);
    vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(2)
                .setPreferNativeTransport(setup.nativeTransport()));
    assertThat(vertx.isNativeTransportEnabled()).isEqualTo(setup.nativeTransport());
    LongSupplier nanos = () -> System.nanoTime() + ahead.get();
    var provider =
        new Provider(
            "scripted",
            base,
            Headers.of("x-api-key", PROVIDER_SECRET),
            List.of("*"),
            setup.timeouts());
    var journal =
        new Journal() {
          @Override
          public void begun(Entry.Opening opening) {}

          @Override
          public void ended(Entry entry) {
            entries.add(entry);
          }
        };
    Authenticator authenticator =
        headers -> {
          if (!"Bearer good".equals(headers.first("authorization"))) {
            throw new Refused(Reason.CREDENTIAL_INVALID, "Unknown.");
          }
          return new Caller("key", "name", "tenant", List.of("*"));
        };
    Generation generation =
        upstream ->
            new Gateway(
                authenticator,
                new Dialect(setup.body(), setup.body(), setup.file(), true),
                new Router(List.of(provider)),
                upstream,
                new Relay(setup.ping(), setup.stuckWriter(), 8 * 1024 * 1024, nanos),
                new Audit(List.of(journal), nanos));
    var options =
        new DoorOptions(
            "127.0.0.1",
            0,
            setup.tls(),
            null,
            List.of(),
            setup.header(),
            setup.inFlight(),
            setup.headTimeout(),
            setup.bodyTimeout(),
            setup.keepAlive(),
            setup.stuckWriter());
    door =
        Waiting.on(
            DataDoor.open(
                vertx,
                setup.lanes(),
                options,
                () -> generation,
                loop -> new VertxUpstream(vertx, loop, 1024 * 1024),
                new Random(1),
                InstantSource.system(),
                nanos));
  }

  public int port() {
    return door.port();
  }

  public RawCaller call() throws java.io.IOException {
    return new RawCaller(port());
  }

  /** Puts the clock forward; it is looked at once a second. */
  public void pass(Duration time) {
    ahead.addAndGet(time.toNanos());
  }

  /** Puts the clock forward again and again, for what begins at a time the test cannot see. */
  public void keepPassing(Duration time) {
    vertx.setPeriodic(1500, _ -> pass(time));
  }

  /** The next audit entry. */
  public Entry nextEntry() throws InterruptedException {
    Entry entry = entries.poll(20, TimeUnit.SECONDS);
    if (entry == null) {
      throw new AssertionError("no exchange ended");
    }
    return entry;
  }

  /** Entries not asked for yet. */
  public List<Entry> entries() {
    return List.copyOf(entries);
  }

  public DataDoor door() {
    return door;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      Waiting.on(door.close(Duration.ofMillis(500)));
      Waiting.on(vertx.close());
    }
  }
}
