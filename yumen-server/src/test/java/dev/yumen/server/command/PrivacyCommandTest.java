package dev.yumen.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code yumen privacy} as a person uses it. */
class PrivacyCommandTest {
  @TempDir private Path directory;

  @Test
  void what_is_generated_can_be_evaluated() throws IOException {
    var generated = privacy("generate", "--count", "400", "--seed", "9");
    var file = Files.writeString(directory.resolve("corpus.jsonl"), generated.out);

    var evaluated = privacy("evaluate", file.toString());

    assertThat(generated.code).isZero();
    assertThat(generated.out.lines()).hasSize(400);
    assertThat(evaluated.code).isZero();
    assertThat(evaluated.out)
        .startsWith("400 samples")
        .contains("match exact, intervals 95 % (Wilson)")
        .containsPattern("cn-resident-id +\\d+ +0 +100\\.0 \\[")
        .contains("hard-negatives");
  }

  @Test
  void without_a_file_the_generator_itself_is_evaluated_and_the_same_seed_gives_the_same_table() {
    var one = privacy("evaluate", "--count", "300", "--seed", "4");

    assertThat(one.code).isZero();
    assertThat(privacy("evaluate", "--count", "300", "--seed", "4").out).isEqualTo(one.out);
    assertThat(privacy("evaluate", "--count", "300", "--seed", "5").out).isNotEqualTo(one.out);
  }

  @Test
  void errors_are_shown_only_when_asked_for_with_the_place_marked() throws IOException {
    var file =
        Files.writeString(
            directory.resolve("c.jsonl"),
            "{\"text\":\"mail a.b@example.org\",\"spans\":[{\"type\":\"iban\",\"start\":0,\"end\":4}]}\n");

    assertThat(privacy("evaluate", file.toString()).out).doesNotContain("⟦");
    assertThat(privacy("evaluate", "--errors", "9", file.toString()).out)
        .contains("missed iban: ⟦mail⟧ a.b@example.org")
        .contains("wrong email: mail ⟦a.b@example.org⟧");
  }

  @Test
  void a_file_that_is_missing_or_broken_is_one_sentence_and_exit_code_1() throws IOException {
    var broken = Files.writeString(directory.resolve("b.jsonl"), "{\"text\":1}\n");

    var missing = privacy("evaluate", directory.resolve("none.jsonl").toString());
    var wrong = privacy("evaluate", broken.toString());

    assertThat(missing.code).isEqualTo(1);
    assertThat(missing.err).contains("none.jsonl does not exist.").hasLineCount(1);
    assertThat(wrong.code).isEqualTo(1);
    assertThat(wrong.err).contains("line 1: the member \"text\" must be a string.");
  }

  @Test
  void a_word_that_means_nothing_is_wrong_usage() {
    assertThat(privacy().code).isEqualTo(2);
    assertThat(privacy("evaluate", "--match", "nearly").code).isEqualTo(2);
    assertThat(privacy("evaluate", "--help").out).contains("docs/reference/evaluation.md");
  }

  private record Run(int code, String out, String err) {}

  private static Run privacy(String... words) {
    var out = new StringWriter();
    var err = new StringWriter();
    int code =
        new CommandLine(new PrivacyCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(words);
    return new Run(code, out.toString(), err.toString());
  }
}
