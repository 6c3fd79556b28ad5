package dev.yumen.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The key format, property by property, over many random keys. */
class KeyTextTest {
  private static final int MANY = 500;
  private static final SecureRandom RANDOM = new SecureRandom();

  static Stream<KeyText> keys() {
    return Stream.generate(() -> KeyText.random(RANDOM)).limit(20);
  }

  @Test
  void a_known_key_is_written_the_same_way_for_ever() {
    var key = new KeyText("0123456789ab", "a".repeat(43));

    assertThat(key.text())
        .isEqualTo("ym_0123456789ab_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa2bwcG2");
  }

  @Test
  void every_key_has_65_characters_of_the_documented_form() {
    for (int i = 0; i < MANY; i++) {
      assertThat(KeyText.random(RANDOM).text())
          .matches("ym_[0-9a-hjkmnp-tv-z]{12}_[0-9A-Za-z]{49}");
    }
  }

  @Test
  void every_key_is_read_back_as_it_was_made() {
    for (int i = 0; i < MANY; i++) {
      var key = KeyText.random(RANDOM);

      assertThat(KeyText.parse(key.text())).isEqualTo(key);
    }
  }

  @Test
  void no_id_and_no_secret_comes_twice() {
    var ids = new HashSet<String>();
    var secrets = new HashSet<String>();

    for (int i = 0; i < MANY; i++) {
      var key = KeyText.random(RANDOM);
      ids.add(key.id());
      secrets.add(key.secret());
    }

    assertThat(ids).hasSize(MANY);
    assertThat(secrets).hasSize(MANY);
  }

  @Test
  void secrets_use_every_letter_and_digit_about_equally() {
    var counts = new int[128];

    for (int i = 0; i < 2_000; i++) {
      KeyText.random(RANDOM).secret().chars().forEach(c -> counts[c]++);
    }

    // 86,000 characters over 62 letters: 1,387 each with a standard deviation of 37; 8 of those.
    var used = IntStream.of(counts).filter(count -> count > 0).toArray();
    assertThat(used).hasSize(62);
    assertThat(IntStream.of(used)).allMatch(count -> Math.abs(count - 1_387) < 296);
  }

  @ParameterizedTest
  @MethodSource("keys")
  void any_single_wrong_character_is_noticed(KeyText key) {
    var text = key.text();

    for (int i = 0; i < text.length(); i++) {
      for (var c : new char[] {'0', 'x', 'Z', '_', '-', ' ', 'é'}) {
        if (text.charAt(i) != c) {
          assertThat(KeyText.parse(text.substring(0, i) + c + text.substring(i + 1)))
              .as("%s at %d", c, i)
              .isNull();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("keys")
  void two_neighbours_swapped_are_noticed(KeyText key) {
    var text = key.text();

    for (int i = 0; i + 1 < text.length(); i++) {
      if (text.charAt(i) != text.charAt(i + 1)) {
        var swapped =
            text.substring(0, i) + text.charAt(i + 1) + text.charAt(i) + text.substring(i + 2);
        assertThat(KeyText.parse(swapped)).as("swapped at %d", i).isNull();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("keys")
  void a_key_cut_off_anywhere_or_lengthened_is_no_key(KeyText key) {
    var text = key.text();

    for (int i = 0; i < text.length(); i++) {
      assertThat(KeyText.parse(text.substring(0, i))).isNull();
    }
    assertThat(KeyText.parse(text + "0")).isNull();
  }

  @Test
  void a_printed_key_does_not_show_its_secret() {
    var key = KeyText.random(RANDOM);

    assertThat(key.toString()).contains(key.id()).doesNotContain(key.secret().substring(0, 4));
  }

  @Test
  void ids_and_secrets_of_another_form_cannot_be_made() {
    assertThatThrownBy(() -> new KeyText("short", "a".repeat(43)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new KeyText("0123456789aU", "a".repeat(43)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new KeyText("0123456789ab", "a".repeat(42)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new KeyText("0123456789ab", "_".repeat(43)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
