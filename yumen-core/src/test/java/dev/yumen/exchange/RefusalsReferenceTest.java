package dev.yumen.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The reference of refusals is complete and true. */
class RefusalsReferenceTest {
  private static final Pattern SECTION = Pattern.compile("(?m)^### `([^`]+)`$");

  @Test
  void every_reason_has_its_section_and_no_section_is_without_a_reason() throws IOException {
    assertThat(sections().keySet())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Reason.values()).map(Reason::code).toList());
  }

  @Test
  void every_section_tells_status_type_and_retry_truly() throws IOException {
    var sections = sections();
    for (Reason reason : Reason.values()) {
      assertThat(sections.get(reason.code()))
          .as(reason.code())
          .contains(
              "| status | type | retry |\n|---|---|---|\n| "
                  + reason.status()
                  + " | `"
                  + reason.type()
                  + "` | "
                  + (reason.retry() ? "yes" : "no")
                  + " |\n");
    }
  }

  @Test
  void every_section_says_what_it_means_and_what_to_do() throws IOException {
    for (String section : sections().values()) {
      String words = section.replaceAll("(?m)^\\|.*$", "").strip();
      assertThat(words).contains("What to do: ");
      assertThat(words.indexOf("What to do: ")).isGreaterThan(20);
    }
  }

  private static Map<String, String> sections() throws IOException {
    String text = Files.readString(Path.of("../docs/reference/refusals.md"));
    var sections = new LinkedHashMap<String, String>();
    var heads = SECTION.matcher(text);
    String code = null;
    int from = 0;
    while (heads.find()) {
      if (code != null) {
        sections.put(code, text.substring(from, heads.start()));
      }
      code = heads.group(1);
      from = heads.end();
    }
    sections.put(Objects.requireNonNull(code), text.substring(from));
    return sections;
  }
}
