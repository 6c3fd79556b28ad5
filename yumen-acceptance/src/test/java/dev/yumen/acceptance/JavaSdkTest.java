package dev.yumen.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.MultipartField;
import com.anthropic.core.ObjectMappers;
import com.anthropic.errors.AnthropicException;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.ErrorType;
import com.anthropic.models.files.FileUploadParams;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;
import com.anthropic.models.messages.batches.BatchCreateParams;
import com.anthropic.models.messages.batches.MessageBatch;
import com.anthropic.models.messages.batches.MessageBatchIndividualResponse;
import com.anthropic.models.models.ModelListParams;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The official Java SDK, of API version 2026-10-21. */
class JavaSdkTest extends SdkContract {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** One thing done with a client of its own. */
  private interface Scenario {
    ObjectNode run(AnthropicClient client) throws Exception;
  }

  @Override
  JsonNode use(String url, CallerKeys keys) {
    var scenarios = new LinkedHashMap<String, Scenario>();
    messages(scenarios, url, keys);
    resources(scenarios, url, keys);
    failures(scenarios, url, keys);
    var results = JSON.createObjectNode();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new LinkedHashMap<String, Future<ObjectNode>>();
      scenarios.forEach((name, scenario) ->
          running.put(name, threads.submit(outcome(scenario, client(url, keys.key(), name)))));
      threads.close();
      running.forEach((name, result) -> results.set(name, result.resultNow()));
    }
    return results;
  }

  private static void messages(Map<String, Scenario> scenarios, String url, CallerKeys keys) {
    scenarios.put(
        "message",
        client -> {
          try (var raw =
              client.messages().withRawResponse().create(ask("claude-sonnet-5").build())) {
            var message = raw.parse();
            return object()
                .put("text", text(message))
                .put("stop_reason", stopReason(message))
                .put("request_id", raw.requestId().orElse(""));
          }
        });
    scenarios.put(
        "auth_token",
        _ -> {
          var bearer = AnthropicOkHttpClient.builder().baseUrl(url).authToken(keys.key()).build();
          return object()
              .put("text", text(bearer.messages().create(ask("claude-sonnet-5").build())));
        });
    scenarios.put("stream", JavaSdkTest::stream);
    scenarios.put("tool_round", JavaSdkTest::toolRound);
    scenarios.put("thinking", JavaSdkTest::thinking);
    scenarios.put(
        "beta",
        client -> {
          var message =
              client
                  .beta()
                  .messages()
                  .create(
                      com.anthropic.models.beta.messages.MessageCreateParams.builder()
                          .model("claude-sonnet-5")
                          .maxTokens(4000)
                          .addUserMessage("Hello")
                          .addBeta("some-beta-2026-01-01")
                          .addBeta("other-beta-2026-01-01")
                          .build());
          return object().put("text", message.content().getFirst().asText().text());
        });
    scenarios.put(
        "refusal",
        client -> {
          var message = streamed(client, ask("sim-refusal"), _ -> {});
          String category =
              message.stopDetails().flatMap(one -> one.category()).map(Object::toString).orElse("");
          return object().put("stop_reason", stopReason(message)).put("category", category);
        });
    scenarios.put(
        "max_tokens",
        client -> {
          var message = client.messages().create(ask("sim-max-tokens").maxTokens(7).build());
          return object()
              .put("stop_reason", stopReason(message))
              .put("output_tokens", message.usage().outputTokens());
        });
    scenarios.put(
        "cancel",
        client -> {
          var request = ask("sim-text-4000+pace-20").build();
          try (var stream = client.messages().createStreaming(request)) {
            boolean _ = stream.stream().anyMatch(RawMessageStreamEvent::isContentBlockDelta);
          }
          return object();
        });
  }

  private static void resources(Map<String, Scenario> scenarios, String url, CallerKeys keys) {
    scenarios.put(
        "count_tokens",
        client -> {
          var counted =
              client
                  .messages()
                  .countTokens(
                      MessageCountTokensParams.builder()
                          .model("claude-sonnet-5")
                          .addUserMessage("Hello")
                          .build());
          var message = client.messages().create(ask("claude-sonnet-5").build());
          return object()
              .put("counted", counted.inputTokens())
              .put("charged", message.usage().inputTokens());
        });
    scenarios.put(
        "models",
        client -> {
          var result = object();
          var ids = result.putArray("ids");
          var pages = client.models().list(ModelListParams.builder().limit(5).build());
          pages.autoPager().forEach(model -> ids.add(model.id()));
          return result.put("one", client.models().retrieve("claude-sonnet-5").displayName());
        });
    scenarios.put(
        "limited_models",
        _ -> {
          var result = object();
          var ids = result.putArray("ids");
          client(url, keys.limited(), "limited_models")
              .models()
              .list()
              .autoPager()
              .forEach(model -> ids.add(model.id()));
          return result;
        });
    scenarios.put("batch", JavaSdkTest::batch);
    scenarios.put("file", JavaSdkTest::file);
  }

  private static void failures(Map<String, Scenario> scenarios, String url, CallerKeys keys) {
    scenarios.put(
        "wrong_key",
        _ -> failure(() -> whole(client(url, "ym_wrong", "wrong_key"), "claude-sonnet-5")));
    scenarios.put(
        "model_not_allowed",
        _ ->
            failure(
                () -> whole(client(url, keys.limited(), "model_not_allowed"), "claude-opus-5-5")));
    scenarios.put("model_unknown", client -> failure(() -> whole(client, "sim-nonsense")));
    scenarios.put(
        "invalid_request", client -> failure(() -> whole(client, "sim-error-400-prompt")));
    scenarios.put(
        "rate_limited_once", client -> object().put("text", text(whole(client, "claude-busy"))));
    scenarios.put(
        "overloaded_twice",
        client -> {
          var request =
              MessageCreateParams.builder()
                  .model("sim-flaky-2")
                  .maxTokens(4000)
                  .addUserMessage("Please.")
                  .build();
          return object().put("text", text(client.messages().create(request)));
        });
    scenarios.put(
        "overloaded",
        client -> {
          var impatient = client.withOptions(options -> options.maxRetries(0));
          return failure(() -> whole(impatient, "sim-error-529"));
        });
    for (String broken : List.of("error-in", "cut", "ended")) {
      String model =
          switch (broken) {
            case "error-in" -> "sim-text-40+midstream-error-5";
            case "cut" -> "sim-pace-20+text-40+cut-8";
            default -> "sim-pace-20+text-40+early-end-8";
          };
      scenarios.put(
          broken.replace('-', '_') + "_stream",
          client -> failure(() -> streamed(client, ask(model), _ -> {})));
    }
  }

  private static ObjectNode stream(AnthropicClient client) {
    var result = object();
    var events = result.putArray("events");
    var deltas = new StringBuilder();
    var message =
        streamed(
            client,
            ask("sim-text-40+chunks-37"),
            event -> {
              events.add(tree(event).path("type").asString());
              event
                  .contentBlockDelta()
                  .flatMap(delta -> delta.delta().text())
                  .ifPresent(text -> deltas.append(text.text()));
            });
    return result
        .put("text", deltas.toString())
        .put("whole", text(message))
        .put("output_tokens", message.usage().outputTokens());
  }

  private static ObjectNode toolRound(AnthropicClient client) {
    var city =
        Tool.InputSchema.Properties.builder()
            .putAdditionalProperty("city", JsonValue.from(Map.of("type", "string")))
            .build();
    var weather =
        Tool.builder()
            .name("get_weather")
            .description("The weather at a place")
            .inputSchema(Tool.InputSchema.builder().properties(city).addRequired("city").build())
            .build();
    var request = ask("sim-tool-get_weather").addTool(weather);
    var call = streamed(client, request, _ -> {});
    ToolUseBlock use =
        call.content().stream()
            .flatMap(block -> block.toolUse().stream())
            .findFirst()
            .orElseThrow();
    var result = ToolResultBlockParam.builder().toolUseId(use.id()).content("21 degrees").build();
    var answer =
        client
            .messages()
            .create(
                request
                    .addMessage(call)
                    .addUserMessageOfContentBlockParams(
                        List.of(ContentBlockParam.ofToolResult(result)))
                    .build());
    return object()
        .put("stop_reason", stopReason(call))
        .put("tool", use.name())
        .put("text", text(answer))
        .set("input", tree(use).path("input"));
  }

  private static ObjectNode thinking(AnthropicClient client) {
    var request = ask("sim-thinking").enabledThinking(1024);
    var first = streamed(client, request, _ -> {});
    var thought =
        first.content().stream()
            .flatMap(block -> block.thinking().stream())
            .findFirst()
            .orElseThrow();
    var second =
        client.messages().create(request.addMessage(first).addUserMessage("Go on.").build());
    return object()
        .put("thinking", thought.thinking())
        .put("signature", thought.signature())
        .put("next", text(second));
  }

  private static ObjectNode batch(AnthropicClient client) throws Exception {
    var batches = client.messages().batches();
    var create = BatchCreateParams.builder();
    int number = 0;
    for (String model : List.of("claude-sonnet-5", "sim-error-529")) {
      create.addRequest(
          BatchCreateParams.Request.builder()
              .customId("request-" + number++)
              .params(
                  BatchCreateParams.Request.Params.builder()
                      .model(model)
                      .maxTokens(100)
                      .addUserMessage("Hello")
                      .build())
              .build());
    }
    var batch = batches.create(create.build());
    while (!batch.processingStatus().equals(MessageBatch.ProcessingStatus.ENDED)) {
      Thread.sleep(100);
      batch = batches.retrieve(batch.id());
    }
    var result = object().put("results_url", batch.resultsUrl().orElse(""));
    try (var results = batches.resultsStreaming(batch.id())) {
      results.stream().map(JavaSdkTest::line).sorted().forEach(result.putArray("results")::add);
    }
    return result;
  }

  private static String line(MessageBatchIndividualResponse one) {
    return one.customId() + (one.result().isSucceeded() ? " succeeded" : " errored");
  }

  private static ObjectNode file(AnthropicClient client) throws Exception {
    InputStream bytes = new ByteArrayInputStream("Ünïcödé\0bytes".getBytes(UTF_8));
    var upload =
        MultipartField.<InputStream>builder()
            .value(bytes)
            .filename("notes.txt")
            .contentType("text/plain")
            .build();
    var file = client.files().upload(FileUploadParams.builder().file(upload).build());
    String name = client.files().retrieveMetadata(file.id()).filename();
    try (var download = client.files().download(file.id())) {
      var result =
          object()
              .put("name", name)
              .put("content", new String(download.body().readAllBytes(), UTF_8));
      client.files().delete(file.id());
      result.set("gone", failure(() -> client.files().retrieveMetadata(file.id())));
      return result;
    }
  }

  private static Callable<ObjectNode> outcome(Scenario scenario, AnthropicClient client) {
    return () -> {
      try {
        return scenario.run(client);
      } catch (Exception e) {
        return object().put("unexpected", e.toString());
      } finally {
        client.close();
      }
    };
  }

  /** How the SDK reports that something failed. */
  private static ObjectNode failure(Supplier<?> attempt) {
    try {
      return object().put("answered", String.valueOf(attempt.get()));
    } catch (AnthropicServiceException e) {
      return object()
          .put("error", e.getClass().getSimpleName())
          .put("status", e.statusCode())
          .put("type", e.type().map(ErrorType::asString).orElse(""))
          .put("code", e.errorCode().orElse(""))
          .put("message", e.apiMessage().orElse(e.getMessage()))
          .put("request_id", e.requestId().orElse(""));
    } catch (AnthropicException e) {
      return object().put("error", e.getClass().getSimpleName()).put("message", e.getMessage());
    }
  }

  private static AnthropicClient client(String url, String key, String scenario) {
    return AnthropicOkHttpClient.builder()
        .baseUrl(url)
        .apiKey(key)
        .timeout(Duration.ofMinutes(1))
        .replaceHeaders("User-Agent", "sdk " + scenario)
        .build();
  }

  private static MessageCreateParams.Builder ask(String model) {
    return MessageCreateParams.builder().model(model).maxTokens(4000).addUserMessage("Hello");
  }

  private static Message whole(AnthropicClient client, String model) {
    return client.messages().create(ask(model).build());
  }

  private static Message streamed(
      AnthropicClient client,
      MessageCreateParams.Builder request,
      Consumer<RawMessageStreamEvent> see) {
    var accumulator = MessageAccumulator.create();
    try (var stream = client.messages().createStreaming(request.build())) {
      stream.stream().map(accumulator::accumulate).forEach(see);
    }
    return accumulator.message();
  }

  private static String text(Message message) {
    var text = new StringBuilder();
    for (ContentBlock block : message.content()) {
      block.text().ifPresent(part -> text.append(part.text()));
    }
    return text.toString();
  }

  private static String stopReason(Message message) {
    return message.stopReason().map(reason -> reason.asString()).orElse("");
  }

  private static JsonNode tree(Object sdkObject) {
    try {
      return JSON.readTree(ObjectMappers.jsonMapper().writeValueAsString(sdkObject));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static ObjectNode object() {
    return JSON.createObjectNode();
  }
}
