package dev.yumen.authentication;

import static dev.yumen.authentication.Forge.base64;
import static dev.yumen.authentication.Forge.hs256;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.yumen.exchange.Caller;
import dev.yumen.exchange.Reason;
import dev.yumen.exchange.Refusal;
import dev.yumen.exchange.Refused;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a token must be and hold, on the example of an issuer with a shared secret. */
class TokensTest {
  private static final String ISSUER = "https://issuer.example";
  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final String HEADER = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final long T = NOW.getEpochSecond();

  private Instant now = NOW;
  private final Tokens tokens = tokens(issuer("yumen"));

  @Test
  void a_token_names_the_caller_the_tenant_and_the_models() throws Refused {
    var token = token("\"sub\":\"ci\",\"tenant\":\"acme\",\"models\":[\"claude-*\",\"test\"]");

    var caller = tokens.identify(token);

    assertThat(caller)
        .isEqualTo(new Caller(ISSUER + " ci", "ci", "acme", List.of("claude-*", "test")));
  }

  @Test
  void what_a_token_leaves_out_comes_from_the_settings_and_its_subject() throws Refused {
    assertThat(tokens.identify(token("\"sub\":\"ci\"")))
        .isEqualTo(new Caller(ISSUER + " ci", "ci", "ci", List.of("default-*")));
    assertThat(tokens.identify(token("\"client_id\":\"app\",\"azp\":\"other\"")).name())
        .isEqualTo("app");
    assertThat(tokens.identify(token("\"azp\":\"app\"")).name()).isEqualTo("app");
    assertThat(tokens.identify(token("\"x\":1")))
        .isEqualTo(new Caller(ISSUER, ISSUER, ISSUER, List.of("default-*")));
  }

  @Test
  void models_may_be_a_string_cut_at_spaces_and_an_empty_list_allows_none() throws Refused {
    assertThat(tokens.identify(token("\"models\":\"a b-*\"")).models()).containsExactly("a", "b-*");
    assertThat(tokens.identify(token("\"models\":[]")).models()).isEmpty();
    assertThat(tokens.identify(token("\"models\":\"\"")).models()).isEmpty();
  }

  @Test
  void a_tenant_may_be_the_only_one_of_an_array() throws Refused {
    assertThat(tokens.identify(token("\"tenant\":[\"acme\"]")).tenant()).isEqualTo("acme");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"tenant\":null",
        "\"tenant\":7",
        "\"tenant\":\"\"",
        "\"tenant\":\" \"",
        "\"tenant\":[\"a\",\"b\"]",
        "\"tenant\":[]",
        "\"tenant\":{\"name\":\"acme\"}",
        "\"tenant\":\"a\\nb\"",
        "\"tenant\":\"a\\ud800\"",
        "\"models\":null",
        "\"models\":true",
        "\"models\":[\"a\",null]",
        "\"models\":[[\"a\"]]",
        "\"models\":\"a  b\"",
        "\"models\":{\"a\":\"b\"}",
        "\"sub\":null",
        "\"sub\":7",
        "\"sub\":\"a\\u0000\"",
      })
  void a_claim_of_the_wrong_kind_is_never_taken_as_absent(String claim) {
    var refusal = refusal(token(claim));

    assertThat(refusal.detail()).contains("its claim " + claim.substring(1, claim.indexOf('"', 1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"none", "None", "NONE", "nOnE", "none ", " none", "\\u006eone", "n\\u004fne"})
  void alg_none_is_refused_however_it_is_spelt(String none) {
    var signed =
        base64(("{\"alg\":\"" + none + "\"}").getBytes(UTF_8)) + "." + payload(token("\"x\":1"));

    assertThat(refusal(signed + ".").reason()).isEqualTo(Reason.CREDENTIAL_INVALID);
    assertThat(refusal(signed).reason()).isEqualTo(Reason.CREDENTIAL_INVALID);
    assertThat(refusal(signed + ".AAAA").detail()).contains("it is not signed");
    assertThat(
            refusal(Forge.token("{\"alg\":\"" + none + "\"}", claims("\"x\":1"), hs256(SECRET)))
                .detail())
        .contains("it is not signed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"alg\":null}",
        "{\"alg\":[\"HS256\"]}",
        "{\"alg\":\"\"}",
        "{\"alg\":\"hs256\"}",
        "{\"alg\":\"HS256 \"}",
        "{\"alg\":\"HS384\"}",
        "{\"alg\":\"RS256\"}",
        "{\"alg\":\"ES256\"}",
        "{\"alg\":\"EdDSA\"}",
        "{\"alg\":\"dir\"}",
        "{\"alg\":\"HS256\",\"alg\":\"HS256\"}",
        "{\"alg\":\"none\",\"alg\":\"HS256\"}",
        "{\"alg\":\"HS256\",\"\\u0061lg\":\"HS256\"}",
      })
  void any_other_algorithm_than_that_of_the_secret_is_refused(String header) {
    assertThat(refusal(Forge.token(header, claims("\"x\":1"), hs256(SECRET))).reason())
        .isEqualTo(Reason.CREDENTIAL_INVALID);
  }

  @Test
  void hs512_with_the_right_secret_is_refused() {
    var token =
        Forge.token(
            "{\"alg\":\"HS512\"}",
            claims("\"x\":1"),
            Forge.hmac("HmacSHA512", SECRET.repeat(2).getBytes(UTF_8)));

    assertThat(refusal(token).detail()).contains("could not be verified");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"crit\":[\"exp\"]",
        "\"crit\":[]",
        "\"b64\":false",
        "\"b64\":true",
        "\"b64\":false,\"crit\":[\"b64\"]",
        "\"jwk\":{\"kty\":\"oct\",\"k\":\"MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY\"}",
        "\"jku\":\"https://attacker.example/keys\"",
        "\"x5u\":\"https://attacker.example/chain\"",
        "\"x5c\":[\"MIIB\"]",
        "\"zip\":\"DEF\"",
        "\"enc\":\"A256GCM\"",
        "\"cty\":\"JWT\"",
        "\"typ\":\"dpop+jwt\"",
        "\"typ\":\"logout+jwt\"",
        "\"typ\":\"JOSE+JSON\"",
        "\"typ\":null",
        "\"kid\":7",
        "\"kid\":null",
        "\"kid\":\"a\",\"kid\":\"b\"",
      })
  void a_header_that_would_change_the_verification_is_refused_though_it_is_signed(
      String parameter) {
    var token =
        Forge.token("{\"alg\":\"HS256\"," + parameter + "}", claims("\"x\":1"), hs256(SECRET));

    assertThat(refusal(token).detail()).contains("This token cannot be taken");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"JWT", "jwt", "at+jwt", "AT+JWT", "application/jwt", "application/at+jwt"})
  void the_kinds_of_access_tokens_are_taken(String kind) throws Refused {
    var header = "{\"alg\":\"HS256\",\"typ\":\"" + kind + "\",\"x5t\":\"unknown to us\"}";

    assertThat(tokens.identify(Forge.token(header, claims("\"sub\":\"ci\""), hs256(SECRET))).name())
        .isEqualTo("ci");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../../../dev/null",
        "/proc/sys/kernel/randomize_va_space",
        "' UNION SELECT 'AAAA",
        "${jndi:ldap://127.0.0.1/a}",
        "https://attacker.example/key",
        "| /bin/true",
      })
  void a_kid_is_no_path_no_address_and_no_query(String kid) throws Refused {
    var header = "{\"alg\":\"HS256\",\"kid\":\"" + kid + "\"}";

    assertThat(refusal(Forge.token(header, claims("\"x\":1"), hs256("\0".repeat(32)))).detail())
        .contains("could not be verified");
    assertThat(tokens.identify(Forge.token(header, claims("\"sub\":\"ci\""), hs256(SECRET))).name())
        .isEqualTo("ci");
  }

  @Test
  void a_modified_payload_is_refused() {
    var good = token("\"sub\":\"ci\"");
    var other = token("\"sub\":\"root\"");
    var mixed = good.substring(0, good.indexOf('.')) + "." + payload(other) + signature(good);

    assertThat(refusal(mixed).detail()).contains("could not be verified");
  }

  @Test
  void a_modified_header_is_refused() {
    var good = token("\"sub\":\"ci\"");
    var header = base64("{\"alg\":\"HS256\",\"kid\":\"a\"}".getBytes(UTF_8));

    assertThat(refusal(header + good.substring(good.indexOf('.'))).detail())
        .contains("could not be verified");
  }

  @Test
  void a_missing_short_or_changed_signature_is_refused() {
    var good = token("\"x\":1");
    var signed = good.substring(0, good.lastIndexOf('.'));

    assertThat(refusal(signed + ".").reason()).isEqualTo(Reason.CREDENTIAL_INVALID);
    assertThat(refusal(signed).reason()).isEqualTo(Reason.CREDENTIAL_INVALID);
    assertThat(refusal(signed + "." + base64(new byte[32])).reason())
        .isEqualTo(Reason.CREDENTIAL_INVALID);
    var bytes = Base64.getUrlDecoder().decode(signature(good).substring(1));
    for (int length : new int[] {1, 16, 31}) {
      var cut = java.util.Arrays.copyOf(bytes, length);
      assertThat(refusal(signed + "." + base64(cut)).reason()).isEqualTo(Reason.CREDENTIAL_INVALID);
    }
    assertThat(refusal(signed + "." + base64(java.util.Arrays.copyOf(bytes, 33))).reason())
        .isEqualTo(Reason.CREDENTIAL_INVALID);
  }

  @Test
  void encrypted_nested_detached_and_json_forms_are_refused() {
    var good = token("\"x\":1");
    var parts = good.split("\\.", -1);

    assertThat(refusal("a.b.c.d.e").detail()).contains("encrypted");
    assertThat(refusal(parts[0] + ".." + parts[2]).detail()).contains("missing");
    assertThat(refusal(good + ".x").detail()).contains("three parts");
    assertThat(refusal("{\"payload\":\"" + parts[1] + "\"}").detail()).contains("three parts");
    assertThat(refusal(Forge.token(HEADER, "\"" + good + "\"", hs256(SECRET))).detail())
        .contains("claims set");
  }

  @Test
  void only_one_spelling_of_a_token_is_taken() throws Refused {
    var good = token("\"x\":1");
    assertThat(tokens.identify(good)).isNotNull();
    // The last character of 32 bytes in base64url carries two bits that are not read.
    var stray = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    var last = stray.charAt(stray.indexOf(good.charAt(good.length() - 1)) + 1);

    for (String other :
        List.of(
            good + "=",
            good + "\n",
            " " + good,
            good.replace(".", " ."),
            good.replace(".", "=."),
            good.substring(0, good.length() - 1) + last,
            good + "A")) {
      assertThat(refusal(other).reason()).as(other).isEqualTo(Reason.CREDENTIAL_INVALID);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "null", "7", "", "{", "{}{}", "{\"iss\":\"a\"} x", "\uFEFF{}"})
  void claims_that_are_no_json_object_are_refused(String claims) {
    assertThat(refusal(Forge.token(HEADER, claims, hs256(SECRET))).detail())
        .contains("This token cannot be taken");
  }

  @Test
  void claims_in_another_encoding_than_utf_8_are_refused() {
    var header = base64(HEADER.getBytes(UTF_8));
    for (byte[] claims :
        List.of(
            claims("\"x\":1").getBytes(java.nio.charset.StandardCharsets.UTF_16BE),
            claims("\"x\":\"ü\"").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1))) {
      assertThat(refusal(header + "." + base64(claims) + "." + base64(new byte[32])).detail())
          .contains("claims set is not a JSON object in UTF-8");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"exp", "iss", "sub", "nested"})
  void a_claim_given_twice_is_refused(String name) {
    var twice =
        switch (name) {
          case "nested" -> "\"act\":{\"sub\":\"a\",\"sub\":\"b\"}";
          case "exp" -> "\"exp\":" + (T + 60);
          case "iss" -> "\"iss\":\"" + ISSUER + "\"";
          default -> "\"sub\":\"a\",\"sub\":\"b\"";
        };

    assertThat(refusal(token(twice)).detail()).contains("every member once");
  }

  @Test
  void a_deeply_nested_token_is_refused_without_harm() {
    assertThat(refusal(token("\"x\":" + "[".repeat(3000) + "]".repeat(3000))).detail())
        .contains("claims set");
  }

  @Test
  void an_issuer_must_be_one_of_the_settings_to_the_letter() {
    for (String issuer :
        List.of(
            "\"https://issuer.example/\"",
            "\"HTTPS://issuer.example\"",
            "\"https://issuer.example \"",
            "\"https://attacker.example\"",
            "\"\"")) {
      var token = Forge.token(HEADER, "{\"iss\":" + issuer + "}", hs256(SECRET));
      assertThat(refusal(token).detail()).contains("could not be verified");
    }
    for (String issuer : List.of("null", "7", "[\"" + ISSUER + "\"]", "{}")) {
      var token = Forge.token(HEADER, "{\"iss\":" + issuer + "}", hs256(SECRET));
      assertThat(refusal(token).detail()).contains("does not name its issuer");
    }
    assertThat(refusal(Forge.token(HEADER, "{\"exp\":1}", hs256(SECRET))).detail())
        .contains("does not name its issuer");
  }

  @Test
  void one_issuer_cannot_speak_for_another() {
    var other = "another secret, also of 32 bytes.";
    var both =
        tokens(
            issuer("yumen"),
            new TokenIssuer(
                "https://other.example",
                null,
                new SharedSecret(other),
                Duration.ZERO,
                Duration.ofMinutes(30),
                "tenant",
                "models",
                List.of("*")));

    var forged = Forge.token(HEADER, claims("\"sub\":\"ci\""), hs256(other));

    assertThat(refusal(both, forged).detail()).contains("could not be verified");
  }

  @Test
  void the_audience_must_be_among_those_of_the_token() throws Refused {
    assertThat(identified("\"aud\":\"yumen\"")).isTrue();
    assertThat(identified("\"aud\":[\"other\",\"yumen\"]")).isTrue();
    for (String audience :
        List.of(
            "\"aud\":\"other\"",
            "\"aud\":\"Yumen\"",
            "\"aud\":\"yumen other\"",
            "\"aud\":[]",
            "\"aud\":[[\"yumen\"]]",
            "\"aud\":null",
            "\"aud\":{\"yumen\":\"yumen\"}",
            "\"x\":1")) {
      var token = Forge.token(HEADER, bare(audience), hs256(SECRET));
      assertThat(refusal(token).detail()).contains("not meant for this gateway");
    }
  }

  @Test
  void without_a_configured_audience_none_is_needed() throws Refused {
    var any = tokens(issuer(null));

    assertThat(any.identify(Forge.token(HEADER, bare("\"x\":1"), hs256(SECRET)))).isNotNull();
    assertThat(any.identify(Forge.token(HEADER, bare("\"aud\":\"b\""), hs256(SECRET)))).isNotNull();
  }

  /** Clocks may differ by 30 seconds, and 1800 seconds are the longest life. */
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "   60,    -,    -, taken",
        "   60,    0,    0, taken",
        "  -29,    -,    -, taken",
        "  -30,    -,    -, expired",
        "-3600,    -,    -, expired",
        "   60,   30,    -, taken",
        "   60,   31,    -, not valid before",
        "   60,    -,   30, taken",
        "   60,    -,   31, lies in the future",
        " 1800,    -,    0, taken",
        " 1801,    -,    0, lives too long",
        " 1799,    -,   -1, taken",
        " 1800,    -,   -1, lives too long",
        " 1830,    -,   30, taken",
        " 1830,    -,    -, taken",
        " 1831,    -,    -, lives too long",
        "   60,    -,-7200, lives too long",
      })
  void times_are_taken_as_far_as_clocks_may_differ(
      long expires, Long notBefore, Long issued, String outcome) throws Refused {
    var claims = new StringBuilder("{\"iss\":\"" + ISSUER + "\",\"aud\":\"yumen\"");
    claims.append(",\"exp\":").append(T + expires);
    if (notBefore != null) {
      claims.append(",\"nbf\":").append(T + notBefore);
    }
    if (issued != null) {
      claims.append(",\"iat\":").append(T + issued);
    }
    var token = Forge.token(HEADER, claims.append("}").toString(), hs256(SECRET));

    if (outcome.equals("taken")) {
      assertThat(tokens.identify(token)).isNotNull();
    } else {
      assertThat(refusal(token).detail()).contains(outcome);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"1795521660\"",
        "1795521660.0",
        "1.79552166e9",
        "null",
        "true",
        "[1795521660]",
        "-1",
        "1795521660000",
        "99999999999999999999999999",
        "1e400",
      })
  void a_time_that_is_no_whole_number_of_seconds_is_refused(String time) {
    for (String claim : List.of("exp", "nbf", "iat")) {
      var exp = claim.equals("exp") ? "" : "\"exp\":" + (T + 60) + ",";
      var claims = "{\"iss\":\"" + ISSUER + "\",\"aud\":\"yumen\"," + exp + "\"" + claim + "\":";

      assertThat(refusal(Forge.token(HEADER, claims + time + "}", hs256(SECRET))).detail())
          .contains("its claim " + claim + " must be a whole number of seconds");
    }
  }

  @Test
  void a_token_that_never_expires_is_refused() {
    var token = Forge.token(HEADER, "{\"iss\":\"" + ISSUER + "\"}", hs256(SECRET));

    assertThat(refusal(token).detail()).contains("never expires");
  }

  @Test
  void a_token_taken_before_is_refused_from_the_second_it_expires() throws Refused {
    var token = token("\"sub\":\"ci\"");
    assertThat(tokens.identify(token)).isNotNull();

    now = NOW.plusSeconds(89);
    assertThat(tokens.identify(token)).isNotNull();

    now = NOW.plusSeconds(90);
    assertThat(refusal(token).detail()).contains("expired at 2026-11-24T12:01:00Z");
  }

  @Test
  void who_cannot_sign_learns_nothing() {
    var expired =
        "{\"iss\":\"" + ISSUER + "\",\"exp\":" + (T - 9999) + ",\"aud\":\"other\",\"sub\":null}";
    var guess = hs256("a wrong secret of more than 32 bytes");

    var wrongSignature = refusal(Forge.token(HEADER, claims("\"x\":1"), guess));

    assertThat(refusal(Forge.token(HEADER, expired, guess))).isEqualTo(wrongSignature);
    assertThat(refusal(Forge.token(HEADER, "{\"iss\":\"nobody\"}", guess)))
        .isEqualTo(wrongSignature);
    assertThat(refusal(Forge.token("{\"alg\":\"RS256\"}", claims("\"x\":1"), guess)))
        .isEqualTo(wrongSignature);
  }

  @Test
  void no_refusal_repeats_what_an_unverified_token_holds() {
    var token =
        Forge.token(
            "{\"alg\":\"<script>\",\"kid\":\"<script>\",\"typ\":\"<script>\"}",
            "{\"iss\":\"<script>\"}",
            hs256("a wrong secret of more than 32 bytes"));

    assertThat(refusal(token).detail()).doesNotContain("<script>");
    assertThat(refusal(Forge.token("<script>", "<script>", hs256(SECRET))).detail())
        .doesNotContain("<script>");
  }

  @Test
  void a_secret_shorter_than_its_hash_is_refused_at_start() {
    assertThatThrownBy(() -> new SharedSecret("only thirty-one bytes long: 31!"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 32 bytes")
        .hasMessageNotContaining("thirty");
  }

  @Test
  void an_issuer_cannot_be_configured_twice() {
    assertThatThrownBy(() -> tokens(issuer("a"), issuer("b")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(ISSUER);
  }

  private boolean identified(String claims) throws Refused {
    return tokens.identify(Forge.token(HEADER, bare(claims), hs256(SECRET))) != null;
  }

  private Refusal refusal(String token) {
    return refusal(tokens, token);
  }

  private static Refusal refusal(Tokens tokens, String token) {
    var refused = catchThrowableOfType(Refused.class, () -> tokens.identify(token));
    assertThat(refused).as("was let in").isNotNull();
    assertThat(refused.refusal().reason()).isEqualTo(Reason.CREDENTIAL_INVALID);
    return refused.refusal();
  }

  private Tokens tokens(TokenIssuer... issuers) {
    return new Tokens(List.of(issuers), new SecureRandom(), () -> now);
  }

  private static TokenIssuer issuer(String audience) {
    return new TokenIssuer(
        ISSUER,
        audience,
        new SharedSecret(SECRET),
        Duration.ofSeconds(30),
        Duration.ofMinutes(30),
        "tenant",
        "models",
        List.of("default-*"));
  }

  /** A good token but for the claims given. */
  private static String token(String claims) {
    return Forge.token(HEADER, claims(claims), hs256(SECRET));
  }

  private static String claims(String more) {
    return bare("\"aud\":\"yumen\"," + more);
  }

  private static String bare(String more) {
    return "{\"iss\":\"" + ISSUER + "\",\"exp\":" + (T + 60) + "," + more + "}";
  }

  private static String payload(String token) {
    return token.substring(token.indexOf('.') + 1, token.lastIndexOf('.'));
  }

  private static String signature(String token) {
    return token.substring(token.lastIndexOf('.'));
  }
}
