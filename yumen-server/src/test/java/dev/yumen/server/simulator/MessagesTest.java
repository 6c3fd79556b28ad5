package dev.yumen.server.simulator;

import static dev.yumen.server.simulator.SimulatedProvider.json;
import static dev.yumen.server.simulator.SimulatedProvider.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code POST /v1/messages} without any behaviour, as an application meets it. */
class MessagesTest {
  private static SimulatedProvider provider;

  @BeforeAll
  static void open() {
    provider = new SimulatedProvider();
  }

  @AfterAll
  static void close() {
    provider.close();
  }

  @Test
  void an_answer_shows_what_arrived() {
    var answer = provider.ask("claude-opus-5-5", "Grüße an Ōtani 🌊");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
    var message = json(answer);
    assertThat(message.propertyNames())
        .containsExactly(
            "model",
            "id",
            "type",
            "role",
            "content",
            "stop_reason",
            "stop_sequence",
            "stop_details",
            "usage");
    assertThat(message.path("model").asString()).isEqualTo("claude-opus-5-5");
    assertThat(message.path("id").asString()).matches("msg_01\\w{22}");
    assertThat(message.path("content").path(0).path("text").asString())
        .contains("“Grüße an Ōtani 🌊”")
        .contains("claude-opus-5-5")
        .contains("one message, no tools and no system prompt");
    assertThat(message.path("stop_reason").asString()).isEqualTo("end_turn");
    assertThat(message.path("usage").path("input_tokens").asInt()).isPositive();
    assertThat(message.path("usage").path("output_tokens").asInt()).isGreaterThan(20);
  }

  @Test
  void a_stream_says_the_same_as_the_message() {
    var whole = json(provider.ask("claude-opus-5-5", "Tell me."));

    var stream = provider.stream("claude-opus-5-5", "Tell me.");

    assertThat(stream.headers().firstValue("content-type"))
        .hasValue("text/event-stream; charset=utf-8");
    var message = Grammar.message(text(stream));
    assertThat(message.path("content")).isEqualTo(whole.path("content"));
    assertThat(message.path("usage")).isEqualTo(whole.path("usage"));
    assertThat(message.path("stop_reason")).isEqualTo(whole.path("stop_reason"));
  }

  @Test
  void every_answer_names_its_exchange_and_the_limits() {
    var headers = provider.ask("claude-opus-5-5", "Hi").headers();

    assertThat(headers.firstValue("request-id").orElseThrow()).matches("req_011C\\w{20}");
    assertThat(headers.firstValue("anthropic-organization-id")).isPresent();
    assertThat(headers.firstValue("anthropic-ratelimit-output-tokens-remaining")).isPresent();
    assertThat(headers.firstValue("anthropic-ratelimit-requests-reset"))
        .hasValue("2026-11-24T12:00:00Z");
  }

  @Test
  void nothing_is_answered_without_a_credential() {
    var answer =
        provider.send(
            java.net.http.HttpRequest.newBuilder(provider.address().resolve("/v1/messages"))
                .POST(BodyPublishers.ofString("{}")));

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(json(answer).path("error").path("type").asString())
        .isEqualTo("authentication_error");
    assertThat(json(answer).path("request_id").asString())
        .isEqualTo(answer.headers().firstValue("request-id").orElseThrow());
  }
}
