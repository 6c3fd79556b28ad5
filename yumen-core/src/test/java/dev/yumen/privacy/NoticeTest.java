package dev.yumen.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** The notice stands at the end of the system prompt, whatever its form. */
class NoticeTest {
  private final JsonMapper mapper = new JsonMapper();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"model\":\"m\",\"messages\":[]}|/system",
        "{}|/system",
        "{\"system\":\"a \\u00e9\",\"model\":\"m\"}|/system",
        "{\"system\":\"\"}|/system",
        "{\"system\":[ ]}|/system/0/text",
        "{\"x\":{\"system\":[]},\"system\":[{\"type\":\"text\",\"text\":\"a\"}]}|/system/1/text"
      })
  void it_is_the_last_text_of_the_system_prompt(String body, String place) throws Exception {
    var before = mapper.readTree(body);

    byte[] added = Notice.added(body.getBytes(StandardCharsets.UTF_8));

    var after = mapper.readTree(added);
    assertThat(after.at(place).asString()).endsWith("mean one value written in two ways.");
    assertThat(after.at(place).asString()).startsWith(before.at(place).asString());
    assertThat(after.path("model")).isEqualTo(before.path("model"));
    assertThat(after.path("x")).isEqualTo(before.path("x"));
  }

  @Test
  void it_is_no_pseudonym_itself() throws Exception {
    var body =
        Sample.disguisedBody(Sample.text(Notice.added(new byte[] {'{', '}'})), Sample.pseudonyms());

    assertThat(body.pseudonyms().isEmpty()).isTrue();
  }

  @Test
  void a_system_of_another_kind_is_left_to_the_provider_to_judge() throws Exception {
    byte[] body = "{\"system\":null}".getBytes(StandardCharsets.UTF_8);

    assertThat(Notice.added(body)).isSameAs(body);
  }
}
