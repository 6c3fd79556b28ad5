package dev.yumen.server;

import dev.yumen.Gateway;
import dev.yumen.audit.Audit;
import dev.yumen.audit.Journal;
import dev.yumen.authentication.Authenticator;
import dev.yumen.authentication.CredentialAuthenticator;
import dev.yumen.authentication.Keys;
import dev.yumen.authentication.PublishedKeys;
import dev.yumen.authentication.SharedSecret;
import dev.yumen.authentication.SigningKeys;
import dev.yumen.authentication.TokenIssuer;
import dev.yumen.authentication.Tokens;
import dev.yumen.dialect.Dialect;
import dev.yumen.exchange.Headers;
import dev.yumen.exchange.Provider;
import dev.yumen.relay.Relay;
import dev.yumen.routing.Router;
import dev.yumen.server.http.DoorOptions;
import dev.yumen.server.http.Generation;
import dev.yumen.server.settings.Settings;
import dev.yumen.server.settings.Settings.Credential;
import dev.yumen.server.settings.Settings.ProviderSettings;
import dev.yumen.server.settings.Settings.TokenSettings;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where implementations are chosen: settings become stages, with plain constructors. Read this
 * after {@link Gateway}.
 */
final class Assembly {
  private Assembly() {}

  /**
   * Returns the gateways of one state of the settings.
   *
   * @param simulators where the simulated providers among the settings listen, by provider name
   */
  static Generation generation(
      Settings settings,
      Authenticator authenticator,
      Map<String, URI> simulators,
      List<Journal> journals,
      LongSupplier nanos) {
    var limits = settings.limits();
    var dialect =
        new Dialect(
            limits.body(),
            limits.batch(),
            limits.file(),
            settings.listen().unknownPaths() == Settings.UnknownPaths.PASS);
    var router =
        new Router(settings.providers().stream().map(one -> provider(one, simulators)).toList());
    var audit = new Audit(journals, nanos);
    var relay =
        new Relay(limits.ping(), limits.stuckWriter(), Math.toIntExact(limits.answer()), nanos);
    return upstream -> new Gateway(authenticator, dialect, router, upstream, relay, audit);
  }

  /**
   * Returns who decides who is asking.
   *
   * @param keys the keys of the key file; null when no keys are taken
   * @param published the keys that are published at an address, which outlive the settings
   * @throws IllegalArgumentException when an issuer cannot be used as it is set
   */
  static Authenticator authenticator(
      Settings.Authentication settings,
      @Nullable Supplier<Keys> keys,
      Function<URI, PublishedKeys> published,
      SecureRandom random,
      InstantSource clock) {
    var issuers = settings.tokens().stream().map(one -> issuer(one, published)).toList();
    return new CredentialAuthenticator(
        keys, issuers.isEmpty() ? null : new Tokens(issuers, random, clock), clock);
  }

  /**
   * Returns how the data door listens.
   *
   * @param port what the settings say, unless the command line overrides it
   */
  static DoorOptions door(Settings settings, int port) {
    var listen = settings.listen();
    var limits = settings.limits();
    Settings.Tls tls = listen.tls();
    return new DoorOptions(
        listen.address(),
        port,
        tls == null ? null : new DoorOptions.Tls(tls.certificate(), tls.key()),
        listen.publicUrl(),
        listen.trustedProxies(),
        limits.header(),
        limits.inFlight() > 0 ? limits.inFlight() : Runtime.getRuntime().maxMemory() / 4,
        limits.headTimeout(),
        limits.bodyTimeout(),
        limits.keepAlive(),
        limits.stuckWriter());
  }

  private static TokenIssuer issuer(
      TokenSettings settings, Function<URI, PublishedKeys> published) {
    return new TokenIssuer(
        settings.issuer(),
        settings.audience(),
        signingKeys(settings, published),
        settings.clockSkew(),
        settings.lifetime(),
        settings.tenantClaim(),
        settings.modelsClaim(),
        settings.models());
  }

  private static SigningKeys signingKeys(
      TokenSettings settings, Function<URI, PublishedKeys> published) {
    var secret = settings.secret();
    var address = settings.jwks();
    if (secret != null && address == null) {
      return new SharedSecret(secret.value());
    }
    if (address != null && secret == null) {
      return published.apply(address);
    }
    throw new IllegalArgumentException(
        "issuer " + settings.issuer() + " needs either a secret or a JWKS address");
  }

  private static Provider provider(ProviderSettings settings, Map<String, URI> simulators) {
    var timeouts = settings.timeouts();
    boolean simulated = settings.simulation() != null;
    URI base = simulated ? simulators.get(settings.name()) : settings.baseUrl();
    return new Provider(
        settings.name(),
        Objects.requireNonNull(base, "a provider without an address"),
        simulated ? Headers.of("x-api-key", "simulated") : credential(settings.credential()),
        settings.models(),
        new Provider.Timeouts(timeouts.connect(), timeouts.head(), timeouts.idle()));
  }

  private static Headers credential(@Nullable Credential credential) {
    if (credential == null) {
      return Headers.NONE;
    }
    var key = credential.xApiKey();
    var bearer = credential.bearer();
    return key != null
        ? Headers.of("x-api-key", key.value())
        : bearer != null ? Headers.of("authorization", "Bearer " + bearer.value()) : Headers.NONE;
  }
}
