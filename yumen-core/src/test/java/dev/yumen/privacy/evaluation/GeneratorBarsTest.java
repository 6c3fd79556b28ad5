package dev.yumen.privacy.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yumen.privacy.detection.DataType;
import dev.yumen.privacy.detection.StructuredDetector;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the detector promises on generated texts, all disguises and hard negatives included. */
class GeneratorBarsTest {
  private static final long SEED = 20_261_124;
  private static final int COUNT = 12_000;

  private static final Evaluation EXACT =
      new Evaluation(new StructuredDetector(), Evaluation.Match.EXACT);

  @BeforeAll
  static void generate() {
    new Generator(new SplittableRandom(SEED)).generate(COUNT, EXACT::add);
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "CN_RESIDENT_ID",
        "CN_ORGANISATION_CODE",
        "PAYMENT_CARD",
        "IBAN",
        "JWT",
        "PRIVATE_KEY",
        "HK_ID",
        "TAIWAN_ID",
        "VIN",
        "IMEI"
      })
  void types_with_a_checksum_are_found_in_every_disguise_with_exact_places(DataType type) {
    var score = EXACT.of(type);

    assertThat(score.labelled()).isGreaterThan(100);
    assertThat(score.recall().value()).isGreaterThanOrEqualTo(0.995);
    assertThat(score.precision().value()).isGreaterThanOrEqualTo(0.99);
  }

  @Test
  void everything_else_is_found_nearly_always_and_hard_negatives_nearly_never() {
    var total = EXACT.total();

    assertThat(total.labelled()).isGreaterThan(10_000);
    assertThat(total.recall().value()).isGreaterThanOrEqualTo(0.99);
    assertThat(total.precision().value()).isGreaterThanOrEqualTo(0.99);
    assertThat(total.coverage().value()).isGreaterThanOrEqualTo(0.995);
  }

  @Test
  void the_same_seed_gives_the_same_texts_and_another_gives_others() {
    var one = lines(1);

    assertThat(lines(1)).isEqualTo(one);
    assertThat(lines(2)).isNotEqualTo(one);
  }

  @Test
  void what_is_written_as_lines_is_read_as_the_same_samples() throws Exception {
    var samples = new ArrayList<Sample>();
    new Generator(new SplittableRandom(3)).generate(300, samples::add);

    var read = new ArrayList<Sample>();
    Corpus.read(
        new StringReader(String.join("\n", samples.stream().map(Corpus::line).toList())),
        read::add);

    assertThat(read).isEqualTo(samples);
  }

  private static List<String> lines(long seed) {
    var lines = new ArrayList<String>();
    new Generator(new SplittableRandom(seed)).generate(200, s -> lines.add(Corpus.line(s)));
    return lines;
  }
}
