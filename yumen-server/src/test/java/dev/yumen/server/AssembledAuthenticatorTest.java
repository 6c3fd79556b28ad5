package dev.yumen.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import dev.yumen.authentication.Authenticator;
import dev.yumen.authentication.Keys;
import dev.yumen.authentication.NewKey;
import dev.yumen.authentication.PublishedKeys;
import dev.yumen.exchange.Headers;
import dev.yumen.exchange.Reason;
import dev.yumen.exchange.Refusal;
import dev.yumen.exchange.Refused;
import dev.yumen.server.jwks.JwksEndpoint;
import dev.yumen.server.settings.Secret;
import dev.yumen.server.settings.Settings.Authentication;
import dev.yumen.server.settings.Settings.TokenSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys and tokens as the settings wire them, with an issuer that is a real HTTP server. */
class AssembledAuthenticatorTest {
  private static final String ISSUER = "https://issuer.example/realms/a";
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final RSAKey FIRST = rsa("first");
  private static final RSAKey SECOND = rsa("second");
  private static final RSAKey THIRD = rsa("third");

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger fetches = new AtomicInteger();
  private final NewKey key = NewKey.of("app", "acme", List.of("*"), null, NOW, RANDOM);
  private final Keys keys = new Keys(List.of(key.key()), RANDOM);
  private volatile JWKSet published = new JWKSet(FIRST);
  private volatile Instant now = NOW;
  private HttpServer server;
  private Authenticator authenticator;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/certs",
        exchange -> {
          fetches.incrementAndGet();
          var document = published.toString().getBytes(UTF_8);
          exchange.sendResponseHeaders(200, document.length);
          exchange.getResponseBody().write(document);
          exchange.close();
        });
    server.start();
    authenticator = authenticator(issuer(null, address()));
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void keys_and_tokens_are_taken_side_by_side_in_either_field() throws Refused {
    var token = token(FIRST);

    assertThat(identify("authorization", "Bearer " + token)).isEqualTo("ci");
    assertThat(identify("x-api-key", token)).isEqualTo("ci");
    assertThat(identify("authorization", "Bearer " + key.text().text())).isEqualTo("app");
    assertThat(identify("x-api-key", key.text().text())).isEqualTo("app");
  }

  @Test
  void a_wrong_token_does_not_fall_back_to_a_good_key() {
    var refusal =
        refusal("authorization", "Bearer " + token(SECOND), "x-api-key", key.text().text());

    assertThat(refusal.reason()).isEqualTo(Reason.CREDENTIAL_INVALID);
  }

  @Test
  void a_rotation_is_followed_and_an_outage_outlived() throws Refused {
    assertThat(identify("x-api-key", token(FIRST))).isEqualTo("ci");
    published = new JWKSet(List.of(FIRST, SECOND));
    now = NOW.plusSeconds(60);
    assertThat(identify("x-api-key", token(SECOND))).isEqualTo("ci");
    assertThat(fetches).hasValue(2);

    server.stop(0);
    now = NOW.plusSeconds(120);

    assertThat(identify("x-api-key", token(FIRST))).isEqualTo("ci");
    assertThat(identify("x-api-key", token(SECOND))).isEqualTo("ci");
    assertThat(refusal("x-api-key", token(THIRD)).reason())
        .isEqualTo(Reason.CREDENTIAL_UNVERIFIABLE);
  }

  @Test
  void a_thousand_first_requests_cause_one_fetch() throws Exception {
    var token = token(FIRST);
    Callable<String> request = () -> identify("x-api-key", token);
    var answers = new ArrayList<Future<String>>();

    for (int i = 0; i < 1000; i++) {
      answers.add(threads.submit(request));
    }

    for (var answer : answers) {
      assertThat(answer.get()).isEqualTo("ci");
    }
    assertThat(fetches).hasValue(1);
  }

  @Test
  void keys_need_no_issuer_that_is_up() throws Refused {
    server.stop(0);

    assertThat(identify("x-api-key", key.text().text())).isEqualTo("app");
    assertThat(refusal("x-api-key", token(FIRST)).reason())
        .isEqualTo(Reason.CREDENTIAL_UNVERIFIABLE);
  }

  @Test
  void without_a_key_file_no_key_is_taken() {
    var tokensOnly =
        Assembly.authenticator(
            new Authentication(null, List.of(issuer(null, address()))),
            null,
            this::published,
            RANDOM,
            () -> now);

    for (String credential : List.of(key.text().text(), "sk-ant-other", "a.b")) {
      var refused =
          catchThrowableOfType(
              Refused.class, () -> tokensOnly.identify(Headers.of("x-api-key", credential)));
      assertThat(refused.refusal().reason()).isEqualTo(Reason.CREDENTIAL_INVALID);
      assertThat(refused.refusal().detail()).contains("Send an access token");
    }
  }

  @Test
  void without_issuers_no_token_is_taken() {
    var keysOnly =
        Assembly.authenticator(
            new Authentication(null, List.of()), () -> keys, this::published, RANDOM, () -> now);

    var refused =
        catchThrowableOfType(
            Refused.class, () -> keysOnly.identify(Headers.of("x-api-key", token(FIRST))));

    assertThat(refused.refusal().reason()).isEqualTo(Reason.CREDENTIAL_INVALID);
    assertThat(fetches).hasValue(0);
  }

  @Test
  void settings_that_cannot_be_safe_stop_the_start() {
    assertThatThrownBy(() -> authenticator(issuer(null, null))).hasMessageContaining("either");
    assertThatThrownBy(() -> authenticator(issuer("x".repeat(32), address())))
        .hasMessageContaining("either");
    assertThatThrownBy(() -> authenticator(issuer("short", null))).hasMessageContaining("32 bytes");
    assertThatThrownBy(() -> authenticator(issuer(null, URI.create("http://issuer.example/certs"))))
        .hasMessageContaining("https://");
    assertThatThrownBy(() -> authenticator(issuer(null, address()), issuer("x".repeat(32), null)))
        .hasMessageContaining("two issuers");
  }

  private String identify(String... headers) throws Refused {
    return authenticator.identify(Headers.of(headers)).name();
  }

  private Refusal refusal(String... headers) {
    var refused = catchThrowableOfType(Refused.class, () -> identify(headers));
    assertThat(refused).as("was let in").isNotNull();
    return refused.refusal();
  }

  private Authenticator authenticator(TokenSettings... issuers) {
    return Assembly.authenticator(
        new Authentication(null, List.of(issuers)), () -> keys, this::published, RANDOM, () -> now);
  }

  private PublishedKeys published(URI address) {
    return new PublishedKeys(address.toString(), new JwksEndpoint(address), threads, () -> now);
  }

  private URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/certs");
  }

  private static TokenSettings issuer(String secret, URI jwks) {
    return new TokenSettings(
        ISSUER,
        "yumen",
        secret == null ? null : new Secret(secret),
        jwks,
        Duration.ofSeconds(30),
        Duration.ofMinutes(30),
        "tenant",
        "models",
        List.of("*"));
  }

  private static RSAKey rsa(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static String token(RSAKey key) {
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(ISSUER)
            .audience("yumen")
            .subject("ci")
            .issueTime(Date.from(NOW))
            .expirationTime(Date.from(NOW.plusSeconds(1800)))
            .build();
    var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build();
    var token = new SignedJWT(header, claims);
    try {
      token.sign(new RSASSASigner(key));
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
    return token.serialize();
  }
}
