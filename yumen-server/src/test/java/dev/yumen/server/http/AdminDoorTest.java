package dev.yumen.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.yumen.exchange.Reason;
import dev.yumen.server.telemetry.Metrics;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AdminDoorTest {
  private static final JsonMapper JSON = new JsonMapper();

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Health health = new Health();
  private final Metrics metrics = new Metrics("1.2.3");
  private AdminDoor door;

  @BeforeEach
  void open() throws Exception {
    door = await(AdminDoor.open(vertx, "127.0.0.1", 0, health, metrics, "1.2.3"));
  }

  @AfterEach
  void close() throws Exception {
    client.close();
    await(door.close());
    await(vertx.close());
    metrics.close();
  }

  @Test
  void readiness_follows_the_life_of_the_process_and_never_goes_back() throws Exception {
    var starting = get("/health/ready");
    health.ready(Future::succeededFuture);
    var ready = get("/health/ready");
    health.draining();
    health.ready(Future::succeededFuture);
    var draining = get("/health/ready");

    assertThat(starting.statusCode()).isEqualTo(503);
    assertThat(json(starting).get("status").stringValue()).isEqualTo("starting");
    assertThat(ready.statusCode()).isEqualTo(200);
    assertThat(json(ready).get("status").stringValue()).isEqualTo("ready");
    assertThat(draining.statusCode()).isEqualTo(503);
    assertThat(json(draining).get("reason").stringValue())
        .isEqualTo("The gateway is shutting down.");
  }

  @Test
  void a_process_that_starts_or_drains_is_alive() throws Exception {
    var starting = get("/health/live");
    health.ready(Future::succeededFuture);
    health.draining();
    var draining = get("/health/live");

    assertThat(starting.statusCode()).isEqualTo(200);
    assertThat(draining.statusCode()).isEqualTo(200);
  }

  @Test
  void a_loop_that_does_not_move_is_seen() throws Exception {
    Promise<Void> never = Promise.promise();
    health.ready(never::future);

    var live = get("/health/live");

    assertThat(live.statusCode()).isEqualTo(503);
    assertThat(json(live).get("status").stringValue()).isEqualTo("stuck");
  }

  @Test
  void metrics_are_text_for_whoever_does_not_ask_for_more() throws Exception {
    var scrape = get("/metrics");

    assertThat(scrape.statusCode()).isEqualTo(200);
    assertThat(scrape.headers().firstValue("content-type"))
        .hasValue("text/plain; version=0.0.4; charset=utf-8");
    assertThat(text(scrape))
        .contains("yumen_refusals_total{reason=\"" + Reason.OVERLOADED.code() + "\"} 0.0")
        .doesNotContain("# EOF");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // What Prometheus 3 sends.
        "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
            + "text/plain;version=0.0.4;q=0.4,*/*;q=0.1 | true",
        "application/openmetrics-text | true",
        "Application/OpenMetrics-Text; Version=1.0.0 | true",
        "text/plain, application/openmetrics-text;q=0.5 | false",
        "application/openmetrics-text;q=0 | false",
        "application/openmetrics-text;q=much | false",
        "application/openmetrics-textual | false",
        "application/json | false",
        "*/* | false",
      })
  void open_metrics_are_for_those_who_prefer_them(String accept, boolean open) throws Exception {
    var scrape = get("/metrics", "accept", accept);

    assertThat(scrape.statusCode()).isEqualTo(200);
    assertThat(scrape.headers().firstValue("content-type").orElseThrow())
        .startsWith(open ? "application/openmetrics-text; version=1.0.0" : "text/plain");
    assertThat(text(scrape).endsWith("# EOF\n")).isEqualTo(open);
  }

  @Test
  void metrics_are_compressed_for_those_who_accept_it() throws Exception {
    var scrape = get("/metrics", "accept-encoding", "br, gzip");

    assertThat(scrape.headers().firstValue("content-encoding")).hasValue("gzip");
    var plain = new GZIPInputStream(new ByteArrayInputStream(scrape.body())).readAllBytes();
    assertThat(new String(plain, UTF_8)).contains("yumen_build_info{", "jvm_memory_used_bytes");
    assertThat(get("/metrics", "accept-encoding", "gzip;q=0").headers().map())
        .doesNotContainKey("content-encoding");
  }

  @Test
  void the_version_is_told() throws Exception {
    JsonNode version = json(get("/version"));

    assertThat(version.get("version").stringValue()).isEqualTo("1.2.3");
    assertThat(version.get("java").stringValue()).isEqualTo(Runtime.version().toString());
    assertThat(version.propertyNames()).containsExactlyInAnyOrder("name", "version", "java");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health/live", "/health/ready", "/metrics", "/version"})
  void head_is_get_without_a_body_and_nothing_else_is_allowed(String path) throws Exception {
    health.ready(Future::succeededFuture);

    var head = send(request(path).method("HEAD", BodyPublishers.noBody()));
    var post = send(request(path).POST(BodyPublishers.ofString("{}")));
    var delete = send(request(path).DELETE());

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("content-type"))
        .isEqualTo(get(path).headers().firstValue("content-type"));
    assertThat(post.statusCode()).isEqualTo(405);
    assertThat(post.headers().firstValue("allow")).hasValue("GET, HEAD");
    assertThat(delete.statusCode()).isEqualTo(405);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/settings", "/health", "/health/", "//metrics", "/metrics/../v1/messages"})
  void everything_else_is_not_there(String path) throws Exception {
    var answer = get(path);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
    assertThat(json(answer).get("error").stringValue()).isEqualTo("not_found");
  }

  @Test
  void the_reference_lists_every_path() throws Exception {
    List<String> listed =
        Files.readString(Path.of("../docs/reference/admin.md"))
            .lines()
            .filter(line -> line.startsWith("| `/"))
            .map(line -> line.substring(3, line.indexOf('`', 3)))
            .toList();

    assertThat(listed)
        .containsExactlyInAnyOrder("/health/live", "/health/ready", "/metrics", "/version");
    for (String path : listed) {
      assertThat(get(path).statusCode()).as(path).isIn(200, 503);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + door.port() + path));
  }

  private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    var request = request(path);
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), UTF_8);
  }

  private static JsonNode json(HttpResponse<byte[]> response) {
    return JSON.readTree(response.body());
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
