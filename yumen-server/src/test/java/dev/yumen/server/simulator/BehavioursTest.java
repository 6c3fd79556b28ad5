package dev.yumen.server.simulator;

import static dev.yumen.server.simulator.SimulatedProvider.body;
import static dev.yumen.server.simulator.SimulatedProvider.json;
import static dev.yumen.server.simulator.SimulatedProvider.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Every behaviour that a model's name can ask for, over HTTP, streamed and whole. */
class BehavioursTest {
  private static final String TOOLS =
      """
      [{"name":"get_weather","description":"Weather","input_schema":{"type":"object","properties":\
      {"city":{"type":"string"},"unit":{"type":"string","enum":["C","F"]}},"required":["city"]}},\
      {"name":"now","description":"Time","input_schema":{"type":"object","properties":{}}}]\
      """;
  private static SimulatedProvider provider;

  @BeforeAll
  static void open() {
    provider = new SimulatedProvider();
  }

  @AfterAll
  static void close() {
    provider.close();
  }

  static Stream<String> wellBehaved() {
    return Stream.of(
        "sim-text",
        "sim-text-0",
        "sim-text-1",
        "sim-echo",
        "sim-thinking",
        "sim-redacted-thinking",
        "sim-tool",
        "sim-tool-now",
        "sim-tools-5",
        "sim-web-search",
        "sim-citations",
        "sim-max-tokens",
        "sim-context-window",
        "sim-refusal",
        "sim-pause-turn",
        "sim-silence-10ms",
        "sim-pings-10ms",
        "sim-pace-100000",
        "sim-chunks-37",
        "sim-slow-head-10ms",
        "claude-sim-echo",
        "sim-thinking+text-3+silence-1ms+text-3+web-search+tools-2");
  }

  @ParameterizedTest
  @MethodSource("wellBehaved")
  void a_stream_obeys_the_grammar_and_says_the_same_as_the_message(String model) {
    String request = withTools(model, true);

    HttpResponse<byte[]> stream = provider.post("/v1/messages", request);
    HttpResponse<byte[]> whole = provider.post("/v1/messages", withTools(model, false));

    assertThat(stream.statusCode()).isEqualTo(200);
    ObjectNode streamed = Grammar.message(text(stream));
    assertThat(withoutIds(streamed)).isEqualTo(withoutIds((ObjectNode) json(whole)));
  }

  @Test
  void text_has_as_many_tokens_as_asked_for_and_as_many_deltas() {
    String stream = text(provider.stream("sim-text-500", "Hi"));

    assertThat(Grammar.message(stream).path("usage").path("output_tokens").asInt()).isEqualTo(500);
    assertThat(Grammar.events(stream))
        .filteredOn(event -> event.name().equals("content_block_delta"))
        .hasSize(500);
  }

  @Test
  void an_echo_is_the_last_text_of_the_user_and_nothing_else() {
    String text = "“quotes” \"\\ \u0000 \u2028 🌊 日本語\n\n# end";

    assertThat(content(provider.ask("sim-echo", text)).path(0).path("text").asString())
        .isEqualTo(text);
    assertThat(
            Grammar.message(text(provider.stream("sim-echo", text)))
                .path("content")
                .path(0)
                .path("text")
                .asString())
        .isEqualTo(text);
  }

  @Test
  void thinking_is_signed_and_counted_and_shown_unless_it_is_to_be_omitted() {
    String asked = with(body("sim-thinking-7", "Hi", true), "thinking", "{\"type\":\"adaptive\"}");
    String omitted = with(asked, "thinking", "{\"type\":\"adaptive\",\"display\":\"omitted\"}");

    ObjectNode shown = Grammar.message(text(provider.post("/v1/messages", asked)));
    String hidden = text(provider.post("/v1/messages", omitted));

    assertThat(shown.path("content").path(0).path("thinking").asString()).isNotEmpty();
    assertThat(shown.path("usage").path("output_tokens_details").path("thinking_tokens").asInt())
        .isEqualTo(7);
    assertThat(hidden).contains("signature_delta").doesNotContain("thinking_delta");
    assertThat(Grammar.message(hidden).path("usage").path("output_tokens"))
        .isEqualTo(shown.path("usage").path("output_tokens"));
  }

  @Test
  void thinking_must_come_back_as_it_was() {
    JsonNode thinking = content(provider.ask("sim-thinking", "Hi")).path(0);

    assertThat(provider.post("/v1/messages", answered(thinking)).statusCode()).isEqualTo(200);

    ((ObjectNode) thinking).put("thinking", "Other words");
    var refused = provider.post("/v1/messages", answered(thinking));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(message(refused))
        .isEqualTo("messages.1.content.0: Invalid `signature` in `thinking` block");
  }

  @Test
  void a_tool_is_called_with_input_that_its_schema_allows_and_its_result_is_told() {
    ObjectNode call =
        Grammar.message(text(provider.post("/v1/messages", withTools("sim-tool", true))));

    JsonNode use = call.path("content").path(0);
    assertThat(call.path("stop_reason").asString()).isEqualTo("tool_use");
    assertThat(use.path("name").asString()).isEqualTo("get_weather");
    assertThat(Json.text(use.path("input"))).isEqualTo("{\"city\":\"Hi\",\"unit\":\"C\"}");

    String next =
        """
        {"model":"sim-tool","max_tokens":500,"tools":%s,"messages":[{"role":"user","content":"Hi"},
        {"role":"assistant","content":[%s]},{"role":"user","content":[
        {"type":"tool_result","tool_use_id":"%s","content":[{"type":"text","text":"21 degrees"}]}]}]}
        """
            .formatted(TOOLS, use, use.path("id").asString());
    var end = json(provider.post("/v1/messages", next));
    assertThat(end.path("stop_reason").asString()).isEqualTo("end_turn");
    assertThat(end.path("content").path(0).path("text").asString()).contains("“21 degrees”");
  }

  @Test
  void a_text_that_asks_for_a_tool_gets_it_with_the_input_it_names() {
    String request =
        with(
            body("claude-opus-5-5", "Please use get_weather with {\"city\": \"Ōsaka\"}.", false),
            "tools",
            TOOLS);

    JsonNode use = content(provider.post("/v1/messages", request)).path(0);

    assertThat(use.path("type").asString()).isEqualTo("tool_use");
    assertThat(Json.text(use.path("input"))).isEqualTo("{\"city\":\"Ōsaka\"}");
  }

  @Test
  void input_of_tools_is_cut_at_odd_places() {
    String stream = text(provider.post("/v1/messages", withTools("sim-tool", true)));

    assertThat(Grammar.events(stream))
        .filteredOn(event -> event.data().path("delta").has("partial_json"))
        .extracting(event -> event.data().path("delta").path("partial_json").asString())
        .containsSequence("", "{", "\"city\":");
  }

  @Test
  void structured_output_satisfies_its_schema() {
    String request =
        with(
            body(
                "claude-opus-5-5", "<session>\nhello there\n</session>\n\nWrite the title.", false),
            "output_config",
            """
            {"format":{"type":"json_schema","schema":{"type":"object","properties":{"title":
            {"type":"string"},"level":{"$ref":"#/$defs/level"},"tags":{"type":"array","minItems":2,
            "items":{"type":["null","integer"],"minimum":3}}},"required":["title"],
            "additionalProperties":false,"$defs":{"level":{"enum":["low","high"]}}}}}\
            """);

    String text = content(provider.post("/v1/messages", request)).path(0).path("text").asString();

    assertThat(text).isEqualTo("{\"title\":\"hello there\",\"level\":\"low\",\"tags\":[3,3]}");
  }

  @Test
  void a_refusal_says_why() {
    var message = json(provider.ask("sim-refusal", "Hi"));

    assertThat(message.path("stop_reason").asString()).isEqualTo("refusal");
    assertThat(message.path("stop_details").path("explanation").asString()).isNotEmpty();
  }

  @Test
  void a_paused_turn_goes_on_when_it_comes_back() {
    var paused = json(provider.ask("sim-pause-turn", "Hi"));
    assertThat(paused.path("stop_reason").asString()).isEqualTo("pause_turn");

    String again =
        """
        {"model":"sim-pause-turn","max_tokens":500,"messages":[{"role":"user","content":"Hi"},
        {"role":"assistant","content":%s}]}\
        """
            .formatted(paused.path("content"));

    assertThat(json(provider.post("/v1/messages", again)).path("stop_reason").asString())
        .isEqualTo("end_turn");
  }

  @Test
  void max_tokens_and_stop_sequences_end_any_answer() {
    var full = json(provider.ask("sim-max-tokens", "Hi"));
    var cutOff =
        json(
            provider.post(
                "/v1/messages", with(body("sim-text-50", "Hi", false), "max_tokens", "5")));
    var stopped =
        json(
            provider.post(
                "/v1/messages",
                with(
                    body("sim-echo", "one two three", false),
                    "stop_sequences",
                    "[\"three\",\" two\"]")));

    assertThat(full.path("stop_reason").asString()).isEqualTo("max_tokens");
    assertThat(full.path("usage").path("output_tokens").asInt()).isEqualTo(1024);
    assertThat(cutOff.path("stop_reason").asString()).isEqualTo("max_tokens");
    assertThat(cutOff.path("usage").path("output_tokens").asInt()).isEqualTo(5);
    assertThat(stopped.path("stop_reason").asString()).isEqualTo("stop_sequence");
    assertThat(stopped.path("stop_sequence").asString()).isEqualTo(" two");
    assertThat(stopped.path("content").path(0).path("text").asString()).isEqualTo("one");
  }

  @Test
  void citations_point_into_the_document_of_the_request() {
    String request =
        """
        {"model":"sim-citations","max_tokens":500,"stream":true,"messages":[{"role":"user","content":[
        {"type":"document","title":"facts.txt","source":{"type":"text","media_type":"text/plain",
        "data":"Rain falls. It is wet."},"citations":{"enabled":true}},{"type":"text","text":"Cite"}]}]}\
        """;

    JsonNode block =
        Grammar.message(text(provider.post("/v1/messages", request))).path("content").path(1);

    assertThat(block.path("text").asString()).isEqualTo("Rain falls.");
    assertThat(Json.text(block.path("citations")))
        .isEqualTo(
            "[{\"type\":\"char_location\",\"cited_text\":\"Rain falls.\",\"document_index\":0,"
                + "\"document_title\":\"facts.txt\",\"start_char_index\":0,\"end_char_index\":11}]");
  }

  @Test
  void a_huge_answer_arrives_whole_in_both_forms() {
    JsonNode streamed = Grammar.message(text(provider.stream("sim-huge-2", "Hi"))).path("content");

    assertThat(streamed.path(0).path("text").asString()).hasSize(2 * 1024 * 1024);
    assertThat(content(provider.ask("sim-huge-2", "Hi"))).isEqualTo(streamed);
  }

  @Test
  void unknown_events_and_blocks_are_among_known_ones() {
    List<Grammar.Event> events = Grammar.events(text(provider.stream("sim-unknown", "Hi")));

    assertThat(events).extracting(Grammar.Event::name).contains("future_event", "message_stop");
    assertThat(events)
        .anyMatch(event ->
            event.data().path("content_block").path("type").asString("").equals("future_block"));
  }

  @ParameterizedTest
  @CsvSource({
    "400, invalid_request_error",
    "401, authentication_error",
    "402, billing_error",
    "403, permission_error",
    "404, not_found_error",
    "409, conflict_error",
    "413, request_too_large",
    "429, rate_limit_error",
    "500, api_error",
    "502, api_error",
    "504, timeout_error",
    "529, overloaded_error",
  })
  void an_error_has_its_type_streamed_or_not(int status, String type) {
    for (boolean stream : new boolean[] {false, true}) {
      var answer = provider.post("/v1/messages", body("sim-error-" + status, "Hi", stream));

      assertThat(answer.statusCode()).isEqualTo(status);
      assertThat(json(answer).path("type").asString()).isEqualTo("error");
      assertThat(json(answer).path("error").path("type").asString()).isEqualTo(type);
      assertThat(json(answer).path("request_id").asString())
          .isEqualTo(answer.headers().firstValue("request-id").orElseThrow());
      assertThat(answer.headers().firstValue("retry-after").isPresent()).isEqualTo(status == 429);
    }
  }

  @Test
  void the_edge_has_errors_of_its_own() {
    assertThat(text(provider.ask("sim-error-403-region", "Hi")))
        .isEqualTo("{\"error\":{\"type\":\"forbidden\",\"message\":\"Request not allowed\"}}");
    assertThat(json(provider.ask("sim-error-413-edge", "Hi")).has("request_id")).isFalse();
    var page = provider.ask("sim-error-502-html", "Hi");
    assertThat(page.headers().firstValue("content-type")).hasValue("text/html; charset=UTF-8");
    assertThat(page.statusCode()).isEqualTo(502);
    assertThat(message(provider.ask("sim-error-400-prompt", "Hi")))
        .matches("prompt is too long: \\d+ tokens > \\d+ maximum");
    assertThat(provider.ask("sim-error-429-spend", "Hi").headers().firstValue("retry-after"))
        .isEmpty();
  }

  @Test
  void a_flaky_model_answers_in_the_end_and_each_conversation_has_its_own_count() {
    var codes =
        Stream.of("a", "a", "b", "a", "b", "b", "a")
            .map(text -> provider.ask("sim-flaky-2", text).statusCode());

    assertThat(codes).containsExactly(529, 529, 529, 200, 529, 200, 529);
  }

  @Test
  void an_error_in_the_middle_is_the_last_event() {
    List<Grammar.Event> events =
        Grammar.events(text(provider.stream("sim-midstream-error-4", "Hi")));

    assertThat(events)
        .extracting(Grammar.Event::name)
        .containsExactly(
            "message_start", "content_block_start", "ping", "content_block_delta", "error");
    assertThat(events.getLast().data().path("error").path("type").asString())
        .isEqualTo("overloaded_error");
    assertThat(provider.ask("sim-midstream-error-4", "Hi").statusCode()).isEqualTo(529);
  }

  @Test
  void an_interruption_later_than_the_answer_comes_before_its_end() {
    List<Grammar.Event> events =
        Grammar.events(text(provider.stream("sim-text-1+midstream-error-99", "Hi")));

    assertThat(events)
        .extracting(Grammar.Event::name)
        .endsWith("content_block_delta", "error")
        .doesNotContain("message_delta");
  }

  @Test
  void a_cut_falls_into_an_event() throws Exception {
    var request =
        provider
            .request("/v1/messages")
            .POST(BodyPublishers.ofString(body("sim-cut-4", "Hi", true)));
    var response = provider.open(request);

    byte[] arrived = until(response.body());

    String text = new String(arrived, StandardCharsets.UTF_8);
    assertThat(text).doesNotEndWith("\n\n").contains("content_block_delta");
    assertThat(text.split("\n\n")).hasSize(5);
    assertThatThrownBy(() -> provider.ask("sim-cut", "Hi"))
        .hasRootCauseInstanceOf(IOException.class);
  }

  @Test
  void an_early_end_is_a_clean_one() {
    String stream = text(provider.stream("sim-early-end-4", "Hi"));

    assertThat(Grammar.events(stream)).hasSize(4);
    assertThat(stream).doesNotContain("message_stop");
    assertThatThrownBy(() -> json(provider.ask("sim-early-end", "Hi")))
        .isInstanceOf(tools.jackson.core.JacksonException.class);
  }

  @Test
  void pings_come_between_the_start_and_the_answer() {
    assertThat(Grammar.events(text(provider.stream("sim-pings-2s", "Hi"))))
        .extracting(Grammar.Event::name)
        .startsWith("message_start", "ping", "ping", "content_block_start");
  }

  @Test
  void gzip_is_for_those_who_accept_it() throws Exception {
    var zipped =
        provider.send(
            provider
                .request("/v1/messages")
                .header("accept-encoding", "br, gzip")
                .POST(BodyPublishers.ofString(body("sim-gzip", "Hi", true))));
    var plain = provider.stream("sim-gzip", "Hi");

    assertThat(zipped.headers().firstValue("content-encoding")).hasValue("gzip");
    try (var gzip = new GZIPInputStream(new ByteArrayInputStream(zipped.body()))) {
      Grammar.message(new String(gzip.readAllBytes(), StandardCharsets.UTF_8));
    }
    assertThat(plain.headers().firstValue("content-encoding")).isEmpty();
    Grammar.message(text(plain));
  }

  @Test
  void what_is_no_message_is_json_all_the_same() {
    var answer = provider.ask("sim-not-a-message", "Hi");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer).has("content")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sim-nothing",
        "sim-text-x",
        "sim-text-999999999",
        "sim-error",
        "sim-error-200",
        "sim-error-500-x",
        "sim-silence-5",
        "sim-silence-2000m",
        "sim-gzip-1",
        "sim-",
        "sim-text+"
      })
  void a_name_that_makes_no_sense_is_an_unknown_model(String model) {
    var answer = provider.ask(model, "Hi");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(message(answer)).startsWith("model: " + model);
  }

  private static byte[] until(InputStream stream) {
    var bytes = new java.io.ByteArrayOutputStream();
    try (stream) {
      for (int next = stream.read(); next >= 0; next = stream.read()) {
        bytes.write(next);
      }
      throw new AssertionError("the connection ended well");
    } catch (IOException e) {
      return bytes.toByteArray();
    }
  }

  private static JsonNode content(HttpResponse<byte[]> answer) {
    return json(answer).path("content");
  }

  private static String message(HttpResponse<byte[]> answer) {
    return json(answer).path("error").path("message").asString();
  }

  private static String withTools(String model, boolean stream) {
    return with(body(model, "Hi", stream), "tools", TOOLS);
  }

  private static String with(String body, String member, String value) {
    var changed = (ObjectNode) Json.read(body);
    return Json.text(changed.set(member, Json.read(value)));
  }

  private static String answered(JsonNode block) {
    return """
    {"model":"sim-thinking","max_tokens":500,"messages":[{"role":"user","content":"Hi"},
    {"role":"assistant","content":[%s,{"type":"text","text":"So."}]},
    {"role":"user","content":"And?"}]}\
    """
        .formatted(block);
  }

  /** Ids are new each time; in the rest both forms are alike, but for what only messages have. */
  private static JsonNode withoutIds(ObjectNode message) {
    return Json.read(
        Json.text(message).replaceAll("\"(id|tool_use_id)\":\"[^\"]*\"", "\"$1\":\"\""));
  }
}
