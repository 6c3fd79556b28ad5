package dev.yumen.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** The form of a pseudonym. */
class TokenFormTest {
  private final Random random = new Random(1);

  @Test
  void no_label_is_the_beginning_of_another() {
    for (Label one : Label.values()) {
      for (Label other : Label.values()) {
        assertThat(one != other && other.name().startsWith(one.name()))
            .as("%s and %s", one, other)
            .isFalse();
      }
      assertThat(one.name()).matches("[A-Z]{2,16}");
    }
  }

  @Test
  void the_check_symbol_finds_every_wrong_symbol_and_every_exchange() {
    for (int round = 0; round < 2_000; round++) {
      long code = TokenForm.checked(random.nextLong() >>> 29);

      for (int i = 0; i < 8; i++) {
        for (long wrong = 1; wrong < 32; wrong++) {
          assertThat(fits(code ^ (wrong << (5 * i)))).isFalse();
        }
        for (int k = 0; k < i; k++) {
          long one = (code >> (5 * i)) & 31;
          long other = (code >> (5 * k)) & 31;
          long exchanged = code ^ ((one ^ other) << (5 * i)) ^ ((one ^ other) << (5 * k));
          assertThat(fits(exchanged)).isEqualTo(one == other);
        }
      }
    }
  }

  @Test
  void a_code_is_neither_a_word_nor_a_number() {
    var pseudonyms = Sample.pseudonyms();

    for (int i = 0; i < 5_000; i++) {
      String text = pseudonyms.issue(Label.PHONE, "number " + i).text();

      assertThat(text).matches("PHONE_[0-9A-HJKMNP-TV-Z]{8}");
      assertThat(text).matches(".*_.*[0-9].*").matches(".*_.*[A-Z].*");
      assertThat(text).doesNotContainPattern("[0-9]{5}");
    }
  }

  private static boolean fits(long code) {
    return TokenForm.checked(code >> 5) == code;
  }
}
