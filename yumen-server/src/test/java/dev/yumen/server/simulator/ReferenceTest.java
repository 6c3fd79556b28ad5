package dev.yumen.server.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/reference/simulated-provider.md} names all there is, and nothing else. */
class ReferenceTest {
  private static final Path PAGE = Path.of("../docs/reference/simulated-provider.md");

  @TempDir private Path directory;

  @Test
  void every_behaviour_has_a_heading_in_the_order_of_the_code() throws IOException {
    assertThat(matches("(?m)^#### `(sim-[^`]+)`$", Files.readString(PAGE)))
        .containsExactlyElementsOf(Behaviours.ALL.stream().map(Behaviour::form).toList());
  }

  @Test
  void every_key_of_a_script_is_in_its_table() throws IOException {
    assertThat(keys("Steps")).containsExactlyElementsOf(ScriptSteps.READERS.keySet());
    assertThat(keys("Conditions")).containsExactlyInAnyOrderElementsOf(ScriptReader.CONDITIONS);
    assertThat(keys("Rules")).containsExactlyInAnyOrderElementsOf(ScriptReader.RULE);
  }

  @Test
  void every_model_on_the_page_exists() throws IOException {
    try (var provider = new SimulatedProvider()) {
      for (String model : matches("`(sim-[a-z0-9+-]+)`", Files.readString(PAGE))) {
        assertThat(provider.get("/v1/models/" + model.replace("+", "%2B")).statusCode())
            .as(model)
            .isEqualTo(200);
      }
    }
  }

  @Test
  void the_script_on_the_page_can_be_read() throws IOException {
    String script = matches("(?s)```yaml\n(.*?)```", Files.readString(PAGE)).getFirst();
    Files.createDirectory(directory.resolve("recorded"));
    Files.writeString(directory.resolve("recorded/hello.sse"), "event: x\n\n");
    Path file = Files.writeString(directory.resolve("script.yaml"), script);

    assertThat(ScriptReader.read(file)).isNotNull();
  }

  private static List<String> keys(String section) throws IOException {
    String page = Files.readString(PAGE);
    int from = page.indexOf("\n### " + section + "\n");
    assertThat(from).isPositive();
    int to = page.indexOf("\n##", from + 5);
    return matches("(?m)^\\| `([a-z_]+)` \\|", page.substring(from, to));
  }

  private static List<String> matches(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult one) -> one.group(1))
        .toList();
  }
}
