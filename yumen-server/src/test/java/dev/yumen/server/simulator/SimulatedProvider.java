package dev.yumen.server.simulator;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A running provider and a client of it, as tests want them. */
final class SimulatedProvider implements AutoCloseable {
  static final String VERSION = "2023-06-01";
  private static final Duration LONG = Duration.ofSeconds(60);

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Simulator simulator;
  private Instant now = Instant.parse("2026-11-24T12:00:00Z");

  SimulatedProvider() {
    this(null, null);
  }

  SimulatedProvider(Path script, Path record) {
    this(script, record, 0);
  }

  SimulatedProvider(Path script, Path record, int tokensPerSecond) {
    try {
      simulator =
          await(
              Simulator.open(
                  vertx,
                  new SimulatorOptions(
                      0,
                      script,
                      record,
                      tokensPerSecond,
                      () -> now,
                      System::nanoTime,
                      new Random(1))));
    } catch (RuntimeException e) {
      await(vertx.close());
      throw e;
    }
  }

  URI address() {
    return simulator.address();
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(simulator.address().resolve(path))
        .timeout(LONG)
        .header("x-api-key", "sk-ant-test")
        .header("anthropic-version", VERSION);
  }

  HttpResponse<byte[]> post(String path, String body) {
    return send(request(path).POST(BodyPublishers.ofString(body)));
  }

  HttpResponse<byte[]> get(String path) {
    return send(request(path));
  }

  /** The unary answer to one line of text. */
  HttpResponse<byte[]> ask(String model, String text) {
    return post("/v1/messages", body(model, text, false));
  }

  /** The streamed answer to one line of text. */
  HttpResponse<byte[]> stream(String model, String text) {
    return post("/v1/messages", body(model, text, true));
  }

  static String body(String model, String text, boolean stream) {
    return Json.text(
        Json.object()
            .put("model", model)
            .put("max_tokens", 1024)
            .put("stream", stream)
            .set(
                "messages",
                Json.array().add(Json.object().put("role", "user").put("content", text))));
  }

  HttpResponse<byte[]> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  HttpResponse<InputStream> open(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofInputStream());
  }

  static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  static JsonNode json(HttpResponse<byte[]> response) {
    return JsonMapper.shared().readTree(response.body());
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    await(simulator.close());
    await(vertx.close());
    client.close();
  }
}
