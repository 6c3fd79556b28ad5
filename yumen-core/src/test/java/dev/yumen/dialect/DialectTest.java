package dev.yumen.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.yumen.exchange.Abandoned;
import dev.yumen.exchange.Answer;
import dev.yumen.exchange.Arrival;
import dev.yumen.exchange.Caller;
import dev.yumen.exchange.Endpoint;
import dev.yumen.exchange.Headers;
import dev.yumen.exchange.Prompt;
import dev.yumen.exchange.Provider;
import dev.yumen.exchange.Reason;
import dev.yumen.exchange.Refusal;
import dev.yumen.exchange.Refused;
import dev.yumen.exchange.Sink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked, as a prompt, and what is answered in the caller's own shape. */
class DialectTest {
  private static final String QUESTION = "{ \"model\" : \"m\",\"stream\":true, \"x\":\"\\u00e9\" }";
  private static final Headers VERSION = Headers.of("anthropic-version", "2023-06-01");
  private final Dialect dialect = new Dialect(1000, 2000, 3000, true);

  @Test
  void a_question_is_read_and_every_byte_of_it_kept() throws Exception {
    var prompt =
        dialect.read(new At("POST", "/v1/messages", "beta=true", VERSION, bytes(QUESTION)));

    assertThat(prompt.endpoint()).isEqualTo(Endpoint.MESSAGES);
    assertThat(prompt.target()).isEqualTo("/v1/messages?beta=true");
    assertThat(prompt.models()).containsExactly("m");
    assertThat(prompt.streaming()).isTrue();
    assertThat(prompt.headers().first("anthropic-version")).isEqualTo("2023-06-01");
    assertThat(prompt.content())
        .isInstanceOfSatisfying(
            Prompt.Content.Held.class, held -> assertThat(held.bytes()).isEqualTo(bytes(QUESTION)));
    assertThat(prompt.toString()).doesNotContain("é").doesNotContain("2023");
  }

  @Test
  void streaming_is_decided_by_the_body_whatever_accept_says() throws Exception {
    var events = Headers.of("accept", "text/event-stream");

    assertThat(read("POST", "/v1/messages", events, "{\"model\":\"m\"}").streaming()).isFalse();
    assertThat(
            read("POST", "/v1/messages", Headers.of("accept", "application/json"), QUESTION)
                .streaming())
        .isTrue();
  }

  @Test
  void a_compressed_question_goes_on_decoded_and_without_its_coding() throws Exception {
    var headers = Headers.of("Content-Encoding", "gzip", "x", "y");
    var arrival = new At("POST", "/v1/messages", null, headers, gzip(bytes(QUESTION)));

    var prompt = dialect.read(arrival);

    assertThat(prompt.headers().toString()).isEqualTo("[x]");
    assertThat(((Prompt.Content.Held) prompt.content()).bytes()).isEqualTo(bytes(QUESTION));
  }

  @Test
  void the_limit_holds_for_the_decoded_body() throws Exception {
    byte[] bomb = gzip(bytes("{\"model\":\"m\",\"x\":\"" + "a".repeat(100_000) + "\"}"));
    var headers = Headers.of("content-encoding", "gzip");

    assertThat(refusal(new At("POST", "/v1/messages", null, headers, bomb)).reason())
        .isEqualTo(Reason.REQUEST_BODY_TOO_LARGE_AFTER_DECODING);
  }

  @Test
  void two_codings_are_not_taken_for_one() throws Exception {
    var headers = Headers.of("content-encoding", "identity", "content-encoding", "gzip");
    var arrival = new At("POST", "/v1/messages", null, headers, gzip(bytes(QUESTION)));

    assertThat(refusal(arrival).reason()).isEqualTo(Reason.REQUEST_BODY_ENCODING_UNSUPPORTED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{\"stream\":true}", "nothing"})
  void what_is_no_question_is_refused(String body) {
    assertThat(refusal(new At("POST", "/v1/messages", null, VERSION, bytes(body))).reason())
        .isEqualTo(Reason.BODY_MALFORMED);
  }

  @Test
  void files_flow_and_are_never_held() throws Exception {
    var prompt = read("POST", "/v1/files", Headers.of("content-encoding", "gzip"), "any bytes");

    assertThat(prompt.content()).isInstanceOf(Prompt.Content.Flowing.class);
    assertThat(prompt.headers().has("content-encoding")).isTrue();
    assertThat(read("DELETE", "/v1/files/f", VERSION, "").content())
        .isInstanceOf(Prompt.Content.None.class);
    assertThat(refusal(new At("POST", "/v1/files", null, VERSION, new byte[3001])).reason())
        .isEqualTo(Reason.BODY_TOO_LARGE);
  }

  @Test
  void unknown_paths_pass_unless_the_operator_says_otherwise() throws Exception {
    var closed = new Dialect(1000, 2000, 3000, false);

    assertThat(read("GET", "/v1/skills", VERSION, "").endpoint()).isEqualTo(Endpoint.OTHER);
    assertThat(
            catchThrowableOfType(
                    Refused.class,
                    () -> closed.read(new At("GET", "/v1/skills", null, VERSION, new byte[0])))
                .refusal()
                .reason())
        .isEqualTo(Reason.PATH_UNKNOWN);
  }

  @Test
  void results_url_leads_through_the_gateway_and_every_other_byte_stays() throws Exception {
    String url = "https://api.anthropic.com/v1/messages/batches/msgbatch_1/results";
    String body =
        "{ \"data\":[{\"id\":\"a\",\"results_url\":null},{\"results_url\":\""
            + url
            + "\" ,\"x\":\""
            + url
            + "\",\"y\":\"\\u00e9\"}]}\n";
    String local = body.replaceFirst("https://api.anthropic.com/v1", "http://gate.test/v1");

    assertThat(localised("GET", "/v1/messages/batches", body)).isEqualTo(local);
    assertThat(localised("GET", "/v1/files", body)).isEqualTo(body);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"results_url\":\"https:\\/\\/p.test\\/anthropic\\/v1\\/messages\\/batches\\/b\\/results\"}",
        "{\"r\\u0065sults_url\":\"https://p.test/v1/messages/batches/b/results\"}"
      })
  void results_url_is_found_however_it_is_written(String body) throws Exception {
    assertThat(localised("GET", "/v1/messages/batches/b", body))
        .contains("\"http://gate.test/v1/messages/batches/b/results\"")
        .doesNotContain("p.test");
  }

  @Test
  void a_link_with_odd_characters_stays_valid_json() throws Exception {
    String odd = "a\\b\\u0000\\\"\\\\\\ud83d\\ude00\\ud83d";

    assertThat(
            localised(
                "GET",
                "/v1/messages/batches/b",
                "{\"results_url\":\"x/v1/messages/batches/" + odd + "\"}"))
        .isEqualTo(
            "{\"results_url\":\"http://gate.test/v1/messages/batches/"
                + odd.replace("\\b", "\\u0008")
                + "\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "not json",
        "{\"results_url\":",
        "{\"results_url\":7}",
        "{\"results_url\":{}}"
      })
  void what_cannot_be_read_stays_as_it_is(String body) throws Exception {
    assertThat(localised("GET", "/v1/messages/batches/b", body)).isEqualTo(body);
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void a_refusal_has_the_shape_of_the_api_and_says_truly_whether_to_retry(Reason reason) {
    var answer =
        dialect.refuse(
            new At("POST", "/v1/messages", null, VERSION, new byte[0]),
            new Refusal(reason, "What and \"why\".", 3));

    assertThat(answer.status()).isEqualTo(reason.status());
    assertThat(string(answer))
        .isEqualTo(
            "{\"type\":\"error\",\"error\":{\"type\":\""
                + reason.type()
                + "\",\"message\":\"What and \\\"why\\\".\",\"details\":{\"error_code\":\""
                + reason.code()
                + "\"}},\"request_id\":\"req_1\"}");
    assertThat(answer.headers().first("x-should-retry")).isEqualTo("" + reason.retry());
    assertThat(answer.headers().first("retry-after")).isEqualTo("3");
    assertThat(answer.headers().first("yumen-reason")).isEqualTo(reason.code());
    assertThat(answer.headers().has("www-authenticate")).isEqualTo(reason.status() == 401);
  }

  @Test
  void a_refusal_without_a_time_names_none() {
    var answer =
        dialect.refuse(
            new At("POST", "/v1/messages", null, VERSION, new byte[0]),
            new Refusal(Reason.INTERNAL, "x"));

    assertThat(answer.headers().has("retry-after")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/chat/completions",
        "/v1/v1/chat/completions",
        "/v1/models",
        "/v1/models/x",
        "/v1/v1/models"
      })
  void who_speaks_openai_is_refused_in_its_shape(String path) {
    var answer =
        dialect.refuse(
            new At("GET", path, null, Headers.NONE, new byte[0]),
            new Refusal(Reason.MODEL_UNKNOWN, "No such model."));

    assertThat(string(answer))
        .isEqualTo(
            "{\"error\":{\"message\":\"No such model.\",\"type\":\"not_found_error\","
                + "\"param\":null,\"code\":\"model_unknown\"}}");
  }

  @Test
  void models_are_refused_in_the_shape_of_the_version_that_is_named() {
    var answer =
        dialect.refuse(
            new At("GET", "/v1/models", null, VERSION, new byte[0]),
            new Refusal(Reason.MODEL_UNKNOWN, "No such model."));

    assertThat(string(answer)).startsWith("{\"type\":\"error\"");
  }

  @Test
  void a_farewell_is_one_error_event_on_one_line_of_data() {
    String event =
        new String(
            dialect.farewell(new Refusal(Reason.INTERNAL, "a\nb\r\n\nevent: x"), "req_1"),
            StandardCharsets.UTF_8);

    assertThat(event).startsWith("event: error\ndata: {").endsWith("}\n\n");
    assertThat(event.split("\n", -1)).hasSize(4);
    assertThat(event).doesNotContain("\r");
  }

  @Test
  void lists_of_models_are_joined_in_the_shape_the_caller_knows() {
    var answers = new LinkedHashMap<Provider, Answer.Whole>();
    answers.put(provider("one", "claude-*"), list("claude-a", "claude-b", "stray"));
    answers.put(provider("two", "*"), list("claude-a", "glm-5"));
    answers.put(provider("three", "*"), new Answer.Whole(500, Headers.NONE, bytes("oops")));
    var limited = new Caller("k", "n", "t", List.of("claude-*"));
    var anyone = new Caller("k", "n", "t", List.of("*"));

    assertThat(string(ModelList.join(anyone, models(VERSION), answers)))
        .isEqualTo(
            "{\"data\":[{\"id\":\"claude-a\",\"created_at\":\"2026-01-01T00:00:00Z\"},"
                + "{\"id\":\"claude-b\",\"created_at\":\"2026-01-01T00:00:00Z\"},"
                + "{\"id\":\"glm-5\",\"created_at\":\"2026-01-01T00:00:00Z\"}],"
                + "\"has_more\":false,\"first_id\":\"claude-a\",\"last_id\":\"glm-5\"}");
    assertThat(string(ModelList.join(limited, models(Headers.NONE), answers)))
        .isEqualTo(
            "{\"data\":[{\"id\":\"claude-a\",\"object\":\"model\",\"created\":1767225600,"
                + "\"owned_by\":\"anthropic\"},{\"id\":\"claude-b\",\"object\":\"model\","
                + "\"created\":1767225600,\"owned_by\":\"anthropic\"}],\"object\":\"list\"}");
  }

  @Test
  void when_no_provider_lists_its_models_the_first_error_is_the_answer() {
    var answers = new LinkedHashMap<Provider, Answer.Whole>();
    answers.put(provider("one", "*"), new Answer.Whole(429, Headers.NONE, bytes("first")));
    answers.put(provider("two", "*"), new Answer.Whole(500, Headers.NONE, bytes("second")));

    var joined = ModelList.join(new Caller("k", "n", "t", List.of("*")), models(VERSION), answers);

    assertThat(joined.status()).isEqualTo(429);
  }

  @Test
  void a_joined_list_asks_for_everything_whatever_page_the_caller_wants() {
    assertThat(ModelList.unpaged(models(VERSION)).target()).isEqualTo("/v1/models?limit=1000");
    var paged = prompt("/v1/models?after_id=a&lifecycle%5B%5D=active&limit=1&before_id=b");

    assertThat(ModelList.unpaged(paged).target())
        .isEqualTo("/v1/models?lifecycle%5B%5D=active&limit=1000");
  }

  @Test
  void one_model_takes_the_shape_the_caller_knows() throws Exception {
    String body = "{\"id\":\"m\",\"created_at\":\"2026-01-01T00:00:00Z\"}";

    assertThat(localised("GET", "/v1/models/m", VERSION, body)).isEqualTo(body);
    assertThat(localised("GET", "/v1/models/m", Headers.NONE, body))
        .isEqualTo(
            "{\"id\":\"m\",\"object\":\"model\",\"created\":1767225600,\"owned_by\":\"anthropic\"}");
  }

  private String localised(String method, String path, String body) throws Exception {
    return localised(method, path, VERSION, body);
  }

  private String localised(String method, String path, Headers headers, String body)
      throws Exception {
    var prompt = read(method, path, headers, "");
    var answer = new Answer.Whole(200, Headers.NONE, bytes(body));
    return string((Answer.Whole) dialect.localise(prompt, answer, "http://gate.test"));
  }

  private Prompt read(String method, String path, Headers headers, String body) throws Exception {
    return dialect.read(new At(method, path, null, headers, bytes(body)));
  }

  private Refusal refusal(Arrival arrival) {
    return catchThrowableOfType(Refused.class, () -> dialect.read(arrival)).refusal();
  }

  private static Prompt models(Headers headers) {
    return new Prompt(
        Endpoint.MODELS, "GET", "/v1/models", headers, new Prompt.Content.None(), Set.of(), false);
  }

  private static Prompt prompt(String target) {
    return new Prompt(
        Endpoint.MODELS, "GET", target, VERSION, new Prompt.Content.None(), Set.of(), false);
  }

  private static Answer.Whole list(String... ids) {
    var body = new StringBuilder("{\"data\":[");
    for (String id : ids) {
      body.append(body.length() > 9 ? "," : "")
          .append("{\"id\":\"" + id + "\",\"created_at\":\"2026-01-01T00:00:00Z\"}");
    }
    return new Answer.Whole(200, Headers.NONE, bytes(body + "]}"));
  }

  private static Provider provider(String name, String pattern) {
    return new Provider(
        name,
        URI.create("http://" + name + ".test"),
        Headers.NONE,
        List.of(pattern),
        Provider.Timeouts.DEFAULT);
  }

  private static String string(Answer.Whole answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  /** An arrival whose body is there. */
  private record At(
      String method, String path, @Nullable String query, Headers headers, byte[] bytes)
      implements Arrival {
    @Override
    public String id() {
      return "req_1";
    }

    @Override
    public Instant at() {
      return Instant.EPOCH;
    }

    @Override
    public String peer() {
      return "127.0.0.1";
    }

    @Override
    public String origin() {
      return "http://gate.test";
    }

    @Override
    public Body body() {
      return new Body() {
        @Override
        public byte[] read(long limit) throws Refused, Abandoned {
          return bytes;
        }

        @Override
        public long length() {
          return bytes.length;
        }

        @Override
        public void flow(long limit, Sink sink) {
          throw new AssertionError("a dialect lets nothing flow itself");
        }

        @Override
        public void pause() {}

        @Override
        public void resume() {}
      };
    }
  }
}
