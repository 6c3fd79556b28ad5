package dev.yumen.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.yumen.exchange.Caller;
import dev.yumen.exchange.Headers;
import dev.yumen.exchange.Reason;
import dev.yumen.exchange.Refusal;
import dev.yumen.exchange.Refused;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which credential counts, and what becomes of it when it is a key. */
class CredentialAuthenticatorTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  private final NewKey alice = newKey("alice", null);
  private final NewKey bob = newKey("bob", null);
  private final NewKey shortLived = newKey("short-lived", NOW.plusSeconds(60));
  private final AtomicReference<Keys> keys =
      new AtomicReference<>(keys(alice.key(), bob.key(), shortLived.key()));
  private Instant now = NOW;
  private final Authenticator authenticator =
      new CredentialAuthenticator(keys::get, null, () -> now);

  @Test
  void a_key_is_taken_as_bearer_and_as_x_api_key() throws Refused {
    assertThat(identify("Authorization", "Bearer " + text(alice))).isEqualTo(caller(alice));
    assertThat(identify("x-api-key", text(alice))).isEqualTo(caller(alice));
  }

  @Test
  void the_caller_carries_what_is_stored_with_the_key() throws Refused {
    var key = NewKey.of("ci", "platform", List.of("claude-haiku-*", "test"), null, NOW, RANDOM);
    keys.set(keys(key.key()));

    var caller = identify("x-api-key", text(key));

    assertThat(caller)
        .isEqualTo(new Caller(key.key().id(), "ci", "platform", List.of("claude-haiku-*", "test")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer ", "bearer ", "BEARER ", "Bearer   ", "  Bearer "})
  void the_scheme_is_read_without_regard_to_case_and_spaces(String scheme) throws Refused {
    assertThat(identify("authorization", scheme + text(alice) + " ")).isEqualTo(caller(alice));
  }

  @Test
  void authorization_wins_when_both_are_sent_whatever_their_order() throws Refused {
    assertThat(identify("x-api-key", text(bob), "Authorization", "Bearer " + text(alice)))
        .isEqualTo(caller(alice));
    assertThat(identify("Authorization", "Bearer " + text(alice), "x-api-key", text(bob)))
        .isEqualTo(caller(alice));
    assertThat(identify("Authorization", "Bearer " + text(alice), "x-api-key", "sk-ant-other"))
        .isEqualTo(caller(alice));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Bearer wrong", "Bearer", "Bearer ", "", "Basic dTpw", "Bearerx", "Negotiate a"})
  void a_good_x_api_key_does_not_help_when_authorization_is_wrong(String authorization) {
    var refusal = refusal("Authorization", authorization, "x-api-key", text(alice));

    assertThat(refusal.reason()).isEqualTo(Reason.CREDENTIAL_INVALID);
  }

  @Test
  void no_credential_is_its_own_reason_and_says_how_to_send_one() {
    var refusal = refusal("content-type", "application/json");

    assertThat(refusal.reason()).isEqualTo(Reason.CREDENTIAL_MISSING);
    assertThat(refusal.detail()).contains("Authorization: Bearer").contains("x-api-key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a\tb", "schlüssel", "a\u0000b"})
  void a_value_that_cannot_be_a_credential_is_refused_in_either_field(String value) {
    assertThat(refusal("x-api-key", value).reason()).isEqualTo(Reason.CREDENTIAL_INVALID);
    assertThat(refusal("Authorization", "Bearer " + value).reason())
        .isEqualTo(Reason.CREDENTIAL_INVALID);
  }

  @Test
  void a_credential_of_more_than_8192_characters_is_refused_as_too_long() {
    assertThat(refusal("x-api-key", "x".repeat(8193)).detail()).contains("8192");
    assertThat(refusal("x-api-key", "x".repeat(8192)).detail()).doesNotContain("8192");
  }

  @Test
  void the_same_field_twice_counts_only_when_both_lines_agree() throws Refused {
    var bearer = "Bearer " + text(alice);

    assertThat(identify("Authorization", bearer, "Authorization", bearer)).isEqualTo(caller(alice));
    assertThat(identify("x-api-key", text(bob), "X-Api-Key", text(bob))).isEqualTo(caller(bob));
    assertThat(refusal("Authorization", bearer, "authorization", "Bearer " + text(bob)).detail())
        .contains("more than once");
    assertThat(refusal("x-api-key", text(alice), "x-api-key", text(bob)).detail())
        .contains("more than once");
  }

  @Test
  void a_key_joined_with_another_by_a_comma_is_refused() {
    var joined = "Bearer " + text(alice) + ", Bearer " + text(bob);

    assertThat(refusal("Authorization", joined).reason()).isEqualTo(Reason.CREDENTIAL_INVALID);
  }

  @Test
  void a_wrong_secret_and_an_unknown_id_are_told_alike() {
    var wrongSecret = new KeyText(alice.key().id(), KeyText.random(RANDOM).secret()).text();
    var unknownId = KeyText.random(RANDOM).text();

    assertThat(refusal("x-api-key", wrongSecret)).isEqualTo(refusal("x-api-key", unknownId));
  }

  @Test
  void the_secret_of_one_key_does_not_open_another() {
    var mixed = new KeyText(alice.key().id(), bob.text().secret()).text();

    assertThat(refusal("x-api-key", mixed).reason()).isEqualTo(Reason.CREDENTIAL_INVALID);
  }

  @Test
  void the_key_that_stands_in_for_nobody_is_not_taken() {
    var nobody = new KeyText("0".repeat(12), "0".repeat(43)).text();

    assertThat(refusal("x-api-key", nobody).reason()).isEqualTo(Reason.CREDENTIAL_INVALID);
  }

  @Test
  void a_mistyped_key_is_told_as_mistyped() {
    var text = text(alice);

    assertThat(refusal("x-api-key", text.substring(0, 64)).detail()).contains("mistyped");
    assertThat(refusal("x-api-key", "sk-ant-api03-abc").detail()).contains("ym_");
  }

  @Test
  void a_key_is_taken_until_the_second_it_expires() throws Refused {
    now = NOW.plusSeconds(60).minusNanos(1);
    assertThat(identify("x-api-key", text(shortLived))).isEqualTo(caller(shortLived));

    now = NOW.plusSeconds(60);
    assertThat(refusal("x-api-key", text(shortLived)).detail())
        .contains(shortLived.key().id())
        .contains("expired at 2026-11-24T12:01:00Z");
  }

  @Test
  void a_revoked_key_is_refused_from_the_next_request_on() throws Refused {
    assertThat(identify("x-api-key", text(alice))).isEqualTo(caller(alice));

    keys.set(keys(alice.key().revoked(NOW), bob.key()));

    assertThat(refusal("x-api-key", text(alice)).detail()).contains("was revoked");
    assertThat(identify("x-api-key", text(bob))).isEqualTo(caller(bob));
  }

  @Test
  void only_who_has_the_secret_learns_that_a_key_is_expired_or_revoked() {
    now = NOW.plus(Duration.ofDays(1));
    keys.set(keys(alice.key().revoked(NOW), shortLived.key()));
    var guess = KeyText.random(RANDOM).secret();

    var unknown = refusal("x-api-key", KeyText.random(RANDOM).text());

    assertThat(refusal("x-api-key", new KeyText(alice.key().id(), guess).text()))
        .isEqualTo(unknown);
    assertThat(refusal("x-api-key", new KeyText(shortLived.key().id(), guess).text()))
        .isEqualTo(unknown);
  }

  @Test
  void no_refusal_repeats_the_credential() {
    for (var credential : List.of(KeyText.random(RANDOM).text(), "sk-ant-api03-secret")) {
      assertThat(refusal("x-api-key", credential).detail()).doesNotContain(credential);
      assertThat(refusal("Authorization", "Basic " + credential).detail())
          .doesNotContain(credential);
    }
  }

  private Caller identify(String... headers) throws Refused {
    return authenticator.identify(Headers.of(headers));
  }

  private Refusal refusal(String... headers) {
    var refused = catchThrowableOfType(Refused.class, () -> identify(headers));
    assertThat(refused).as("was let in").isNotNull();
    return refused.refusal();
  }

  private static NewKey newKey(String name, Instant expires) {
    return NewKey.of(name, "acme", List.of("*"), expires, NOW, RANDOM);
  }

  private static Keys keys(Key... keys) {
    return new Keys(List.of(keys), RANDOM);
  }

  private static String text(NewKey key) {
    return key.text().text();
  }

  private static Caller caller(NewKey key) {
    return new Caller(key.key().id(), key.key().name(), "acme", List.of("*"));
  }
}
