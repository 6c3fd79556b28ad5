package dev.yumen.server.simulator;

import static dev.yumen.server.simulator.SimulatedProvider.json;
import static dev.yumen.server.simulator.SimulatedProvider.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Everything beside messages: counting, models, batches, files, completions, unknown paths. */
class ResourcesTest {
  private final SimulatedProvider provider = new SimulatedProvider();

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void a_count_is_what_the_message_then_costs() {
    String body =
        SimulatedProvider.body("claude-opus-5-5", "What is the capital of France?", false);

    int counted =
        json(provider.post("/v1/messages/count_tokens", body)).path("input_tokens").asInt();

    var usage = json(provider.post("/v1/messages", body)).path("usage");
    assertThat(counted).isBetween(10, 30).isEqualTo(usage.path("input_tokens").asInt());
  }

  @Test
  void models_are_listed_page_by_page_and_found_one_by_one() {
    var ids = new ArrayList<String>();
    JsonNode page = json(provider.get("/v1/models?limit=5"));
    while (true) {
      page.path("data").forEach(model -> ids.add(model.path("id").asString()));
      if (!page.path("has_more").asBoolean()) {
        break;
      }
      page = json(provider.get("/v1/models?limit=5&after_id=" + page.path("last_id").asString()));
    }
    var all = json(provider.get("/v1/models?limit=1000")).path("data");

    assertThat(ids).hasSize(all.size()).doesNotHaveDuplicates();
    assertThat(ids).contains("claude-opus-5-5", "sim-echo", "sim-error-529");
    var before = json(provider.get("/v1/models?limit=2&before_id=" + ids.get(3)));
    assertThat(before.path("first_id").asString()).isEqualTo(ids.get(1));
    assertThat(before.path("has_more").asBoolean()).isTrue();
    for (String id : ids) {
      assertThat(json(provider.get("/v1/models/" + id)).path("id").asString()).isEqualTo(id);
    }
    assertThat(json(provider.get("/v1/models/sim-text-7%2Bgzip")).path("id").asString())
        .isEqualTo("sim-text-7+gzip");
    assertThat(provider.get("/v1/models/gpt-5").statusCode()).isEqualTo(404);
    assertThat(provider.get("/v1/models?limit=0").statusCode()).isEqualTo(400);
  }

  @Test
  void a_batch_ends_after_a_second_with_a_result_for_each_request() {
    var created =
        json(provider.post("/v1/messages/batches", batch("claude-opus-5-5", "sim-error-529")));
    String path = "/v1/messages/batches/" + created.path("id").asString();

    assertThat(created.path("processing_status").asString()).isEqualTo("in_progress");
    assertThat(created.path("results_url").isNull()).isTrue();
    assertThat(provider.get(path + "/results").statusCode()).isEqualTo(404);
    provider.pass(Duration.ofSeconds(1));

    var ended = json(provider.get(path));
    assertThat(ended.path("processing_status").asString()).isEqualTo("ended");
    assertThat(ended.path("request_counts").path("succeeded").asInt()).isEqualTo(1);
    assertThat(ended.path("request_counts").path("errored").asInt()).isEqualTo(1);
    assertThat(ended.path("results_url").asString())
        .isEqualTo(provider.address() + path + "/results");
    var results = provider.get(path + "/results");
    assertThat(results.headers().firstValue("content-type")).hasValue("application/x-jsonl");
    List<JsonNode> lines = text(results).lines().map(Json::read).toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0).path("custom_id").asString()).isEqualTo("c0");
    var message = lines.get(0).path("result").path("message");
    assertThat(message.path("usage").path("service_tier").asString()).isEqualTo("batch");
    assertThat(message.path("content").path(0).path("text").asString()).contains("“Hi”");
    assertThat(lines.get(1).path("result").path("error").path("error").path("type").asString())
        .isEqualTo("overloaded_error");
  }

  @Test
  void a_batch_can_be_cancelled_listed_and_deleted() {
    var created = json(provider.post("/v1/messages/batches", batch("claude-opus-5-5")));
    String path = "/v1/messages/batches/" + created.path("id").asString();

    var canceling = json(provider.post(path + "/cancel", "{}"));
    assertThat(canceling.path("processing_status").asString()).isEqualTo("canceling");
    assertThat(canceling.path("cancel_initiated_at").isString()).isTrue();
    assertThat(delete(path).statusCode()).isEqualTo(400);
    provider.pass(Duration.ofSeconds(1));

    var listed = json(provider.get("/v1/messages/batches")).path("data");
    assertThat(listed).hasSize(1);
    assertThat(listed.path(0).path("request_counts").path("canceled").asInt()).isEqualTo(1);
    assertThat(text(provider.get(path + "/results")))
        .isEqualTo("{\"custom_id\":\"c0\",\"result\":{\"type\":\"canceled\"}}\n");
    assertThat(json(delete(path)).path("type").asString()).isEqualTo("message_batch_deleted");
    assertThat(provider.get(path).statusCode()).isEqualTo(404);
  }

  @Test
  void a_batch_needs_requests_with_names_of_their_own() {
    String twice = batch("m", "m").replace("c1", "c0");

    assertThat(provider.post("/v1/messages/batches", "{}").statusCode()).isEqualTo(400);
    assertThat(provider.post("/v1/messages/batches", twice).statusCode()).isEqualTo(400);
  }

  @Test
  void a_file_comes_back_as_it_was_sent_until_it_is_deleted() {
    byte[] bytes = {0, 13, 10, 45, 45, (byte) 0xff, 'x', 13, 10};

    var uploaded = json(upload("übersicht.bin", bytes));
    String path = "/v1/files/" + uploaded.path("id").asString();

    assertThat(uploaded.path("filename").asString()).isEqualTo("übersicht.bin");
    assertThat(uploaded.path("mime_type").asString()).isEqualTo("application/x-test");
    assertThat(uploaded.path("size_bytes").asInt()).isEqualTo(bytes.length);
    assertThat(json(provider.get(path))).isEqualTo(uploaded);
    assertThat(provider.get(path + "/content").body()).isEqualTo(bytes);
    assertThat(json(provider.get("/v1/files")).path("data").path(0)).isEqualTo(uploaded);
    assertThat(json(delete(path)).path("type").asString()).isEqualTo("file_deleted");
    assertThat(provider.get(path).statusCode()).isEqualTo(404);
  }

  @Test
  void an_upload_needs_a_file_and_memory_for_files_has_a_bound() {
    assertThat(provider.post("/v1/files", "{}").statusCode()).isEqualTo(400);
    byte[] large = new byte[31 * 1024 * 1024];

    var codes = new ArrayList<Integer>();
    for (int i = 0; i < 5; i++) {
      codes.add(upload("large", large).statusCode());
    }

    assertThat(codes).containsExactly(200, 200, 200, 200, 403);
  }

  @Test
  void text_completions_answer_the_last_human_turn() {
    String body =
        """
        {"model":"claude-2.1","max_tokens_to_sample":50,"stream":%s,
        "prompt":"\\n\\nHuman: Hi there\\n\\nAssistant:"}\
        """;

    var whole = json(provider.post("/v1/complete", body.formatted(false)));
    var events = Grammar.events(text(provider.post("/v1/complete", body.formatted(true))));

    assertThat(whole.path("completion").asString()).isEqualTo(" You wrote: “Hi there”");
    assertThat(events.getLast().data().path("stop_reason").asString()).isEqualTo("stop_sequence");
    var streamed = new StringBuilder();
    events.forEach(event -> streamed.append(event.data().path("completion").asString()));
    assertThat(streamed).hasToString(whole.path("completion").asString());
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/nothing, 404",
    "/v2/messages, 404",
    "/v1/messages/x, 404",
    "/v1, 404",
    "/v1/messages, 405",
    "/v1/messages/batches/no, 404",
    "/v1/files/no, 404",
    "/v1/messages/, 404",
    "/api/hello, 200",
    "/, 200",
  })
  void what_is_not_there_is_an_error_in_the_form_of_the_api(String path, int status) {
    var answer = provider.get(path);

    assertThat(answer.statusCode()).isEqualTo(status);
    if (status != 200) {
      assertThat(json(answer).path("type").asString()).isEqualTo("error");
      assertThat(json(answer).path("request_id").asString()).startsWith("req_");
    }
  }

  private HttpResponse<byte[]> delete(String path) {
    return provider.send(provider.request(path).DELETE());
  }

  private HttpResponse<byte[]> upload(String name, byte[] bytes) {
    String boundary = "----boundary";
    byte[] head =
        """
        --%s
        Content-Disposition: form-data; name="purpose"

        x
        --%1$s
        Content-Disposition: form-data; name="file"; filename="%s"
        Content-Type: application/x-test

        """
            .formatted(boundary, name)
            .replace("\n", "\r\n")
            .getBytes(StandardCharsets.UTF_8);
    byte[] tail = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8);
    return provider.send(
        provider
            .request("/v1/files")
            .header("content-type", "multipart/form-data; boundary=" + boundary)
            .POST(BodyPublishers.ofByteArrays(List.of(head, bytes, tail))));
  }

  private static String batch(String... models) {
    var requests = Json.array();
    for (int i = 0; i < models.length; i++) {
      requests.add(
          Json.object()
              .put("custom_id", "c" + i)
              .set("params", Json.read(SimulatedProvider.body(models[i], "Hi", false))));
    }
    return Json.text(Json.object().set("requests", requests));
  }
}
