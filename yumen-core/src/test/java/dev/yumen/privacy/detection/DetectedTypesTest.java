package dev.yumen.privacy.detection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference of types is complete and true: every example in it is run. */
class DetectedTypesTest {
  private static final Path PAGE = Path.of("../docs/reference/detected-types.md");
  private static final String FOUND = "- Found: `";
  private static final String NOT_FOUND = "- Not found: `";

  private final Detector detector = new StructuredDetector();

  /** One example; places are marked in the text. */
  record Example(String type, String text, boolean found) {}

  @Test
  void every_type_has_a_section_with_its_numbers_and_every_own_form_an_example_of_each_kind()
      throws IOException {
    var page = Files.readString(PAGE);

    for (var type : DataType.values()) {
      var heading = "### `" + type.id() + "`\n";
      assertThat(page).contains(heading);
      var section = page.substring(page.indexOf(heading) + heading.length());
      section = section.substring(0, (section + "\n#").indexOf("\n#"));
      assertThat(section)
          .contains("- Form " + type.format() + ", checksum +" + type.checksum() + "\n");
      if (type.group() != DataType.Group.CUSTOM) {
        assertThat(section).as(type.id()).contains(FOUND).contains(NOT_FOUND);
      }
    }
    assertThat(page.lines().filter(line -> line.startsWith("### ")).count())
        .isEqualTo(DataType.values().length);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void each_example_of_the_reference_is_true(Example example) {
    var expected = new ArrayList<String>();
    var text = unmarked(example.text(), expected);

    var found =
        detector.detect(text).stream()
            .filter(finding -> finding.type().id().equals(example.type()))
            .map(finding -> text.substring(finding.start(), finding.end()))
            .toList();

    assertThat(found).isEqualTo(example.found() ? expected : List.of());
  }

  static Stream<Example> examples() {
    try {
      var examples = new ArrayList<Example>();
      var type = "";
      for (var line : Files.readAllLines(PAGE)) {
        if (line.startsWith("### `")) {
          type = line.substring(5, line.length() - 1);
        } else if (line.startsWith(FOUND)) {
          examples.add(new Example(type, line.substring(FOUND.length(), line.length() - 1), true));
        } else if (line.startsWith(NOT_FOUND)) {
          examples.add(
              new Example(type, line.substring(NOT_FOUND.length(), line.length() - 1), false));
        }
      }
      return examples.stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void the_strict_profile_is_the_union_and_the_standards_differ_about_the_identity_number() {
    assertThat(SensitivityProfile.GBT_35273_2020.sensitive(DataType.CN_RESIDENT_ID)).isTrue();
    assertThat(SensitivityProfile.GBT_45574_2025.sensitive(DataType.CN_RESIDENT_ID)).isFalse();
    assertThat(
            Arrays.stream(DataType.values())
                .filter(type ->
                    SensitivityProfile.GBT_35273_2020.sensitive(type)
                        || SensitivityProfile.GBT_45574_2025.sensitive(type)))
        .allMatch(SensitivityProfile.STRICT::sensitive)
        .allMatch(DataType::personal);
  }

  /** Takes the marks out of the text and collects what they surround. */
  private static String unmarked(String marked, List<String> inside) {
    for (int open = marked.indexOf('⟦'); open >= 0; open = marked.indexOf('⟦', open + 1)) {
      inside.add(marked.substring(open + 1, marked.indexOf('⟧', open)));
    }
    return marked.replace("⟦", "").replace("⟧", "");
  }
}
