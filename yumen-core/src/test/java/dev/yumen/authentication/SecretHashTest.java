package dev.yumen.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretHashTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  @Test
  void it_is_sha_256_of_salt_and_secret() {
    // printf '\0…\0abc' (16 zero bytes) | sha256sum
    var hash =
        SecretHash.parse(
            "sha256:AAAAAAAAAAAAAAAAAAAAAA:J35_9tIyuXY_Smbo0F0hDaMtrJxtvOECatTMmKy1_v4");

    assertThat(hash.matches("abc")).isTrue();
    assertThat(hash.matches("abd")).isFalse();
  }

  @Test
  void the_same_secret_is_hashed_differently_each_time() {
    var one = SecretHash.of("secret", RANDOM);
    var other = SecretHash.of("secret", RANDOM);

    assertThat(one).isNotEqualTo(other);
    assertThat(one.matches("secret")).isTrue();
    assertThat(other.matches("secret")).isTrue();
  }

  @Test
  void what_is_written_is_read_back() {
    var hash = SecretHash.of("secret", RANDOM);

    assertThat(SecretHash.parse(hash.toString())).isEqualTo(hash).hasSameHashCodeAs(hash);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sha256",
        "sha256::",
        "sha1:AAAAAAAAAAAAAAAAAAAAAA:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "sha256:AAAAAAAAAAAAAAAAAAAAAA:AAAA",
        "sha256:AAAA:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "sha256:AAAAAAAAAAAAAAAAAAAAAA:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA:",
        "sha256:!!!!AAAAAAAAAAAAAAAAAA:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
      })
  void anything_else_is_refused(String text) {
    assertThatThrownBy(() -> SecretHash.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
