package dev.yumen.server;

import dev.yumen.authentication.Authenticator;
import dev.yumen.authentication.Key;
import dev.yumen.authentication.Keys;
import dev.yumen.authentication.PublishedKeys;
import dev.yumen.server.http.AdminDoor;
import dev.yumen.server.http.DataDoor;
import dev.yumen.server.http.Generation;
import dev.yumen.server.http.Health;
import dev.yumen.server.jwks.JwksEndpoint;
import dev.yumen.server.settings.Problem;
import dev.yumen.server.settings.Reading;
import dev.yumen.server.settings.Settings;
import dev.yumen.server.settings.Settings.KeySettings;
import dev.yumen.server.settings.Settings.ProviderSettings;
import dev.yumen.server.settings.SettingsFile;
import dev.yumen.server.simulator.Simulator;
import dev.yumen.server.simulator.SimulatorOptions;
import dev.yumen.server.store.KeyFile;
import dev.yumen.server.store.WatchedKeys;
import dev.yumen.server.upstream.VertxUpstream;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
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
import java.util.function.Supplier;
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
  private final Settings settings;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final SecureRandom random;
  private final List<Key> always;
  private final Telemetry telemetry;
  private final Health health = new Health();
  private final Map<ProviderSettings, Simulator> simulators = new HashMap<>();
  private final Map<URI, PublishedKeys> publishedKeys = new HashMap<>();
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("watch").factory());
  private volatile @Nullable WatchedKeys watchedKeys;
  private @Nullable AdminDoor adminDoor;
  private @Nullable DataDoor dataDoor;

  private Server(
      Settings settings,
      List<Key> always,
      InstantSource clock,
      LongSupplier nanos,
      SecureRandom random) {
    this.settings = settings;
    this.always = List.copyOf(always);
    this.clock = clock;
    this.nanos = nanos;
    this.random = random;
    telemetry = new Telemetry(settings.telemetry());
  }

  /**
   * Starts a gateway with settings that stay as they are.
   *
   * @param always keys that are valid whatever the key file says
   * @throws StartException when it cannot serve; nothing is left behind
   */
  static Server start(
      Settings settings,
      List<Key> always,
      InstantSource clock,
      LongSupplier nanos,
      SecureRandom random)
      throws StartException {
    var server = new Server(settings, always, clock, nanos, random);
    return server.open(
        settings.listen().port(),
        () -> {
          Generation only = server.generation(settings);
          server.telemetry.metrics().settingsApplied(1);
          return () -> only;
        });
  }

  /**
   * Starts a gateway that follows its settings file.
   *
   * @param port where to listen; null takes what the file says
   * @throws StartException when it cannot serve; nothing is left behind
   */
  static Server start(
      SettingsFile file,
      @Nullable Integer port,
      InstantSource clock,
      LongSupplier nanos,
      SecureRandom random)
      throws StartException {
    Reading.Valid first =
        switch (file.read()) {
          case Reading.Valid valid -> valid;
          case Reading.Invalid(var problems, _) ->
              throw new StartException(problems.stream().map(Problem::toString).toList());
        };
    Settings settings = first.settings();
    var server = new Server(settings, List.of(), clock, nanos, random);
    return server.open(
        port == null ? settings.listen().port() : port,
        () -> {
          var live = new LiveSettings(file, first, server::generation, server.telemetry.metrics());
          server.watch(live::refresh);
          Signals.on("HUP", live::reload);
          return live;
        });
  }

  /** What the doors ask for the generation that serves the next request. */
  @FunctionalInterface
  private interface Generations {
    Supplier<Generation> begin() throws IOException;
  }

  private Server open(int port, Generations generations) throws StartException {
    try {
      Supplier<Generation> inForce = generations.begin();
      var admin = settings.admin();
      adminDoor =
          opened(
              AdminDoor.open(
                  vertx,
                  admin.address(),
                  admin.port(),
                  health,
                  telemetry.metrics(),
                  Main.Version.text()),
              "admin door",
              admin.port());
      DataDoor door =
          opened(
              DataDoor.open(
                  vertx,
                  Runtime.getRuntime().availableProcessors(),
                  Assembly.door(settings, port),
                  inForce,
                  loop -> new VertxUpstream(vertx, loop, settings.limits().answer()),
                  NAMES,
                  clock,
                  nanos),
              "gateway",
              port);
      dataDoor = door;
      health.ready(door::pulse);
      watch(this::refreshKeys);
      return this;
    } catch (IOException e) {
      release();
      throw new StartException(e.getMessage() + ".", e);
    } catch (StartException e) {
      release();
      throw e;
    }
  }

  /** Makes the gateways of one state of the settings. Called by one thread at a time. */
  private Generation generation(Settings now) throws IOException {
    var addresses = new HashMap<String, URI>();
    for (ProviderSettings provider : now.providers()) {
      if (provider.simulation() != null) {
        addresses.put(provider.name(), simulator(provider).address());
      }
    }
    WatchedKeys keys = keys(now.authentication().keys());
    var made =
        Assembly.generation(now, authenticator(now, keys), addresses, telemetry.journals(), nanos);
    // Only now: when settings cannot be used, the keys in force must still be watched.
    watchedKeys = keys;
    return made;
  }

  private Authenticator authenticator(Settings now, @Nullable Supplier<Keys> keys)
      throws IOException {
    try {
      return Assembly.authenticator(now.authentication(), keys, this::publishedKeys, random, clock);
    } catch (IllegalArgumentException e) {
      throw new IOException("Tokens cannot be verified: " + e.getMessage(), e);
    }
  }

  /**
   * The keys at this address; they stay, so that a change of settings needs no issuer that is up.
   */
  private PublishedKeys publishedKeys(URI address) {
    return publishedKeys.computeIfAbsent(
        address,
        _ ->
            new PublishedKeys(
                address.toString(),
                new JwksEndpoint(address),
                fetch -> Thread.ofVirtual().name("jwks").start(fetch),
                clock));
  }

  private @Nullable WatchedKeys keys(@Nullable KeySettings file) throws IOException {
    return file == null ? null : new WatchedKeys(new KeyFile(file.file()), always, random);
  }

  private void refreshKeys() {
    WatchedKeys watched = watchedKeys;
    if (watched != null) {
      watched.refresh();
    }
  }

  /** The simulated provider of these settings; it stays while the gateway runs. */
  private Simulator simulator(ProviderSettings provider) throws IOException {
    Simulator known = simulators.get(provider);
    if (known != null) {
      return known;
    }
    var simulation = Objects.requireNonNull(provider.simulation());
    var options =
        new SimulatorOptions(
            0, simulation.script(), null, simulation.tokensPerSecond(), clock, nanos, NAMES);
    try {
      Simulator opened = await(Simulator.open(vertx, options));
      simulators.put(provider, opened);
      return opened;
    } catch (CompletionException e) {
      throw new IOException(
          "The simulated provider " + provider.name() + " could not open: " + said(e), e);
    }
  }

  private void watch(Runnable look) {
    var _ =
        watch.scheduleWithFixedDelay(
            () -> {
              try {
                look.run();
              } catch (RuntimeException e) {
                LOG.error("A look at changed files failed; the next one may not", e);
              }
            },
            WATCH.toMillis(),
            WATCH.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** Where callers reach the gateway. */
  URI url() {
    var listen = settings.listen();
    return url(listen.tls() == null ? "http" : "https", listen.address(), door().port());
  }

  /** Where health and metrics are. */
  URI adminUrl() {
    var admin = settings.admin();
    return url("http", admin.address(), Objects.requireNonNull(adminDoor).port());
  }

  /** Finishes running exchanges, for as long as the settings say, and stops. Blocks. */
  void drain() {
    health.draining();
    LOG.info("draining: no new requests, running ones are finished");
    await(door().close(settings.limits().drain()));
    release();
  }

  private void release() {
    watch.shutdownNow();
    await(vertx.close());
    telemetry.close();
  }

  private DataDoor door() {
    return Objects.requireNonNull(dataDoor);
  }

  private static URI url(String scheme, String address, int port) {
    String host = address.contains(":") ? "[" + address + "]" : address;
    return URI.create(scheme + "://" + host + ":" + port);
  }

  /** Waits for a door to open; what hinders it becomes a sentence with the way out. */
  private static <T> T opened(Future<T> opening, String what, int port) throws StartException {
    try {
      return await(opening);
    } catch (CompletionException e) {
      // The native transport knows no BindException.
      boolean inUse =
          e.getCause() instanceof BindException || said(e).contains("Address already in use");
      String why =
          inUse && port != 0
              ? "port " + port + " is in use; stop what uses it or choose another"
              : said(e);
      throw new StartException("The " + what + " could not open: " + why + ".", e);
    }
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }

  private static String said(CompletionException e) {
    Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
    return Objects.requireNonNullElse(cause.getMessage(), cause.toString());
  }
}
