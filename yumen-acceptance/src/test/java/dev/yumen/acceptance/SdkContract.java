package dev.yumen.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/**
 * What an application may expect of the gateway when it uses an official SDK, unchanged but for the
 * base URL and the key. Each SDK does the same things ({@code clients/…/contract.*}, {@link
 * JavaSdkTest}) and says what came of them; here is what must come of them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SdkContract {
  private RunningYumen yumen;
  private String url;
  private JsonNode results;

  /** Does everything once and returns a JSON object with a member for each thing done. */
  abstract JsonNode use(String url, CallerKeys keys);

  /** The address for callers, when it is not the gateway's own. */
  String reachedAt(String gateway) {
    return gateway;
  }

  /** Skips when the SDK is not there. */
  void require() {}

  @BeforeAll
  void run() throws IOException {
    require();
    Path directory = Files.createTempDirectory("contract");
    Files.writeString(
        directory.resolve("script.yaml"),
        """
        rules:
          - when: {model: claude-busy, call: 1}
            answer: [error: 429]
        """);
    var keys = CallerKeys.shared();
    Path settings =
        Files.writeString(
            directory.resolve("yumen.yaml"),
            """
            listen: {trusted-proxies: [127.0.0.1]}
            admin: {port: 0}
            providers:
              - name: simulator
                simulation: {script: script.yaml, tokens-per-second: 0}
            authentication:
              keys: {file: %s}
            """
                .formatted(keys.file()));
    yumen = RunningYumen.serve(settings);
    url = reachedAt(yumen.url().toString());
    results = use(url, keys);
  }

  @AfterAll
  void stop() {
    if (yumen != null) {
      yumen.close();
    }
  }

  @Test
  void a_message_is_answered_whole() {
    var message = result("message");

    text(message, "text").contains("You wrote: “Hello”");
    text(message, "stop_reason").isEqualTo("end_turn");
    text(message, "request_id").startsWith("req_");
  }

  @Test
  void a_token_in_the_authorization_header_is_as_good_as_a_key() {
    text(result("auth_token"), "text").contains("You wrote: “Hello”");
  }

  @Test
  void a_message_is_streamed_with_every_event_in_order() {
    var stream = result("stream");

    text(stream, "text").isNotEmpty().isEqualTo(stream.path("whole").asString());
    assertThat(stream.path("output_tokens").asInt()).isEqualTo(40);
    assertThat(strings(stream.path("events")))
        .startsWith("message_start", "content_block_start")
        .endsWith("content_block_stop", "message_delta", "message_stop")
        .filteredOn("content_block_delta"::equals)
        .hasSize(40);
  }

  @Test
  void a_tool_is_called_and_its_result_comes_back() {
    var round = result("tool_round");

    text(round, "stop_reason").isEqualTo("tool_use");
    text(round, "tool").isEqualTo("get_weather");
    assertThat(round.path("input").path("city").isString()).isTrue();
    text(round, "text").contains("The tool answered: “21 degrees”");
  }

  @Test
  void signed_thinking_survives_the_way_there_and_back() {
    var thinking = result("thinking");

    text(thinking, "thinking").isNotEmpty();
    text(thinking, "signature").isNotEmpty();
    text(thinking, "next").contains("You wrote: “Go on.”");
  }

  @Test
  void tokens_are_counted() {
    var counted = result("count_tokens");

    assertThat(counted.path("counted").asInt())
        .isPositive()
        .isEqualTo(counted.path("charged").asInt());
  }

  @Test
  void models_are_listed_page_by_page_and_one_by_one() {
    var models = result("models");

    assertThat(strings(models.path("ids")))
        .contains("claude-sonnet-5", "sim-gzip")
        .hasSizeGreaterThan(10);
    text(models, "one").isEqualTo("Claude Sonnet 5");
  }

  @Test
  void a_limited_key_sees_only_the_models_it_may_ask() {
    assertThat(strings(result("limited_models").path("ids")))
        .isNotEmpty()
        .allMatch(id -> id.startsWith("claude-haiku-"));
  }

  @Test
  void the_results_of_a_batch_come_through_the_gateway() {
    var batch = result("batch");

    text(batch, "results_url").startsWith(url + "/v1/messages/batches/");
    assertThat(strings(batch.path("results")))
        .containsExactly("request-0 succeeded", "request-1 errored");
    assertThat(exchanges("batch"))
        .anyMatch(exchange -> exchange.path("endpoint").asString().equals("batch_results"));
  }

  @Test
  void a_file_is_uploaded_read_and_deleted() {
    var file = result("file");

    text(file, "name").isEqualTo("notes.txt");
    text(file, "content").isEqualTo("Ünïcödé\0bytes");
    failure(file.path("gone"), "NotFound", 404, "not_found_error");
  }

  @Test
  void the_beta_namespace_works_with_betas_nobody_knows() {
    text(result("beta"), "text").contains("You wrote: “Hello”");
  }

  @Test
  void a_wrong_key_is_told_once_and_not_retried() {
    var refused =
        failure(result("wrong_key"), "Authentication|Unauthorized", 401, "authentication_error");

    text(refused, "code").isEqualTo("credential_invalid");
    assertThat(exchanges("wrong_key")).hasSize(1);
  }

  @Test
  void a_model_the_key_may_not_ask_is_refused_and_not_retried() {
    var refused = failure(result("model_not_allowed"), "PermissionDenied", 403, "permission_error");

    text(refused, "code").isEqualTo("model_not_allowed");
    text(refused, "message").contains("claude-opus-5-5");
    assertThat(exchanges("model_not_allowed")).hasSize(1);
  }

  @Test
  void an_error_of_the_provider_arrives_in_its_own_words() {
    text(failure(result("model_unknown"), "NotFound", 404, "not_found_error"), "message")
        .contains("sim-nonsense");
    text(failure(result("invalid_request"), "BadRequest", 400, "invalid_request_error"), "message")
        .isEqualTo("prompt is too long: 1000001 tokens > 1000000 maximum");
  }

  @Test
  void a_rate_limit_is_waited_out() {
    text(result("rate_limited_once"), "text").contains("You wrote: “Hello”");
    assertThat(exchanges("rate_limited_once"))
        .extracting(exchange -> exchange.path("status").asInt())
        .containsExactly(429, 200);
  }

  @Test
  void an_overloaded_provider_is_asked_again_by_the_sdk_not_by_the_gateway() {
    text(result("overloaded_twice"), "text").contains("You wrote: “Please.”");
    assertThat(exchanges("overloaded_twice"))
        .extracting(exchange -> exchange.path("status").asInt())
        .containsExactly(529, 529, 200);
    failure(result("overloaded"), "Overloaded|InternalServer", 529, "overloaded_error");
  }

  @Test
  void a_stream_that_fails_is_never_taken_for_a_complete_one() {
    for (String broken : List.of("error_in_stream", "cut_stream", "ended_stream")) {
      var failed = result(broken);

      assertThat(failed.has("answered")).as(broken + ": " + failed).isFalse();
      assertThat(failed.path("error").asString()).as(broken).isNotEmpty();
      // Where nothing had been passed on yet, a proper error was answered and the SDK asked again.
      assertThat(new ArrayList<>(exchanges(broken).reversed()))
          .as(broken)
          .satisfies(tries -> {
            assertThat(tries.removeFirst().path("status").asInt()).isEqualTo(200);
            assertThat(tries)
                .allMatch(one -> one.path("refusal").asString("").equals("provider_broken"));
          });
    }
    text(result("error_in_stream"), "message").contains("Overloaded");
    text(result("cut_stream"), "message").contains("provider");
    text(result("ended_stream"), "message").contains("provider");
  }

  @Test
  void a_refusal_of_the_model_is_an_answer() {
    text(result("refusal"), "stop_reason").isEqualTo("refusal");
    text(result("refusal"), "category").isEqualTo("cyber");
  }

  @Test
  void an_answer_ends_at_max_tokens() {
    text(result("max_tokens"), "stop_reason").isEqualTo("max_tokens");
    assertThat(result("max_tokens").path("output_tokens").asInt()).isEqualTo(7);
  }

  @Test
  void who_leaves_a_stream_frees_the_provider() {
    result("cancel");

    var exchange = yumen.awaitExchange(one -> agent(one).equals("sdk cancel"));

    assertThat(exchange.path("ending").asString()).isEqualTo("caller");
  }

  /** What came of one thing. */
  private JsonNode result(String name) {
    JsonNode result = results.path(name);
    assertThat(result.isObject()).as(name).isTrue();
    assertThat(result.path("unexpected").asString("")).as(name).isEmpty();
    return result;
  }

  private static JsonNode failure(JsonNode result, String error, int status, String type) {
    assertThat(result.path("status").asInt()).as("%s", result).isEqualTo(status);
    text(result, "error").matches("(" + error + ").*");
    text(result, "type").isEqualTo(type);
    text(result, "request_id").isNotEmpty();
    return result;
  }

  private List<JsonNode> exchanges(String name) {
    return yumen.exchanges().stream().filter(one -> agent(one).equals("sdk " + name)).toList();
  }

  private static String agent(JsonNode exchange) {
    return exchange.path("user_agent").asString("");
  }

  private static AbstractStringAssert<?> text(JsonNode result, String member) {
    return assertThat(result.path(member).asString("")).as("%s of %s", member, result);
  }

  private static List<String> strings(JsonNode array) {
    return array.valueStream().map(JsonNode::asString).toList();
  }
}
