package dev.yumen.privacy.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yumen.privacy.detection.DictionaryDetector.Dictionary;
import dev.yumen.privacy.detection.PatternDetector.OwnPattern;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an organisation adds, and how it joins the rest. */
class OwnDetectorsTest {
  @Test
  void terms_are_found_in_any_disguise_the_longest_first_and_as_whole_words() {
    var detector =
        new DictionaryDetector(
            List.of(
                new Dictionary("projects", DataType.CUSTOM, List.of("Falcon", "天眼", "天眼二号")),
                new Dictionary("catalogue", DataType.IMPORTANT_DATA, List.of("管网高程"))));

    assertThat(found(detector, "ＦＡＬＣＯＮ与天\u200b眼二号，falcons，管网高程表"))
        .containsExactly("projects ＦＡＬＣＯＮ", "projects 天\u200b眼二号", "catalogue 管网高程");
  }

  @Test
  void as_many_terms_as_promised_are_searched() {
    var terms = IntStream.range(0, 20_000).mapToObj(i -> "部件" + (100_000 + i)).toList();

    var detector = new DictionaryDetector(List.of(new Dictionary("parts", DataType.CUSTOM, terms)));

    assertThat(found(detector, "要部件100000和部件119999，不要部件120000"))
        .containsExactly("parts 部件100000", "parts 部件119999");
  }

  @Test
  void nested_terms_cost_one_finding_each_place() {
    var terms = IntStream.range(2, 200).mapToObj("国"::repeat).toList();
    var detector = new DictionaryDetector(List.of(new Dictionary("n", DataType.CUSTOM, terms)));

    var findings =
        Assertions.assertTimeoutPreemptively(
            Duration.ofSeconds(60), () -> detector.detect("国".repeat(300_000)));

    assertThat(findings).hasSizeGreaterThan(1_000);
  }

  @Test
  void terms_that_are_too_short_or_too_many_are_refused_by_name() {
    var shortTerm = List.of(new Dictionary("d", DataType.CUSTOM, List.of("a")));
    var many =
        List.of(new Dictionary("d", DataType.CUSTOM, Collections.nCopies(2_000, "x".repeat(150))));

    assertThatThrownBy(() -> new DictionaryDetector(shortTerm))
        .hasMessageContaining("dictionary d");
    assertThatThrownBy(() -> new DictionaryDetector(many)).hasMessageContaining("240000");
  }

  @Test
  void patterns_see_the_text_without_disguise_and_report_the_original_place() {
    var detector =
        new PatternDetector(List.of(new OwnPattern("employee", "工号：[0-9]{6}", DataType.CUSTOM)));

    assertThat(found(detector, "我的工号：１２３４５６。")).containsExactly("employee 工号：１２３４５６");
  }

  @Test
  void a_pattern_that_would_explode_elsewhere_takes_linear_time() {
    var detector =
        new PatternDetector(List.of(new OwnPattern("p", "(a*)*(a|aa)*b", DataType.CUSTOM)));

    var findings =
        Assertions.assertTimeoutPreemptively(
            Duration.ofSeconds(60), () -> detector.detect("a".repeat(20_000)));

    assertThat(findings).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "a*", "(?=x)y", "\\1"})
  void what_is_no_safe_pattern_is_refused_by_name(String pattern) {
    var own = List.of(new OwnPattern("mine", pattern, DataType.CUSTOM));

    assertThatThrownBy(() -> new PatternDetector(own))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("mine");
  }

  @Test
  void several_detectors_together_keep_the_longest_of_what_overlaps_in_any_order() {
    var findings =
        new ArrayList<>(
            List.of(
                finding(DataType.CUSTOM, 0, 10),
                finding(DataType.CN_MOBILE, 2, 6),
                finding(DataType.EMAIL, 8, 14),
                finding(DataType.IBAN, 20, 25),
                finding(DataType.VIN, 20, 25)));
    var random = new Random(1);

    for (int i = 0; i < 50; i++) {
      Collections.shuffle(findings, random);
      Detector one = text -> List.copyOf(findings.subList(0, 2));
      Detector other = text -> List.copyOf(findings.subList(2, 5));
      assertThat(new CombinedDetector(List.of(one, other)).detect(""))
          .extracting(Finding::type)
          .containsExactly(DataType.CUSTOM, DataType.IBAN);
    }
  }

  private static Finding finding(DataType type, int start, int end) {
    return new Finding(type, start, end, 90, Set.of(Evidence.FORMAT), type.id());
  }

  private static List<String> found(Detector detector, String text) {
    return detector.detect(text).stream()
        .map(f -> f.rule() + " " + text.substring(f.start(), f.end()))
        .toList();
  }
}
