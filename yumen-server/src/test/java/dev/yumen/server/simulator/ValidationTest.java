package dev.yumen.server.simulator;

import static dev.yumen.server.simulator.SimulatedProvider.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the API refuses is refused in its words; what it admits is admitted. */
class ValidationTest {
  private static final String USER = "{\"role\":\"user\",\"content\":\"Hi\"}";
  private static final String CALL =
      "{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"t1\",\"name\":\"n\",\"input\":{}}]}";
  private static final String RESULT =
      "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"t1\",\"content\":\"x\"}]}";
  private static SimulatedProvider provider;

  @BeforeAll
  static void open() {
    provider = new SimulatedProvider();
  }

  @AfterAll
  static void close() {
    provider.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{                                                     | The request body is not valid JSON: ",
        "[]                                                    | Input should be a valid dictionary",
        "{}                                                    | model: Field required",
        "{\"model\":1}                                         | model: Input should be a valid string",
        "{\"model\":\"m\",\"max_tokens\":1}                    | messages: Field required",
        "{\"model\":\"m\",\"messages\":[USER]}                 | max_tokens: Field required",
        "{\"model\":\"m\",\"messages\":[USER],\"max_tokens\":0} | max_tokens: Input should be greater than or equal to 1",
        "{\"model\":\"m\",\"messages\":[USER],\"max_tokens\":\"9\"} | max_tokens: Input should be a valid integer",
        "{\"model\":\"m\",\"messages\":[],\"max_tokens\":9}    | messages: at least one message is required",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"bot\",\"content\":\"\"}],\"max_tokens\":9} | messages.0.role: Input should be 'user', 'assistant' or 'system'",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\"}],\"max_tokens\":9} | messages.0.content: Field required",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"\"}]}],\"max_tokens\":9} | messages: text content blocks must be non-empty",
        "{\"model\":\"m\",\"messages\":[USER,RESULT],\"max_tokens\":9} | messages.1.content.0: unexpected `tool_use_id` found in `tool_result` blocks: t1.",
        "{\"model\":\"m\",\"messages\":[USER,CALL,USER],\"max_tokens\":9} | messages.1: `tool_use` ids were found without `tool_result` blocks immediately after: t1.",
        "{\"model\":\"m\",\"messages\":[USER],\"max_tokens\":9,\"stream\":\"yes\"} | stream: Input should be a valid boolean",
        "{\"model\":\"m\",\"messages\":[USER],\"max_tokens\":9,\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1}} | thinking.enabled.budget_tokens: Input should be greater than or equal to 1024",
        "{\"model\":\"m\",\"messages\":[USER],\"max_tokens\":2000,\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2000}} | `max_tokens` must be greater than `thinking.budget_tokens`.",
      })
  void what_is_wrong_is_refused_in_the_words_of_the_api(String body, String message) {
    String filled = body.replace("USER", USER).replace("CALL", CALL).replace("RESULT", RESULT);

    var answer = provider.post("/v1/messages", filled);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).path("error").path("type").asString())
        .isEqualTo("invalid_request_error");
    assertThat(json(answer).path("error").path("message").asString()).startsWith(message);
  }

  @ParameterizedTest
  @CsvSource({
    "2023-06-01, 200",
    "2026-10-21, 400",
    "2027-01-01, 400",
    "'', 400",
    "soon, 400",
  })
  void sampling_parameters_are_gone_in_the_new_version(String version, int status) {
    String body =
        "{\"model\":\"m\",\"max_tokens\":9,\"temperature\":1.0,\"messages\":[" + USER + "]}";

    var answer = provider.send(versioned(version).POST(BodyPublishers.ofString(body)));

    assertThat(answer.statusCode()).isEqualTo(status);
    if (version.startsWith("202") && status == 400) {
      assertThat(json(answer).path("error").path("message").asString())
          .isEqualTo("temperature: Extra inputs are not permitted");
    }
  }

  @Test
  void both_kinds_of_credential_and_unknown_fields_and_system_messages_are_admitted() {
    String body =
        """
        {"model":"m","max_tokens":9,"safeguards":[{}],"messages":[%s,%s,
        {"role":"system","content":"s","output_config":{"effort":"low"}},%s]}\
        """
            .formatted(USER, CALL, RESULT);

    var answer =
        provider.send(
            HttpRequest.newBuilder(provider.address().resolve("/v1/messages?beta=true"))
                .header("authorization", "Bearer token")
                .header("anthropic-version", "2026-10-21")
                .POST(BodyPublishers.ofString(body)));

    assertThat(answer.statusCode()).as(SimulatedProvider.text(answer)).isEqualTo(200);
  }

  @Test
  void five_breakpoints_are_one_too_many() {
    String block = "{\"type\":\"text\",\"text\":\"x\",\"cache_control\":{\"type\":\"ephemeral\"}}";
    String four = String.join(",", block, block, block, block);
    String body =
        "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":[%s]}]}";

    assertThat(provider.post("/v1/messages", body.formatted(four)).statusCode()).isEqualTo(200);
    var refused = provider.post("/v1/messages", body.formatted(four + "," + block));
    assertThat(json(refused).path("error").path("message").asString()).endsWith("Found 5.");
  }

  @Test
  void bodies_up_to_32_mebibytes_are_admitted() {
    String start =
        "{\"model\":\"sim-text-1\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"";
    String end = "\"}]}";
    int most = 32 * 1024 * 1024;
    String fits = start + "x".repeat(most - start.length() - end.length()) + end;

    assertThat(provider.post("/v1/messages", fits).statusCode()).isEqualTo(200);
    var refused = provider.post("/v1/messages", fits + " ");
    assertThat(refused.statusCode()).isEqualTo(413);
    assertThat(json(refused).path("error").path("type").asString()).isEqualTo("request_too_large");
  }

  private static HttpRequest.Builder versioned(String version) {
    var request =
        HttpRequest.newBuilder(provider.address().resolve("/v1/messages"))
            .header("x-api-key", "sk-ant-test");
    return version.isEmpty() ? request : request.header("anthropic-version", version);
  }
}
