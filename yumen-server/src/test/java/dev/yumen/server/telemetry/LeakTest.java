package dev.yumen.server.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.yumen.audit.Entry;
import dev.yumen.audit.Journal;
import dev.yumen.exchange.Caller;
import dev.yumen.exchange.Delivery;
import dev.yumen.exchange.Endpoint;
import dev.yumen.exchange.Headers;
import dev.yumen.exchange.Prompt;
import dev.yumen.exchange.Reason;
import dev.yumen.exchange.Refusal;
import dev.yumen.server.redaction.Canary;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Puts something secret wherever a caller, a provider or a key file can name something, and looks
 * for it in everything that is seen from outside.
 */
class LeakTest {
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final CollectedSpans spans = new CollectedSpans();

  @ParameterizedTest
  @EnumSource(Canary.class)
  void what_must_not_appear_is_in_no_log_metric_or_trace(Canary canary) {
    var metrics = new Metrics("1.2.3");
    var traces = Traces.open(spans, Duration.ofHours(1), 1, "1.2.3", metrics);
    var accessLog = AccessLog.open(log, _ -> {});
    List<Journal> journals = List.of(metrics, traces, accessLog);

    for (Entry entry : entries(canary.text())) {
      for (Journal journal : journals) {
        journal.begun(entry.opening());
        if (entry.route() != null) {
          journal.routed(entry.route(), entry.prompt());
        }
        journal.ended(entry);
      }
    }
    accessLog.close();
    traces.close();

    var scrape = new ByteArrayOutputStream();
    metrics.scrape(scrape, "text/plain; version=0.0.4");
    metrics.close();
    assertThat(log.toString(UTF_8).lines()).hasSize(3);
    assertThat(spans.all()).hasSize(5);
    for (String secret : canary.secrets()) {
      assertThat(log.toString(UTF_8)).doesNotContain(secret, escaped(secret));
      assertThat(scrape.toString(UTF_8)).doesNotContain(secret, escaped(secret));
      for (SpanData span : spans.all()) {
        assertThat(span.toString()).doesNotContain(secret);
      }
    }
  }

  private static List<Entry> entries(String text) {
    var opening =
        new Entry.Opening(
            "req_1",
            Exchanges.AT,
            text,
            "/v1/" + text,
            "192.0.2.7",
            "agent " + text,
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "vendor=" + text);
    var caller = new Caller("https://issuer.example.org " + text, text, text, List.of(text));
    var prompt =
        new Prompt(
            Endpoint.MESSAGES,
            "POST",
            "/v1/messages?x=" + text,
            Headers.of("x-api-key", text, "authorization", "Bearer " + text, text, text),
            new Prompt.Content.Held(text.getBytes(UTF_8)),
            Set.of(text),
            true);
    var delivery =
        new Delivery(
            200, Delivery.Ending.COMPLETE, 5, 2, Exchanges.USAGE, text, "req_" + text, 7_000);
    return List.of(
        new Entry(
            opening,
            caller,
            prompt,
            Exchanges.ROUTE,
            new Entry.Outcome.Answered(delivery),
            1_000,
            9_000),
        new Entry(
            opening,
            caller,
            prompt,
            Exchanges.ROUTE,
            new Entry.Outcome.Refused(new Refusal(Reason.PROVIDER_UNREACHABLE, text)),
            1_000,
            9_000),
        new Entry(opening, caller, null, null, new Entry.Outcome.Abandoned(), 0, 9_000));
  }

  /** As it looks inside JSON or a label. */
  private static String escaped(String secret) {
    return secret.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
