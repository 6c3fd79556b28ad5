package dev.yumen.authentication;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import dev.yumen.exchange.Reason;
import dev.yumen.exchange.Refusal;
import dev.yumen.exchange.Refused;
import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Tokens of an issuer that publishes its keys: which keys count, and when they are fetched. */
class PublishedKeysTest {
  private static final String ISSUER = "https://issuer.example/realms/a";
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final KeyPair RSA = Forge.rsa(2048);
  private static final KeyPair OTHER_RSA = Forge.rsa(2048);
  private static final KeyPair EC = Forge.ec("secp256r1");
  private static final KeyPair ED25519 = Forge.ed25519();

  private volatile Instant now = NOW;
  private volatile String document = Forge.keySet(jwk(RSA, "a"));
  private volatile boolean down;
  private final AtomicInteger fetches = new AtomicInteger();

  /** Fetches run at once on the thread that starts them. */
  private final Tokens tokens =
      tokens(new PublishedKeys(ISSUER, this::fetch, Runnable::run, this::time));

  @Test
  void each_family_of_signatures_is_taken() throws Refused {
    document =
        Forge.keySet(
            jwk(RSA, "rsa"),
            Forge.ecJwk(Curve.P_256, EC).keyID("ec").build(),
            Forge.ed25519Jwk(ED25519).keyID("ed").build());

    assertThat(name("RS256", "rsa", Forge.rs256(RSA))).isEqualTo("ci");
    assertThat(name("PS256", "rsa", Forge.ps256(RSA))).isEqualTo("ci");
    assertThat(name("ES256", "ec", Forge.es256(EC))).isEqualTo("ci");
    assertThat(name("EdDSA", "ed", Forge.ed25519(ED25519))).isEqualTo("ci");
    assertThat(name("Ed25519", "ed", Forge.ed25519(ED25519))).isEqualTo("ci");
  }

  @Test
  void a_public_key_is_no_secret() {
    var pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(RSA.getPublic().getEncoded())
            + "\n-----END PUBLIC KEY-----\n";

    for (byte[] secret :
        List.of(
            RSA.getPublic().getEncoded(),
            pem.getBytes(US_ASCII),
            document.getBytes(UTF_8),
            jwk(RSA, "a").toString().getBytes(UTF_8))) {
      assertThat(refusal("HS256", "a", Forge.hmac("HmacSHA256", secret)).detail())
          .contains("could not be verified");
    }
  }

  @Test
  void a_symmetric_key_that_was_published_is_not_used() {
    var secret = "0123456789abcdef0123456789abcdef";
    document =
        Forge.keySet(jwk(RSA, "a"))
            .replace(
                "[",
                "["
                    + new OctetSequenceKey.Builder(secret.getBytes(UTF_8)).keyID("b").build()
                    + ",");

    assertThat(refusal("HS256", "b", Forge.hs256(secret)).detail())
        .contains("could not be verified");
  }

  @Test
  void a_signature_by_another_key_or_of_another_family_is_refused() {
    document =
        Forge.keySet(
            jwk(RSA, "a"),
            Forge.ecJwk(Curve.P_256, EC).keyID("ec").build(),
            Forge.ed25519Jwk(ED25519).keyID("ed").build());

    assertInvalid("RS256", "a", Forge.rs256(OTHER_RSA));
    assertInvalid("PS256", "a", Forge.rs256(RSA));
    assertInvalid("RS256", "a", Forge.ps256(RSA));
    assertInvalid("ES256", "a", Forge.es256(EC));
    assertInvalid("RS256", "ec", Forge.rs256(RSA));
    assertInvalid("EdDSA", "ed", Forge.ed25519(Forge.ed25519()));
    assertInvalid("RS384", "a", Forge.signature("SHA384withRSA", RSA));
    assertInvalid("RS1", "a", Forge.signature("SHA1withRSA", RSA));
    assertInvalid("ES256K", "ec", Forge.es256(EC));
  }

  /** CVE-2022-21449: r and s of zero verified under any key. */
  @Test
  void an_es256_signature_of_zeros_is_refused() {
    document = Forge.keySet(Forge.ecJwk(Curve.P_256, EC).keyID("ec").build());
    var order =
        new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
    var n = Arrays.copyOfRange(order.toByteArray(), 1, 33);

    assertInvalid("ES256", "ec", _ -> new byte[64]);
    assertInvalid("ES256", "ec", _ -> new byte[1]);
    assertInvalid("ES256", "ec", _ -> concatenated(n, n));
    assertInvalid("ES256", "ec", _ -> concatenated(n, new byte[32]));
    assertInvalid("ES256", "ec", _ -> new byte[] {0x30, 6, 2, 1, 0, 2, 1, 0});
  }

  @Test
  void an_es256_signature_in_der_is_refused() {
    document = Forge.keySet(Forge.ecJwk(Curve.P_256, EC).keyID("ec").build());

    assertInvalid("ES256", "ec", Forge.signature("SHA256withECDSA", EC));
  }

  /** RFC 8032 section 5.1.7: s must be below the order, or each signature has a twin. */
  @Test
  void an_ed25519_signature_out_of_range_or_of_zeros_is_refused() throws Refused {
    document = Forge.keySet(Forge.ed25519Jwk(ED25519).keyID("ed").build());
    var order =
        BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    assertInvalid("EdDSA", "ed", _ -> new byte[64]);
    assertInvalid("EdDSA", "ed", _ -> new byte[63]);
    assertInvalid("EdDSA", "ed", _ -> new byte[1]);
    assertInvalid(
        "EdDSA",
        "ed",
        bytes -> {
          var good = Forge.ed25519(ED25519).sign(bytes);
          var s = littleEndian(Arrays.copyOfRange(good, 32, 64)).add(order);
          var twin = littleEndian(s);
          return concatenated(Arrays.copyOf(good, 32), twin);
        });
    assertThat(name("EdDSA", "ed", Forge.ed25519(ED25519))).isEqualTo("ci");
  }

  @Test
  void keys_on_another_curve_too_short_or_for_another_use_are_left_out() {
    var p384 = Forge.ec("secp384r1");
    var shortRsa = Forge.rsa(1024);
    document =
        Forge.keySet(
            jwk(OTHER_RSA, "good"),
            Forge.ecJwk(Curve.P_384, p384).keyID("p384").build(),
            Forge.rsaJwk(shortRsa).keyID("short").build(),
            Forge.rsaJwk(RSA).keyID("enc").keyUse(KeyUse.ENCRYPTION).build(),
            Forge.rsaJwk(RSA).keyID("ops").keyOperations(Set.of(KeyOperation.ENCRYPT)).build(),
            Forge.rsaJwk(RSA).keyID("oaep").algorithm(new Algorithm("RSA-OAEP")).build(),
            Forge.rsaJwk(RSA).keyID("ps").algorithm(new Algorithm("PS256")).build());

    assertInvalid("ES256", "p384", Forge.signature("SHA256withECDSAinP1363Format", p384));
    assertInvalid("RS256", "short", Forge.rs256(shortRsa));
    assertInvalid("RS256", "enc", Forge.rs256(RSA));
    assertInvalid("RS256", "ops", Forge.rs256(RSA));
    assertInvalid("RS256", "oaep", Forge.rs256(RSA));
    assertInvalid("RS256", "ps", Forge.rs256(RSA));
  }

  /** With an exponent of one, anybody can write what verifies. */
  @Test
  void an_rsa_key_with_an_exponent_of_one_is_not_used() {
    var modulus = ((RSAPublicKey) RSA.getPublic()).getModulus();
    document =
        Forge.keySet(
            jwk(OTHER_RSA, "good"),
            new RSAKey.Builder(Base64URL.encode(modulus), Base64URL.encode(BigInteger.ONE))
                .keyID("one")
                .build());

    assertInvalid(
        "RS256",
        "one",
        bytes -> {
          var info = HexFormat.of().parseHex("3031300d060960864801650304020105000420");
          var hash = MessageDigest.getInstance("SHA-256").digest(bytes);
          var padded = new byte[256];
          Arrays.fill(padded, 2, 256, (byte) 0xff);
          padded[0] = 0;
          padded[1] = 1;
          padded[256 - 32 - info.length - 1] = 0;
          System.arraycopy(info, 0, padded, 256 - 32 - info.length, info.length);
          System.arraycopy(hash, 0, padded, 256 - 32, 32);
          return padded;
        });
  }

  @Test
  void keys_of_a_kind_yet_to_come_or_damaged_do_not_spoil_the_others() throws Refused {
    document =
        """
        {"keys":[
          {"kty":"AKP","alg":"ML-DSA-65","kid":"pq","pub":"AAAA"},
          {"kty":"EC","crv":"P-256","kid":"off","x":"AAAA","y":"AAAA"},
          {"kty":"OKP","crv":"Ed25519","kid":"cut","x":"AAAA"},
          {"kty":"OKP","crv":"X25519","kid":"x","x":"3p7bfXt9wbTTW2HC7OQ1Nz-DQ8hbeGdNrfx-FG-IK08"},
          {"kid":"nothing"}, 7, null,
          %s], "more": true}
        """
            .formatted(jwk(RSA, "a"));

    assertThat(name("RS256", "a", Forge.rs256(RSA))).isEqualTo("ci");
  }

  @Test
  void a_token_without_kid_is_tried_with_every_key_that_fits() throws Refused {
    document = Forge.keySet(jwk(OTHER_RSA, "a"), jwk(RSA, "b"));

    assertThat(name("RS256", null, Forge.rs256(RSA))).isEqualTo("ci");
    assertInvalid("RS256", null, Forge.rs256(Forge.rsa(2048)));
  }

  @Test
  void a_private_key_published_by_mistake_verifies_like_its_public_half() throws Refused {
    document =
        new com.nimbusds.jose.jwk.JWKSet(
                Forge.rsaJwk(RSA).keyID("a").privateKey(RSA.getPrivate()).build())
            .toString(false);

    assertThat(name("RS256", "a", Forge.rs256(RSA))).isEqualTo("ci");
  }

  @Test
  void an_embedded_key_and_an_address_of_keys_are_refused_before_anything_is_fetched() {
    var attacker = Forge.rsa(2048);

    for (String parameter :
        List.of(
            "\"jwk\":" + jwk(attacker, "x"),
            "\"jku\":\"https://attacker.example/keys\"",
            "\"x5u\":\"https://attacker.example/chain\"")) {
      var header = "{\"alg\":\"RS256\",\"kid\":\"x\"," + parameter + "}";
      assertThat(refusal(Forge.token(header, claims("ci"), Forge.rs256(attacker))).reason())
          .isEqualTo(Reason.CREDENTIAL_INVALID);
    }
    assertThat(fetches).hasValue(0);
  }

  @Test
  void keys_are_fetched_once_and_then_known() throws Refused {
    for (int i = 0; i < 100; i++) {
      assertThat(tokens.identify(token("RS256", "a", "user-" + i, Forge.rs256(RSA)))).isNotNull();
    }

    assertThat(fetches).hasValue(1);
  }

  @Test
  void a_new_key_is_found_at_once_and_the_old_one_ends_with_it() throws Refused {
    var old = token("RS256", "a", "ci", Forge.rs256(RSA));
    assertThat(tokens.identify(old)).isNotNull();
    document = Forge.keySet(jwk(OTHER_RSA, "b"));
    now = NOW.plusSeconds(60);

    assertThat(name("RS256", "b", Forge.rs256(OTHER_RSA))).isEqualTo("ci");

    assertThat(fetches).hasValue(2);
    // It was verified and remembered under the keys of before.
    assertThat(refusal(old).detail()).contains("could not be verified");
  }

  @Test
  void a_withdrawn_key_ends_with_the_next_refresh_though_its_tokens_are_remembered()
      throws Refused {
    var old = token("RS256", "a", "ci", Forge.rs256(RSA));
    assertThat(tokens.identify(old)).isNotNull();
    document = Forge.keySet(jwk(OTHER_RSA, "b"));

    now = NOW.plus(PublishedKeys.REFRESH);
    assertThat(tokens.identify(old)).isNotNull();
    // The one that finds them due is served by the keys it found.
    now = now.plusSeconds(1);
    assertThat(tokens.identify(old)).isNotNull();

    assertThat(refusal(old).reason()).isEqualTo(Reason.CREDENTIAL_INVALID);
    assertThat(refusal(lateToken("RS256", "a", Forge.rs256(RSA))).reason())
        .isEqualTo(Reason.CREDENTIAL_INVALID);
  }

  @Test
  void keys_that_stayed_the_same_are_not_a_rotation() throws Refused {
    var keys = new PublishedKeys(ISSUER, this::fetch, Runnable::run, this::time);
    var before = keys.current(now);

    now = NOW.plus(PublishedKeys.REFRESH).plusSeconds(1);

    assertThat(keys.current(now)).isSameAs(before);
    assertThat(keys.current(now)).isSameAs(before);
    assertThat(fetches).hasValue(2);
  }

  @Test
  void made_up_key_ids_cause_one_fetch_in_ten_seconds() {
    for (int i = 0; i < 1000; i++) {
      now = NOW.plusMillis(i * 30L);
      assertInvalid("RS256", "made-up-" + i, Forge.rs256(OTHER_RSA));
    }

    // The first fetch, and one after each pause: at 10 and 20 seconds, within 30.
    assertThat(fetches).hasValue(3);
  }

  @Test
  void foreign_issuers_and_algorithms_cause_no_fetch() {
    assertThat(
            refusal(
                    Forge.token(
                        "{\"alg\":\"RS256\"}",
                        "{\"iss\":\"https://attacker.example\"}",
                        Forge.rs256(RSA)))
                .reason())
        .isEqualTo(Reason.CREDENTIAL_INVALID);
    assertInvalid("HS256", "a", Forge.hs256("0123456789abcdef0123456789abcdef"));
    assertInvalid("RS512", "a", Forge.rs256(RSA));

    assertThat(fetches).hasValue(0);
  }

  @Test
  void without_keys_a_token_is_unverifiable_which_is_not_invalid() throws Refused {
    down = true;

    var refusal = refusal("RS256", "a", Forge.rs256(RSA));

    assertThat(refusal.reason()).isEqualTo(Reason.CREDENTIAL_UNVERIFIABLE);
    assertThat(refusal.retryAfterSeconds()).isBetween(1, 10);
    // It is asked again after the pause, not before.
    now = NOW.plusSeconds(9);
    assertThat(refusal("RS256", "a", Forge.rs256(RSA)).retryAfterSeconds()).isEqualTo(1);
    assertThat(fetches).hasValue(1);
    down = false;
    now = NOW.plusSeconds(10);
    assertThat(name("RS256", "a", Forge.rs256(RSA))).isEqualTo("ci");
    assertThat(fetches).hasValue(2);
  }

  @Test
  void a_document_that_is_no_key_set_counts_as_down() {
    for (String broken :
        List.of(
            "",
            "<html>",
            "[]",
            "{}",
            "{\"keys\":{}}",
            "{\"keys\":[]}",
            "{\"keys\":[{\"kty\":\"oct\",\"k\":\"MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY\"}]}")) {
      document = broken;
      now = now.plusSeconds(11);
      assertThat(refusal("RS256", "a", Forge.rs256(RSA)).reason())
          .as(broken)
          .isEqualTo(Reason.CREDENTIAL_UNVERIFIABLE);
    }
  }

  @Test
  void known_keys_outlive_an_outage_of_an_hour_and_no_longer() throws Refused {
    assertThat(name("RS256", "a", Forge.rs256(RSA))).isEqualTo("ci");
    down = true;

    now = NOW.plus(PublishedKeys.USABLE);
    assertThat(tokens.identify(lateToken("RS256", "a", Forge.rs256(RSA))).name()).isEqualTo("ci");
    now = now.plusSeconds(1);

    assertThat(refusal(lateToken("RS256", "a", Forge.rs256(RSA))).reason())
        .isEqualTo(Reason.CREDENTIAL_UNVERIFIABLE);
  }

  @Test
  void a_remembered_token_does_not_outlive_the_keys() throws Refused {
    var longLived = tokens(new PublishedKeys(ISSUER, this::fetch, Runnable::run, this::time));
    var token = lateToken("RS256", "a", Forge.rs256(RSA), Duration.ofHours(3));
    assertThat(longLived.identify(token)).isNotNull();
    down = true;

    now = NOW.plus(PublishedKeys.USABLE).plusSeconds(1);

    assertThat(refusal(longLived, token).reason()).isEqualTo(Reason.CREDENTIAL_UNVERIFIABLE);
  }

  @Test
  void an_unknown_key_during_an_outage_may_be_a_new_one() throws Refused {
    assertThat(name("RS256", "a", Forge.rs256(RSA))).isEqualTo("ci");
    down = true;
    now = NOW.plusSeconds(60);

    assertThat(refusal("RS256", "b", Forge.rs256(OTHER_RSA)).reason())
        .isEqualTo(Reason.CREDENTIAL_UNVERIFIABLE);
    // Within the pause too, without another fetch.
    assertThat(refusal("RS256", "b", Forge.rs256(OTHER_RSA)).reason())
        .isEqualTo(Reason.CREDENTIAL_UNVERIFIABLE);
    assertThat(fetches).hasValue(2);
    // The known key goes on, and what it did not sign stays wrong.
    assertThat(name("RS256", "a", Forge.rs256(RSA))).isEqualTo("ci");
    assertInvalid("RS256", "a", Forge.rs256(OTHER_RSA));
  }

  @Test
  void an_outage_costs_one_fetch_in_ten_seconds_though_the_keys_are_due() throws Refused {
    assertThat(name("RS256", "a", Forge.rs256(RSA))).isEqualTo("ci");
    down = true;
    now = NOW.plus(PublishedKeys.REFRESH).plusSeconds(1);

    for (int i = 0; i < 50; i++) {
      var token = token("RS256", "a", "user-" + i, Forge.rs256(RSA));
      assertThat(tokens.identify(token)).isNotNull();
    }

    assertThat(fetches).hasValue(2);
  }

  @Test
  void keys_that_are_due_are_fetched_in_the_background() throws Refused {
    var waiting = new ArrayList<Runnable>();
    var keys = new PublishedKeys(ISSUER, this::fetch, waiting::add, this::time);
    var first =
        Thread.ofVirtual()
            .unstarted(() -> {
              try {
                keys.current(now);
              } catch (Refused e) {
                throw new AssertionError(e);
              }
            });
    first.start();
    while (waiting.isEmpty()) {
      Thread.onSpinWait();
    }
    waiting.removeFirst().run();
    joined(first);
    document = Forge.keySet(jwk(OTHER_RSA, "b"));
    now = NOW.plus(PublishedKeys.REFRESH).plusSeconds(1);

    var before = keys.current(now);
    assertThat(keys.current(now)).isSameAs(before);
    assertThat(waiting).hasSize(1);
    waiting.removeFirst().run();

    assertThat(keys.current(now)).isNotSameAs(before);
  }

  @Test
  void a_thousand_first_requests_cause_one_fetch() throws Exception {
    var open = new CountDownLatch(1);
    var token = token("RS256", "a", "ci", Forge.rs256(RSA));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var keys =
          new PublishedKeys(
              ISSUER,
              () -> {
                try {
                  open.await();
                } catch (InterruptedException e) {
                  throw new IOException(e);
                }
                return fetch();
              },
              threads,
              this::time);
      var cold = tokens(keys);
      Callable<String> request = () -> cold.identify(token).name();

      var answers = new ArrayList<java.util.concurrent.Future<String>>();
      for (int i = 0; i < 1000; i++) {
        answers.add(threads.submit(request));
      }
      open.countDown();

      for (var answer : answers) {
        assertThat(answer.get()).isEqualTo("ci");
      }
    }
    assertThat(fetches).hasValue(1);
  }

  @Test
  void a_caller_who_leaves_does_not_take_the_fetch_along() throws Exception {
    var begun = new CountDownLatch(1);
    var open = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var keys =
          new PublishedKeys(
              ISSUER,
              () -> {
                begun.countDown();
                try {
                  open.await();
                } catch (InterruptedException e) {
                  throw new IOException(e);
                }
                return fetch();
              },
              threads,
              this::time);
      var leaving =
          Thread.ofVirtual()
              .start(() ->
                  assertThat(
                          catchThrowableOfType(Refused.class, () -> keys.current(now))
                              .refusal()
                              .reason())
                      .isEqualTo(Reason.CREDENTIAL_UNVERIFIABLE));
      begun.await();
      leaving.interrupt();
      leaving.join();
      var staying = threads.submit(() -> keys.current(now));
      open.countDown();

      assertThat(staying.get()).isNotNull();
    }
    assertThat(fetches).hasValue(1);
  }

  private String fetch() throws IOException {
    fetches.incrementAndGet();
    if (down) {
      throw new IOException("connection refused");
    }
    return document;
  }

  private Instant time() {
    return now;
  }

  private String name(String algorithm, String keyId, Forge.Signer signer) throws Refused {
    return tokens.identify(token(algorithm, keyId, "ci", signer)).name();
  }

  private void assertInvalid(String algorithm, String keyId, Forge.Signer signer) {
    assertThat(refusal(algorithm, keyId, signer).reason()).isEqualTo(Reason.CREDENTIAL_INVALID);
  }

  private Refusal refusal(String algorithm, String keyId, Forge.Signer signer) {
    return refusal(token(algorithm, keyId, "ci", signer));
  }

  private Refusal refusal(String token) {
    return refusal(tokens, token);
  }

  private static Refusal refusal(Tokens tokens, String token) {
    var refused = catchThrowableOfType(Refused.class, () -> tokens.identify(token));
    assertThat(refused).as("was let in").isNotNull();
    return refused.refusal();
  }

  private Tokens tokens(PublishedKeys keys) {
    var issuer =
        new TokenIssuer(
            ISSUER,
            null,
            keys,
            Duration.ofSeconds(30),
            Duration.ofHours(3),
            "tenant",
            "models",
            List.of("*"));
    return new Tokens(List.of(issuer), new SecureRandom(), this::time);
  }

  private static JWK jwk(KeyPair pair, String id) {
    return Forge.rsaJwk(pair).keyID(id).build();
  }

  private static String token(String algorithm, String keyId, String subject, Forge.Signer signer) {
    return Forge.token(header(algorithm, keyId), claims(subject), signer);
  }

  private String lateToken(String algorithm, String keyId, Forge.Signer signer) {
    return lateToken(algorithm, keyId, signer, Duration.ofMinutes(1));
  }

  private String lateToken(String algorithm, String keyId, Forge.Signer signer, Duration lifetime) {
    return Forge.token(
        header(algorithm, keyId), claims("ci", now.plus(lifetime).getEpochSecond()), signer);
  }

  private static String header(String algorithm, String keyId) {
    return "{\"alg\":\""
        + algorithm
        + "\""
        + (keyId == null ? "" : ",\"kid\":\"" + keyId + "\"")
        + "}";
  }

  private static String claims(String subject) {
    return claims(subject, NOW.plusSeconds(1800).getEpochSecond());
  }

  private static String claims(String subject, long expires) {
    return "{\"iss\":\"%s\",\"exp\":%d,\"sub\":\"%s\"}".formatted(ISSUER, expires, subject);
  }

  private static byte[] concatenated(byte[] first, byte[] second) {
    var both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static BigInteger littleEndian(byte[] bytes) {
    var reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return new BigInteger(1, reversed);
  }

  private static byte[] littleEndian(BigInteger number) {
    var bytes = new byte[32];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = number.shiftRight(8 * i).byteValue();
    }
    return bytes;
  }

  private static void joined(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
