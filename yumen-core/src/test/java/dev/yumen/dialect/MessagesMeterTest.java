package dev.yumen.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yumen.Recordings;
import dev.yumen.exchange.Usage;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an answer consumed, and whether it has said its last word. */
class MessagesMeterTest {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final MessagesMeter meter = new MessagesMeter();

  @Test
  void usage_is_cumulative_so_the_last_report_wins_and_what_it_leaves_out_stays() {
    event(
        "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"model\":\"m\","
            + "\"usage\":{\"input_tokens\":2479,\"cache_creation_input_tokens\":7,"
            + "\"cache_read_input_tokens\":8,\"output_tokens\":1}}}\n\n");
    event(
        "event: message_delta\ndata: {\"type\":\"message_delta\",\"usage\":{\"output_tokens\":20,"
            + "\"cache_read_input_tokens\":null}}\n\n");
    event(
        "event: message_delta\ndata: {\"usage\":{\"input_tokens\":404500,\"output_tokens\":50},"
            + "\"type\":\"message_delta\"}\n\n");

    assertThat(meter.usage()).isEqualTo(new Usage(404_500, 50, 7, 8));
    assertThat(meter.model()).isEqualTo("m");
    assertThat(meter.finished()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n",
        "event: message_stop\ndata: {\"type\":\"message_stop\"          }\n\n",
        "event: message_stop\r\ndata: {\"type\":\"message_stop\"}\r\n\r\n",
        "event: message_stop\rdata: {\"type\":\"message_stop\"}\r\r",
        "event:message_stop\ndata:{\"type\":\"message_stop\"}\n\n",
        "id: 1\nevent: message_stop\nretry: 5\n: c\ndata: {\"type\":\"message_stop\"}\n\n",
        "data: {\"type\":\"message_stop\"}\n\n",
        "event: message\ndata: {\"type\":\"message_stop\"}\n\n",
        "event: message_stop\ndata: {\ndata: \"type\":\ndata:\"message_stop\"}\n\n",
        "\ufeffdata: {\"type\":\"message_stop\"}\n\n",
        "event: message_stop\ndata: {\"ty\\u0070e\":\"message_sto\\u0070\"}\n\n",
        "event: message_stop\ndata: {\"type\":\"message_stop\"}"
      })
  void the_last_word_is_known_however_it_is_written(String event) {
    event(event);

    assertThat(meter.finished()).isTrue();
    assertThat(meter.failed()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "event: message_stop\ndata: {\"type\":\"message_stop\"\n\n",
        "event: message_stop\ndata: {\"type\":\"message_stop\"}}\n\n",
        "event: message_stop\n\n",
        "event: message_stop\ndata\n\n",
        "event: x\ndata: {\"type\":\"x\",\"message\":{\"type\":\"message_stop\"}}\n\n",
        "event: x\ndata: [\"message_stop\"]\n\n",
        "event: x\nxdata: {\"type\":\"message_stop\"}\n\n",
        ": data: {\"type\":\"message_stop\"}\n\n",
        "event: error\ndata: {\"type\":\"err\n\n",
        "event: error\n\n"
      })
  void what_only_looks_like_the_last_word_is_none(String event) {
    event(event);

    assertThat(meter.finished()).isFalse();
  }

  @Test
  void an_error_is_the_last_word_when_sdks_can_see_it() {
    event("event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\"}}\n\n");

    assertThat(meter.finished()).isTrue();
    assertThat(meter.failed()).isTrue();
  }

  @Test
  void an_error_without_its_name_is_noted_but_is_not_the_last_word() {
    event("data: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\"}}\n\n");

    assertThat(meter.finished()).isFalse();
    assertThat(meter.failed()).isTrue();
  }

  @Test
  void nothing_counts_of_a_report_that_is_cut_short() {
    event(
        "event: message_delta\ndata: {\"type\":\"message_delta\",\"usage\":{\"output_tokens\":27");

    assertThat(meter.usage()).isEqualTo(Usage.NONE);
  }

  @Test
  void words_of_the_answer_are_never_taken_for_a_report() {
    event(
        "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"usage\":"
            + "{\"output_tokens\":9},\"delta\":{\"text\":\"message_stop\"}}\n\n");
    event("event: x\ndata: {\"delta\":{\"usage\":{\"output_tokens\":9},\"type\":\"error\"}}\n\n");

    assertThat(meter.usage()).isEqualTo(Usage.NONE);
    assertThat(meter.finished() || meter.failed()).isFalse();
  }

  @Test
  void every_recorded_stream_is_counted_as_a_tree_of_it_is() {
    for (var recording : Recordings.streams().entrySet()) {
      var counted = new MessagesMeter();
      String text = new String(recording.getValue(), StandardCharsets.UTF_8);
      for (String event : text.split("(?<=\n\n)", -1)) {
        byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
        counted.event(bytes, 0, bytes.length);
      }

      assertThat(counted.usage()).as(recording.getKey()).isEqualTo(usageOfStream(text));
      assertThat(counted.finished()).as(recording.getKey()).isTrue();
      assertThat(counted.failed()).isEqualTo(text.contains("\nevent: error"));
      assertThat(counted.model()).isNotEmpty();
    }
  }

  @Test
  void every_recorded_message_is_counted_as_a_tree_of_it_is() {
    int counted = 0;
    for (var recording : Recordings.messages().entrySet()) {
      var unary = new MessagesMeter();
      unary.body(recording.getValue());

      JsonNode tree = tree(recording.getValue());
      assertThat(unary.usage())
          .as(recording.getKey())
          .isEqualTo(overwritten(Usage.NONE, tree.path("usage")));
      counted += unary.usage().equals(Usage.NONE) ? 0 : 1;
    }
    assertThat(counted).isGreaterThan(100);
  }

  private static JsonNode tree(byte[] bytes) {
    try {
      return JSON.readTree(bytes);
    } catch (JacksonException e) {
      return JSON.createObjectNode();
    }
  }

  private static Usage usageOfStream(String text) {
    Usage usage = Usage.NONE;
    for (String line : text.split("\n", -1)) {
      if (line.startsWith("data: ")) {
        JsonNode data = JSON.readTree(line.substring(6));
        usage = overwritten(usage, data.path("message").path("usage"));
        usage = overwritten(usage, data.path("usage"));
      }
    }
    return usage;
  }

  private static Usage overwritten(Usage before, JsonNode report) {
    return new Usage(
        number(report, "input_tokens", before.inputTokens()),
        number(report, "output_tokens", before.outputTokens()),
        number(report, "cache_creation_input_tokens", before.cacheCreationTokens()),
        number(report, "cache_read_input_tokens", before.cacheReadTokens()));
  }

  private static long number(JsonNode report, String name, long before) {
    JsonNode value = report.path(name);
    return value.isNumber() ? value.asLong() : before;
  }

  private void event(String text) {
    byte[] around = ("xx" + text + "yy").getBytes(StandardCharsets.UTF_8);
    meter.event(around, 2, around.length - 2);
  }
}
