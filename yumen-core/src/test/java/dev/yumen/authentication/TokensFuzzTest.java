package dev.yumen.authentication;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.yumen.exchange.Headers;
import dev.yumen.exchange.Refused;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Whatever is sent, nobody without the secret becomes a caller, and nothing but a refusal is
 * thrown. Plain test runs replay the recorded inputs; with {@code JAZZER_FUZZ=1} new ones are
 * looked for.
 */
class TokensFuzzTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final String PUBLISHER = "https://publisher.example";

  private static final Authenticator AUTHENTICATOR = authenticator();

  @FuzzTest
  void arbitrary_text_is_refused(byte[] bytes) {
    expectRefusal(new String(bytes, ISO_8859_1));
  }

  /** Gets past the outer form, where random bytes hardly ever do. */
  @FuzzTest
  void an_arbitrary_header_and_arbitrary_claims_are_refused(FuzzedDataProvider data) {
    var header = data.consumeString(200);
    var claims = data.consumeString(400);
    var signature = data.consumeRemainingAsBytes();

    expectRefusal(
        Forge.base64(header.getBytes(UTF_8))
            + "."
            + Forge.base64(claims.getBytes(UTF_8))
            + "."
            + Forge.base64(signature));
  }

  /** Gets past the signature: what an issuer writes may be odd, too. */
  @FuzzTest
  void arbitrary_claims_that_are_signed_give_a_caller_or_a_refusal(FuzzedDataProvider data) {
    var claims =
        "{\"iss\":\"https://sharer.example\",\"exp\":%d,%s}"
            .formatted(NOW.plusSeconds(60).getEpochSecond(), data.consumeRemainingAsString());
    var token = Forge.token("{\"alg\":\"HS256\"}", claims, Forge.hs256("s".repeat(32)));

    try {
      var caller = SIGNED.identify(token);
      if (caller.tenant().isBlank() || caller.credential().chars().anyMatch(c -> c < ' ')) {
        throw new AssertionError("let in as " + caller);
      }
    } catch (Refused refused) {
      expectTold(refused);
    }
  }

  private static final Tokens SIGNED =
      new Tokens(
          List.of(issuer("https://sharer.example", new SharedSecret("s".repeat(32)))),
          new SecureRandom(),
          () -> NOW);

  private static void expectRefusal(String credential) {
    try {
      var caller = AUTHENTICATOR.identify(Headers.of("x-api-key", credential));
      throw new AssertionError("let in as " + caller);
    } catch (Refused refused) {
      expectTold(refused);
    }
  }

  private static void expectTold(Refused refused) {
    if (refused.refusal().reason().status() != 401 || refused.refusal().detail().isBlank()) {
      throw new AssertionError(refused.refusal().toString());
    }
  }

  private static Authenticator authenticator() {
    var random = new SecureRandom();
    var secret = new byte[32];
    random.nextBytes(secret);
    var document =
        Forge.keySet(
            Forge.rsaJwk(Forge.rsa(2048)).keyID("a").build(),
            Forge.ed25519Jwk(Forge.ed25519()).keyID("b").build());
    var published = new PublishedKeys(PUBLISHER, () -> document, Runnable::run, () -> NOW);
    var tokens =
        new Tokens(
            List.of(
                issuer(PUBLISHER, published),
                issuer("https://sharer.example", new SharedSecret(secret))),
            random,
            () -> NOW);
    var keys = new Keys(List.of(), random);
    return new CredentialAuthenticator(() -> keys, tokens, () -> NOW);
  }

  private static TokenIssuer issuer(String name, SigningKeys keys) {
    return new TokenIssuer(
        name,
        null,
        keys,
        Duration.ofSeconds(30),
        Duration.ofMinutes(30),
        "tenant",
        "models",
        List.of("*"));
  }
}
