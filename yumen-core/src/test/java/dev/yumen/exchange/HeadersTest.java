package dev.yumen.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Header fields keep their order, spelling and lines; model patterns match whole names. */
class HeadersTest {
  private final Headers headers = Headers.of("A", "1", "b", "2", "a", "3");

  @Test
  void names_are_compared_without_regard_to_case_and_keep_their_spelling() {
    assertThat(headers.first("a")).isEqualTo("1");
    assertThat(headers.all("A")).containsExactly("1", "3");
    assertThat(headers.all("c")).isEmpty();
    assertThat(headers.toString()).isEqualTo("[A, b, a]");
  }

  @Test
  void replacing_a_field_replaces_all_its_lines() {
    assertThat(headers.with("a", "4").all("a")).containsExactly("4");
    assertThat(headers.and("a", "4").all("a")).containsExactly("1", "3", "4");
    assertThat(headers.size()).as("nothing is changed in place").isEqualTo(3);
  }

  @Test
  void values_are_never_printed_for_they_may_be_credentials() {
    assertThat(Headers.of("x-api-key", "secret").toString()).doesNotContain("secret");
  }

  @Test
  void a_name_needs_its_value() {
    assertThatThrownBy(() -> Headers.of("a")).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "claude-*, claude-opus, true",
    "claude-*, claude-, true",
    "claude-*, claude, false",
    "*, anything, true",
    "*, '', true",
    "'', '', true",
    "'', a, false",
    "a*b*c, aXXbYYc, true",
    "a*b*c, abc, true",
    "a*b*c, acb, false",
    "*-haiku-*, claude-haiku-4, true",
    "a, ab, false",
    "ab, a, false",
    "**, x, true",
    "*a, aab, false",
    "*ab, aab, true",
    "A, a, false",
    "a.c, abc, false"
  })
  void a_pattern_fits_whole_names_only(String pattern, String name, boolean fits) {
    assertThat(Pattern.matches(pattern, name)).isEqualTo(fits);
  }

  @Test
  void many_stars_do_not_make_matching_slow() {
    assertThat(Pattern.matches("*a".repeat(200) + "b", "a".repeat(20_000))).isFalse();
  }
}
