package dev.yumen.server.telemetry;

import dev.yumen.audit.Entry;
import dev.yumen.exchange.Caller;
import dev.yumen.exchange.Delivery;
import dev.yumen.exchange.Endpoint;
import dev.yumen.exchange.Headers;
import dev.yumen.exchange.Prompt;
import dev.yumen.exchange.Provider;
import dev.yumen.exchange.Reason;
import dev.yumen.exchange.Refusal;
import dev.yumen.exchange.Route;
import dev.yumen.exchange.Usage;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Exchanges as they end, for tests. */
final class Exchanges {
  static final Instant AT = Instant.parse("2026-11-24T08:09:10.0123456Z");
  static final String TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  static final Usage USAGE = new Usage(11, 22, 33, 44);
  static final Route ROUTE =
      new Route(
          new Provider(
              "claude",
              URI.create("https://api.example.org"),
              Headers.of("x-api-key", "sk-ant-api03-provider-credential"),
              List.of("*"),
              Provider.Timeouts.DEFAULT));

  private Exchanges() {}

  static Entry.Opening opening(String path, String userAgent, String traceparent) {
    return new Entry.Opening(
        "req_0123456789abcdefghijklmn",
        AT,
        "POST",
        path,
        "192.0.2.7",
        userAgent,
        traceparent,
        null);
  }

  static Entry.Opening opening() {
    return opening("/v1/messages", "curl/8.5", TRACEPARENT);
  }

  static Prompt prompt(Set<String> models) {
    return new Prompt(
        Endpoint.MESSAGES,
        "POST",
        "/v1/messages",
        Headers.NONE,
        new Prompt.Content.None(),
        models,
        true);
  }

  static Delivery delivery(String model) {
    return new Delivery(
        200, Delivery.Ending.COMPLETE, 4096, 17, USAGE, model, "req_provider", 250_000_000);
  }

  static Entry answered(Delivery delivery) {
    return new Entry(
        opening(),
        new Caller("key_1", "Build server", "platform", List.of("*")),
        prompt(Set.of("claude-sonnet-4-5")),
        ROUTE,
        new Entry.Outcome.Answered(delivery),
        50_000_000,
        1_234_567_890L);
  }

  static Entry answered() {
    return answered(delivery("claude-sonnet-4-5-20250929"));
  }

  static Entry refused(Reason reason) {
    return new Entry(
        opening(),
        null,
        null,
        null,
        new Entry.Outcome.Refused(new Refusal(reason, "Say why.")),
        0,
        1_000_000);
  }

  static Entry abandoned() {
    return new Entry(opening(), null, null, null, new Entry.Outcome.Abandoned(), 0, 1_000_000);
  }
}
