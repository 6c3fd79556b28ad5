package dev.yumen.server.settings;

import dev.yumen.exchange.Provider;
import dev.yumen.server.telemetry.LogFormat;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one gateway, complete: what the file leaves out has its default here. The names
 * in the file are those of the components in kebab case; {@code docs/reference/settings.md} has a
 * line for each, which a test keeps complete.
 *
 * @param listen the data door
 * @param admin the door for health and metrics
 * @param providers who is asked, in order: the first that serves a model gets it, and the first of
 *     all gets what names no model
 * @param authentication who may ask
 * @param limits sizes and patience
 * @param telemetry what is seen
 */
public record Settings(
    Listen listen,
    Admin admin,
    List<ProviderSettings> providers,
    Authentication authentication,
    Limits limits,
    Telemetry telemetry) {

  /**
   * What is in force without a file: a gateway on this machine alone, keys from {@code keys.json},
   * and answers of the simulated provider. A file must name its providers; everything else may be
   * left out.
   */
  public static Settings defaults() {
    return new Settings(
        Listen.DEFAULT,
        Admin.DEFAULT,
        List.of(ProviderSettings.simulated("simulator")),
        Authentication.DEFAULT,
        Limits.DEFAULT,
        Telemetry.DEFAULT);
  }

  /**
   * What is in force when no file is given: the defaults, with the admin door on a free port, so
   * that several gateways can be tried side by side.
   *
   * @param port where the data door listens; null takes the default
   */
  public static Settings embedded(@Nullable Integer port) {
    Settings defaults = defaults();
    Listen listen = defaults.listen;
    return new Settings(
        new Listen(
            listen.address(),
            port == null ? listen.port() : port,
            listen.tls(),
            listen.publicUrl(),
            listen.trustedProxies(),
            listen.unknownPaths()),
        new Admin(defaults.admin.address(), 0),
        defaults.providers,
        defaults.authentication,
        defaults.limits,
        defaults.telemetry);
  }

  /**
   * The data door.
   *
   * @param address literal IP address or host name to listen on
   * @param port 0 takes a free one
   * @param tls certificate and key; null serves plain HTTP/1.1; with TLS callers may choose HTTP/2
   * @param publicUrl how callers reach the gateway, for links in answers; null takes the Host field
   * @param trustedProxies addresses or CIDR ranges whose X-Forwarded-For, -Proto and -Host count
   * @param unknownPaths what happens to {@code /v1/…} paths the gateway does not know
   */
  public record Listen(
      String address,
      int port,
      @Nullable Tls tls,
      @Nullable URI publicUrl,
      List<String> trustedProxies,
      UnknownPaths unknownPaths) {
    static final Listen DEFAULT =
        new Listen("127.0.0.1", 8080, null, null, List.of(), UnknownPaths.PASS);

    /** Copies the list. */
    public Listen {
      trustedProxies = List.copyOf(trustedProxies);
    }
  }

  /** PEM files; the certificate file holds the chain. */
  public record Tls(Path certificate, Path key) {}

  /** What happens to paths below {@code /v1/} that the gateway does not know. */
  public enum UnknownPaths {
    /** They go to the first provider. */
    PASS,
    /** They are refused with 404. */
    REFUSE
  }

  /** The door for health and metrics. Port 0 takes a free one. */
  public record Admin(String address, int port) {
    static final Admin DEFAULT = new Admin("127.0.0.1", 9090);
  }

  /**
   * One provider.
   *
   * @param name unique
   * @param baseUrl what {@code /v1/…} is appended to; null together with a simulation
   * @param credential how the gateway authenticates there; null sends none
   * @param models patterns of the models it serves
   * @param timeouts how long to wait for it
   * @param simulation the built-in simulated provider instead of a remote one; null for a real one
   */
  public record ProviderSettings(
      String name,
      @Nullable URI baseUrl,
      @Nullable Credential credential,
      List<String> models,
      TimeoutSettings timeouts,
      @Nullable Simulation simulation) {
    static final List<String> ALL_MODELS = List.of("*");

    /** Copies the list. */
    public ProviderSettings {
      models = List.copyOf(models);
    }

    /** A simulated provider that serves every model. */
    public static ProviderSettings simulated(String name) {
      return new ProviderSettings(
          name, null, null, ALL_MODELS, TimeoutSettings.DEFAULT, Simulation.DEFAULT);
    }
  }

  /** Exactly one is set: sent as {@code x-api-key}, or as {@code Authorization: Bearer}. */
  public record Credential(@Nullable Secret xApiKey, @Nullable Secret bearer) {}

  /** See {@link dev.yumen.exchange.Provider.Timeouts}. */
  public record TimeoutSettings(Duration connect, Duration head, Duration idle) {
    static final TimeoutSettings DEFAULT =
        new TimeoutSettings(
            Provider.Timeouts.DEFAULT.connect(),
            Provider.Timeouts.DEFAULT.head(),
            Provider.Timeouts.DEFAULT.idle());
  }

  /**
   * The built-in simulated provider.
   *
   * @param script a script file; null answers by model name alone
   * @param tokensPerSecond pace of streamed words; 0 sends at once
   */
  public record Simulation(@Nullable Path script, int tokensPerSecond) {
    /** About as fast as a large model. */
    static final Simulation DEFAULT = new Simulation(null, 50);
  }

  /** Who may ask: keys, tokens, or both. */
  public record Authentication(@Nullable KeySettings keys, List<TokenSettings> tokens) {
    static final Authentication DEFAULT = new Authentication(KeySettings.DEFAULT, List.of());

    /** Copies the list. */
    public Authentication {
      tokens = List.copyOf(tokens);
    }
  }

  /** The key file written by {@code yumen keys}. Read again when it changes. */
  public record KeySettings(Path file) {
    static final KeySettings DEFAULT = new KeySettings(Path.of("keys.json"));
  }

  /**
   * JSON Web Tokens of one issuer.
   *
   * @param issuer the {@code iss} claim, compared exactly
   * @param audience the {@code aud} claim must hold it; null does not look at it
   * @param secret for HS256, at least 32 bytes; null together with a JWKS address
   * @param jwks where the public keys are for RS256, ES256 and EdDSA; null together with a secret
   * @param clockSkew tolerated difference of clocks
   * @param lifetime the longest time between {@code iat} and {@code exp}
   * @param tenantClaim the claim that names the tenant; the subject when it is absent
   * @param modelsClaim the claim with allowed models
   * @param models allowed models when the claim is absent
   */
  public record TokenSettings(
      String issuer,
      @Nullable String audience,
      @Nullable Secret secret,
      @Nullable URI jwks,
      Duration clockSkew,
      Duration lifetime,
      String tenantClaim,
      String modelsClaim,
      List<String> models) {

    /** Copies the list. */
    public TokenSettings {
      models = List.copyOf(models);
    }

    /** An issuer whose tokens are verified with a secret, with the defaults for the rest. */
    public static TokenSettings signedWith(String issuer, Secret secret) {
      return of(issuer, secret, null);
    }

    /** An issuer whose public keys are published, with the defaults for the rest. */
    public static TokenSettings published(String issuer, URI jwks) {
      return of(issuer, null, jwks);
    }

    private static TokenSettings of(String issuer, @Nullable Secret secret, @Nullable URI jwks) {
      return new TokenSettings(
          issuer,
          null,
          secret,
          jwks,
          Duration.ofSeconds(60),
          Duration.ofMinutes(30),
          "tenant",
          "models",
          ProviderSettings.ALL_MODELS);
    }
  }

  /**
   * Sizes in bytes and patience.
   *
   * @param body longest request body, before and after decoding; 32 MiB as the Messages API
   * @param batch longest body of a batch; 256 MiB
   * @param file longest upload; 500 MiB. It flows and is not held
   * @param answer longest answer that is held whole; longer ones end in an error
   * @param header longest request head
   * @param inFlight memory for request bodies in flight; 0 takes a quarter of the heap
   * @param headTimeout for a complete request head
   * @param bodyTimeout the longest silence while a body is awaited
   * @param keepAlive idle connections are closed after this time
   * @param ping silence of a provider after which a stream gets a ping
   * @param stuckWriter a caller that takes no byte for this long is cut off
   * @param drain how long running requests may go on at shutdown
   */
  public record Limits(
      long body,
      long batch,
      long file,
      long answer,
      int header,
      long inFlight,
      Duration headTimeout,
      Duration bodyTimeout,
      Duration keepAlive,
      Duration ping,
      Duration stuckWriter,
      Duration drain) {
    static final Limits DEFAULT =
        new Limits(
            32L << 20,
            256L << 20,
            500L << 20,
            64L << 20,
            64 << 10,
            0,
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(75),
            Duration.ofSeconds(15),
            Duration.ofSeconds(60),
            Duration.ofMinutes(10));
  }

  /**
   * What is seen.
   *
   * @param accessLog one JSON line for each exchange on standard output
   * @param logLevel of the gateway's own messages: error, warn, info, debug or trace
   * @param logFormat of the gateway's own messages: text for people or json for programs
   * @param traces OpenTelemetry export; null exports none
   */
  public record Telemetry(
      boolean accessLog, LogLevel logLevel, LogFormat logFormat, @Nullable Traces traces) {
    static final Telemetry DEFAULT = new Telemetry(true, LogLevel.INFO, LogFormat.TEXT, null);
  }

  /** Levels of the gateway's own messages. */
  public enum LogLevel {
    /** Something is broken. */
    ERROR,
    /** Something needs a look. */
    WARN,
    /** What an operator wants to know. */
    INFO,
    /** What a developer wants to know. */
    DEBUG,
    /** Everything. */
    TRACE
  }

  /**
   * OpenTelemetry export over OTLP/HTTP.
   *
   * @param endpoint for instance {@code http://127.0.0.1:4318/v1/traces}
   * @param headers sent along, for instance a credential
   * @param ratio share of the traces begun here that are exported, 0 to 1
   */
  public record Traces(URI endpoint, Map<String, Secret> headers, double ratio) {

    /** Copies the map. */
    public Traces {
      headers = Map.copyOf(headers);
    }

    /** Every trace, to an address that asks for no credential. */
    public static Traces to(URI endpoint) {
      return new Traces(endpoint, Map.of(), 1);
    }
  }
}
