package dev.yumen.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/concepts/pseudonyms.md} tells the truth. */
class PseudonymsPageTest {
  private final String page = Files.readString(Path.of("..", "docs", "concepts", "pseudonyms.md"));

  PseudonymsPageTest() throws IOException {}

  @Test
  void it_names_every_label_in_order_and_no_other() {
    String labels =
        page.substring(page.indexOf("| label | stands for |"), page.indexOf("- **value**"));

    assertThat(Pattern.compile("\\| `([A-Z]+)` \\|").matcher(labels).results().map(m -> m.group(1)))
        .containsExactlyElementsOf(Arrays.stream(Label.values()).map(Label::name).toList());
  }

  @Test
  void every_pseudonym_on_it_has_the_form() {
    var pseudonyms =
        Pattern.compile("\\b([A-Z]+)_([0-9A-Z]{8})\\b").matcher(page).results().toList();

    var labels = Arrays.stream(Label.values()).map(Label::name).toList();
    assertThat(pseudonyms).isNotEmpty();
    assertThat(pseudonyms).allSatisfy(found -> assertThat(labels).contains(found.group(1)));
    assertThat(pseudonyms)
        .allSatisfy(found -> assertThat(found.group(2)).matches("[0-9A-HJKMNP-TV-Z]{8}"));
  }

  @Test
  void every_action_is_described_and_the_longest_hold_is_right() {
    for (Action action : Action.values()) {
      assertThat(page).contains("| `" + action + "` |");
    }
    assertThat(page).contains("at most " + (TokenScan.LONGEST - 1) + ".");
  }
}
