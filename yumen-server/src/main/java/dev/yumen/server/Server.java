package dev.yumen.server;

import dev.yumen.authentication.CredentialAuthenticator;
import dev.yumen.authentication.Key;
import dev.yumen.server.http.AdminDoor;
import dev.yumen.server.http.DataDoor;
import dev.yumen.server.http.Generation;
import dev.yumen.server.http.Health;
import dev.yumen.server.settings.Settings;
import dev.yumen.server.settings.Settings.KeySettings;
import dev.yumen.server.settings.Settings.ProviderSettings;
import dev.yumen.server.simulator.Simulator;
import dev.yumen.server.simulator.SimulatorOptions;
import dev.yumen.server.store.KeyFile;
import dev.yumen.server.store.WatchedKeys;
import dev.yumen.server.telemetry.AccessLog;
import dev.yumen.server.telemetry.Metrics;
import dev.yumen.server.upstream.VertxUpstream;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running gateway: what lives from start to stop. Settings may change meanwhile; each state of
 * them is a {@link Generation}, and requests begin on the newest.
 */
final class Server {
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);

  /** How often files are looked at. */
  private static final Duration WATCH = Duration.ofSeconds(2);

  /** Makes names for exchanges, which are no secrets; bears any number of threads. */
  private static final RandomGenerator NAMES = () -> ThreadLocalRandom.current().nextLong();

  private final Vertx vertx =
      Vertx.vertx(
          new VertxOptions()
              .setPreferNativeTransport(true)
              .setFileSystemOptions(
                  new FileSystemOptions()
                      .setFileCachingEnabled(false)
                      .setClassPathResolvingEnabled(false)));
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final SecureRandom random;
  private final List<Key> always;
  private final Metrics metrics = new Metrics(Main.Version.text());
  private final AccessLog accessLog =
      AccessLog.open(new FileOutputStream(FileDescriptor.out), metrics::linesDropped);
  private final Health health = new Health();
  private final Map<ProviderSettings, Simulator> simulators = new HashMap<>();
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("watch").factory());
  private volatile @Nullable Serving serving;
  private @Nullable AdminDoor adminDoor;
  private @Nullable DataDoor dataDoor;

  /** What serves now. */
  private record Serving(Settings settings, WatchedKeys keys, Generation generation) {}

  private Server(List<Key> always, InstantSource clock, LongSupplier nanos, SecureRandom random) {
    this.always = List.copyOf(always);
    this.clock = clock;
    this.nanos = nanos;
    this.random = random;
  }

  /**
   * Opens the doors.
   *
   * @param always keys that are valid whatever the key file says
   * @throws StartException when the gateway cannot serve; nothing is left behind
   */
  static Server start(Settings settings, List<Key> always, InstantSource clock, LongSupplier nanos, SecureRandom random)
      throws StartException {
    var server = new Server(always, clock, nanos, random);
    try {
      server.open(settings);
      return server;
    } catch (StartException e) {
      server.release();
      throw e;
    }
  }

  private void open(Settings settings) throws StartException {
    apply(settings);
    var admin = settings.admin();
    adminDoor =
        opened(
            AdminDoor.open(
                vertx, admin.address(), admin.port(), health, metrics, Main.Version.text()),
            "admin door",
            admin.address(),
            admin.port());
    var listen = settings.listen();
    DataDoor door =
        opened(
            DataDoor.open(
                vertx,
                Runtime.getRuntime().availableProcessors(),
                Assembly.door(settings),
                () -> Objects.requireNonNull(serving).generation(),
                loop -> new VertxUpstream(vertx, loop, settings.limits().answer()),
                NAMES,
                clock,
                nanos),
            "gateway",
            listen.address(),
            listen.port());
    dataDoor = door;
    health.ready(door::pulse);
    watch.scheduleWithFixedDelay(
        this::lookAround, WATCH.toMillis(), WATCH.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Where callers reach the gateway. */
  URI url() {
    var listen = started().settings().listen();
    return url(listen.tls() == null ? "http" : "https", listen.address(), door().port());
  }

  /** Where health and metrics are. */
  URI adminUrl() {
    var admin = started().settings().admin();
    return url("http", admin.address(), Objects.requireNonNull(adminDoor).port());
  }

  /** Puts new settings in force for requests that begin from now on. */
  private void apply(Settings settings) throws StartException {
    WatchedKeys keys = keys(settings.authentication().keys());
    var addresses = new HashMap<String, URI>();
    for (ProviderSettings provider : settings.providers()) {
      if (provider.simulation() != null) {
        addresses.put(provider.name(), simulator(provider).address());
      }
    }
    var generation =
        Assembly.generation(
            settings,
            new CredentialAuthenticator(keys, clock),
            addresses,
            List.of(metrics, accessLog),
            nanos);
    serving = new Serving(settings, keys, generation);
  }

  private WatchedKeys keys(KeySettings settings) throws StartException {
    try {
      return new WatchedKeys(new KeyFile(settings.file()), always, random);
    } catch (IOException e) {
      throw new StartException(e.getMessage() + ".", e);
    }
  }

  /** The simulated provider of these settings; it stays while the gateway runs. */
  private Simulator simulator(ProviderSettings provider) throws StartException {
    Simulator known = simulators.get(provider);
    if (known != null) {
      return known;
    }
    var simulation = Objects.requireNonNull(provider.simulation());
    var options =
        new SimulatorOptions(
            0, simulation.script(), null, simulation.tokensPerSecond(), clock, nanos, NAMES);
    Simulator opened =
        opened(
            Simulator.open(vertx, options),
            "simulated provider " + provider.name(),
            "127.0.0.1",
            0);
    simulators.put(provider, opened);
    return opened;
  }

  private void lookAround() {
    try {
      started().keys().refresh();
    } catch (RuntimeException e) {
      LOG.error("the watch of files failed; it goes on", e);
    }
  }

  /** Finishes running exchanges, for as long as the settings say, and stops. Blocks. */
  void drain() {
    health.draining();
    LOG.info("draining: no new requests, running ones are finished");
    await(door().close(started().settings().limits().drain()));
    release();
  }

  private void release() {
    watch.shutdownNow();
    await(vertx.close());
    accessLog.close();
    metrics.close();
  }

  private Serving started() {
    return Objects.requireNonNull(serving);
  }

  private DataDoor door() {
    return Objects.requireNonNull(dataDoor);
  }

  private static URI url(String scheme, String address, int port) {
    String host = address.contains(":") ? "[" + address + "]" : address;
    return URI.create(scheme + "://" + host + ":" + port);
  }

  /** Waits for something to open; what hinders it becomes a sentence with the way out. */
  private static <T> T opened(Future<T> opening, String what, String address, int port)
      throws StartException {
    try {
      return await(opening);
    } catch (CompletionException e) {
      Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
      String why =
          cause instanceof BindException && port != 0
              ? "port %d of %s is in use or not allowed; stop what uses it or choose another port"
                  .formatted(port, address)
              : Objects.requireNonNullElse(cause.getMessage(), cause.toString());
      throw new StartException("The " + what + " could not open: " + why + ".", e);
    }
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }
}
