package dev.yumen.server.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.sun.net.httpserver.HttpServer;
import dev.yumen.audit.Entry;
import dev.yumen.exchange.Delivery;
import dev.yumen.exchange.Endpoint;
import dev.yumen.exchange.Headers;
import dev.yumen.exchange.Prompt;
import dev.yumen.exchange.Reason;
import dev.yumen.exchange.Refusal;
import dev.yumen.exchange.Usage;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TracesTest {
  private static final Duration NEVER = Duration.ofHours(1);

  private final CollectedSpans collected = new CollectedSpans();
  private final Metrics metrics = new Metrics("1.2.3");

  @AfterEach
  void close() {
    metrics.close();
  }

  @Test
  void an_answered_exchange_is_a_request_and_within_it_a_question() {
    export(1, Exchanges.answered());

    SpanData server = collected.one(SpanKind.SERVER);
    SpanData client = collected.one(SpanKind.CLIENT);
    assertThat(collected.all()).hasSize(2);
    assertThat(server.getName()).isEqualTo("POST /v1/messages");
    assertThat(server.getTraceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    assertThat(server.getParentSpanId()).isEqualTo("b7ad6b7169203331");
    assertThat(server.getEndEpochNanos() - server.getStartEpochNanos()).isEqualTo(1_234_567_890);
    assertThat(server.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(CollectedSpans.attributes(server))
        .containsOnly(
            entry("http.request.method", "POST"),
            entry("http.route", "/v1/messages"),
            entry("url.path", "/v1/messages"),
            entry("user_agent.original", "curl/8.5"),
            entry("http.response.status_code", 200L),
            entry("yumen.request_id", "req_0123456789abcdefghijklmn"),
            entry("yumen.endpoint", "messages"),
            entry("yumen.ending", "complete"),
            entry("yumen.credential", "key_1"),
            entry("yumen.tenant", "platform"),
            entry("yumen.answer.bytes", 4096L),
            entry("yumen.answer.events", 17L));
    assertThat(client.getName()).isEqualTo("chat claude-sonnet-4-5");
    assertThat(client.getParentSpanId()).isEqualTo(server.getSpanId());
    assertThat(client.getStartEpochNanos() - server.getStartEpochNanos()).isEqualTo(50_000_000);
    assertThat(client.getEndEpochNanos()).isEqualTo(server.getEndEpochNanos());
    assertThat(CollectedSpans.attributes(client))
        .containsOnly(
            entry("gen_ai.operation.name", "chat"),
            entry("gen_ai.provider.name", "anthropic"),
            entry("gen_ai.request.model", "claude-sonnet-4-5"),
            entry("gen_ai.request.stream", true),
            entry("gen_ai.response.model", "claude-sonnet-4-5-20250929"),
            entry("gen_ai.response.time_to_first_chunk", 0.2),
            entry("gen_ai.usage.input_tokens", 11L + 33 + 44),
            entry("gen_ai.usage.output_tokens", 22L),
            entry("gen_ai.usage.cache_creation.input_tokens", 33L),
            entry("gen_ai.usage.cache_read.input_tokens", 44L),
            entry("server.address", "api.example.org"),
            entry("server.port", 443L),
            entry("http.response.status_code", 200L),
            entry("yumen.provider", "claude"),
            entry("yumen.provider_request_id", "req_provider"));
    assertThat(client.getResource().getAttributes().asMap().toString())
        .contains("service.name=yumen", "service.version=1.2.3");
  }

  @Test
  void what_the_gateway_refuses_never_became_a_question() {
    export(1, Exchanges.refused(Reason.CREDENTIAL_MISSING), Exchanges.refused(Reason.OVERLOADED));

    SpanData missing = collected.all().get(0);
    SpanData overloaded = collected.all().get(1);
    assertThat(collected.all()).hasSize(2).allMatch(span -> span.getKind() == SpanKind.SERVER);
    assertThat(missing.getName()).isEqualTo("POST");
    assertThat(missing.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(CollectedSpans.attributes(missing))
        .contains(
            entry("http.response.status_code", 401L), entry("yumen.refusal", "credential_missing"))
        .doesNotContainKey("error.type");
    assertThat(overloaded.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(overloaded.getStatus().getDescription()).isEmpty();
    assertThat(CollectedSpans.attributes(overloaded)).contains(entry("error.type", "overloaded"));
  }

  @Test
  void errors_are_told_from_the_side_that_made_them() {
    export(
        1,
        answered(new Delivery(400, Delivery.Ending.COMPLETE, 9, 0, Usage.NONE, null, null, 1)),
        answered(new Delivery(529, Delivery.Ending.COMPLETE, 9, 0, Usage.NONE, null, null, 1)),
        answered(new Delivery(200, Delivery.Ending.PROVIDER, 9, 2, Usage.NONE, null, null, 1)),
        answered(new Delivery(200, Delivery.Ending.CALLER, 9, 2, Usage.NONE, null, null, 1)),
        routed(new Entry.Outcome.Refused(new Refusal(Reason.PROVIDER_TIMEOUT, "Wait."))),
        routed(new Entry.Outcome.Abandoned()));

    assertThat(errors(SpanKind.SERVER))
        .containsExactly("", "529", "provider_broken", "", "provider_timeout", "");
    assertThat(errors(SpanKind.CLIENT))
        .containsExactly("400", "529", "provider_broken", "", "provider_timeout", "");
  }

  @Test
  void a_caller_decides_about_its_own_trace_and_the_ratio_about_the_rest() {
    String traceparent = Exchanges.TRACEPARENT;
    String unsampled = traceparent.substring(0, traceparent.length() - 1) + "0";

    export(
        0,
        abandoned(traceparent, "vendor=1"),
        abandoned(unsampled, null),
        abandoned(null, null),
        abandoned("00-nonsense", null));

    assertThat(collected.all()).hasSize(1);
    SpanData span = collected.all().getFirst();
    assertThat(span.getParentSpanId()).isEqualTo("b7ad6b7169203331");
    assertThat(span.getSpanContext().getTraceState().get("vendor")).isEqualTo("1");
  }

  @Test
  void without_a_callers_trace_a_new_one_begins() {
    export(1, abandoned(null, null), abandoned("00-nonsense", null));

    assertThat(collected.all()).hasSize(2).allMatch(span -> !span.getParentSpanContext().isValid());
    assertThat(collected.all().get(0).getTraceId())
        .isNotEqualTo(collected.all().get(1).getTraceId());
  }

  @Test
  void invented_methods_make_no_new_names() {
    Entry.Opening odd =
        new Entry.Opening("req_1", Exchanges.AT, "BREW", "/v1/x", "192.0.2.7", null, null, null);

    export(1, new Entry(odd, null, null, null, new Entry.Outcome.Abandoned(), 0, 5));

    SpanData span = collected.all().getFirst();
    assertThat(span.getName()).isEqualTo("HTTP");
    assertThat(CollectedSpans.attributes(span)).contains(entry("http.request.method", "_OTHER"));
  }

  @Test
  void a_full_queue_drops_spans_and_counts_them() {
    var never = new CompletableResultCode();
    var stuck = new Stuck(never);
    var traces = Traces.open(stuck, Duration.ofMillis(1), 1, "1.2.3", metrics);

    for (int i = 0; i < 10_000; i++) {
      traces.ended(Exchanges.answered());
    }
    never.succeed();
    traces.close();

    double dropped = Exposition.of(metrics).value("yumen_traces_dropped_spans_total");
    double exported = Exposition.of(metrics).value("yumen_traces_exported_spans_total");
    assertThat(dropped).isGreaterThan(0);
    assertThat(exported).isGreaterThan(4000);
    assertThat(dropped + exported).isEqualTo(20_000);
  }

  @Test
  void spans_reach_a_collector_over_http_with_the_headers_of_the_settings() throws Exception {
    BlockingQueue<String> bodies = new LinkedBlockingQueue<>();
    var headers = new LinkedBlockingQueue<String>();
    var collector =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/traces",
        exchange -> {
          headers.add(exchange.getRequestHeaders().getFirst("x-collector-key"));
          bodies.add(
              new String(new GZIPInputStream(exchange.getRequestBody()).readAllBytes(), UTF_8));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
    URI endpoint =
        URI.create("http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/traces");

    var traces = Traces.open(endpoint, Map.of("x-collector-key", "k"), 1, "1.2.3", metrics);
    traces.ended(Exchanges.answered());
    traces.close();
    collector.stop(0);

    assertThat(bodies.take()).contains("chat claude-sonnet-4-5", "gen_ai.usage.output_tokens");
    assertThat(headers.take()).isEqualTo("k");
    assertThat(Exposition.of(metrics).value("yumen_traces_exported_spans_total")).isEqualTo(2);
  }

  @Test
  void an_absent_collector_costs_the_spans_and_nothing_else() throws IOException {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    URI endpoint = URI.create("http://127.0.0.1:" + port + "/v1/traces");

    var traces = Traces.open(endpoint, Map.of(), 1, "1.2.3", metrics);
    traces.ended(Exchanges.answered());
    traces.close();

    assertThat(Exposition.of(metrics).value("yumen_traces_exported_spans_total")).isEqualTo(0);
  }

  private void export(double ratio, Entry... entries) {
    try (var traces = Traces.open(collected, NEVER, ratio, "1.2.3", metrics)) {
      for (Entry entry : entries) {
        traces.ended(entry);
      }
    }
  }

  private List<String> errors(SpanKind kind) {
    return collected.all().stream()
        .filter(span -> span.getKind() == kind)
        .map(span -> (String) CollectedSpans.attributes(span).getOrDefault("error.type", ""))
        .toList();
  }

  private static Entry answered(Delivery delivery) {
    return routed(new Entry.Outcome.Answered(delivery));
  }

  private static Entry routed(Entry.Outcome outcome) {
    var prompt =
        new Prompt(
            Endpoint.MESSAGES,
            "POST",
            "/v1/messages",
            Headers.NONE,
            new Prompt.Content.None(),
            Set.of("m"),
            false);
    return new Entry(Exchanges.opening(), null, prompt, Exchanges.ROUTE, outcome, 1, 5);
  }

  private static Entry abandoned(String traceparent, String tracestate) {
    var opening =
        new Entry.Opening(
            "req_1", Exchanges.AT, "GET", "/", "192.0.2.7", null, traceparent, tracestate);
    return new Entry(opening, null, null, null, new Entry.Outcome.Abandoned(), 0, 5);
  }

  /** Takes the first batch and is busy with it until told. */
  private record Stuck(CompletableResultCode result) implements SpanExporter {
    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      return result;
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
