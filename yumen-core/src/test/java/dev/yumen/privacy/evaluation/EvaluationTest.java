package dev.yumen.privacy.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.yumen.privacy.detection.DataType;
import dev.yumen.privacy.detection.Evidence;
import dev.yumen.privacy.detection.Finding;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Counting, intervals and the form of corpora. */
class EvaluationTest {
  private static final String TEXT = "0123456789";

  @Test
  void a_finding_is_right_when_type_and_both_ends_agree() {
    var evaluation =
        evaluation(
            Evaluation.Match.EXACT, finding(DataType.EMAIL, 0, 4), finding(DataType.EMAIL, 5, 9));

    evaluation.add(sample(span(DataType.EMAIL, 0, 4), span(DataType.EMAIL, 5, 8)));

    var score = evaluation.of(DataType.EMAIL);
    assertThat(score.recall()).isEqualTo(new Proportion(1, 2));
    assertThat(score.precision()).isEqualTo(new Proportion(1, 2));
    assertThat(score.coverage()).isEqualTo(new Proportion(7, 7));
  }

  @Test
  void with_overlap_one_character_in_common_is_enough_but_the_type_must_agree() {
    var evaluation = evaluation(Evaluation.Match.OVERLAP, finding(DataType.EMAIL, 3, 6));

    evaluation.add(sample(span(DataType.EMAIL, 0, 4), span(DataType.IBAN, 5, 8)));

    assertThat(evaluation.of(DataType.EMAIL).recall()).isEqualTo(new Proportion(1, 1));
    assertThat(evaluation.of(DataType.IBAN).recall()).isEqualTo(new Proportion(0, 1));
    assertThat(evaluation.of(DataType.IBAN).coverage()).isEqualTo(new Proportion(1, 3));
  }

  @Test
  void one_finding_does_not_count_for_two_labels() {
    var evaluation = evaluation(Evaluation.Match.OVERLAP, finding(DataType.EMAIL, 0, 9));

    evaluation.add(sample(span(DataType.EMAIL, 0, 4), span(DataType.EMAIL, 5, 9)));

    assertThat(evaluation.of(DataType.EMAIL).recall()).isEqualTo(new Proportion(1, 2));
  }

  @Test
  void findings_of_types_that_nobody_labelled_do_not_count() {
    var evaluation = evaluation(Evaluation.Match.EXACT, finding(DataType.CN_MOBILE, 0, 4));

    evaluation.add(new Sample("s", TEXT, List.of(), Set.of(DataType.EMAIL)));

    assertThat(evaluation.total().falsePositives()).isZero();
  }

  @Test
  void intervals_agree_with_published_values_of_wilson() {
    // Newcombe (1998), table I: 81/263, 15/148, 0/20, 1/29.
    assertThat(new Proportion(81, 263).low()).isEqualTo(0.2553, within(0.00005));
    assertThat(new Proportion(81, 263).high()).isEqualTo(0.3662, within(0.00005));
    assertThat(new Proportion(15, 148).low()).isEqualTo(0.0624, within(0.00005));
    assertThat(new Proportion(0, 20).high()).isEqualTo(0.1611, within(0.00005));
    assertThat(new Proportion(1, 29).low()).isEqualTo(0.0061, within(0.00005));
    assertThat(new Proportion(1, 29).high()).isEqualTo(0.1718, within(0.00005));
  }

  @Test
  void offsets_in_files_count_code_points() throws IOException {
    var samples = new ArrayList<Sample>();

    Corpus.read(
        new StringReader(
            "{\"text\":\"😀a@b.cn\",\"spans\":[{\"type\":\"email\",\"start\":1,\"end\":7}]}\n\n"),
        samples::add);

    assertThat(samples)
        .containsExactly(
            new Sample("corpus", "😀a@b.cn", List.of(span(DataType.EMAIL, 2, 8)), Set.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"spans\":[]}",
        "{\"text\":\"a\",\"spans\":[{\"type\":\"email\",\"start\":0,\"end\":2}]}",
        "{\"text\":\"a\",\"spans\":[{\"type\":\"emial\",\"start\":0,\"end\":1}]}",
        "{\"text\":\"a\",\"spans\":[{\"type\":\"email\",\"start\":1,\"end\":1}]}",
        "{\"text\":\"a\",\"spans\":[{\"type\":\"email\",\"end\":1}]}",
        "{\"text\":"
      })
  void a_line_without_the_form_is_named_by_its_number(String line) {
    var text = "{\"text\":\"fine\"}\n" + line;

    assertThatThrownBy(() -> Corpus.read(new StringReader(text), sample -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("line 2: ");
  }

  private static Evaluation evaluation(Evaluation.Match match, Finding... findings) {
    return new Evaluation(text -> List.of(findings), match);
  }

  private static Finding finding(DataType type, int start, int end) {
    return new Finding(type, start, end, 90, Set.of(Evidence.FORMAT), type.id());
  }

  private static Sample sample(Sample.Span... spans) {
    return new Sample("s", TEXT, List.of(spans), Set.of());
  }

  private static Sample.Span span(DataType type, int start, int end) {
    return new Sample.Span(type, start, end);
  }
}
