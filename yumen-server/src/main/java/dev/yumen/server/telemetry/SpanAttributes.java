package dev.yumen.server.telemetry;

import dev.yumen.audit.Entry;
import dev.yumen.audit.Entry.Outcome;
import dev.yumen.exchange.Caller;
import dev.yumen.exchange.Delivery;
import dev.yumen.exchange.Endpoint;
import dev.yumen.exchange.Prompt;
import dev.yumen.exchange.Usage;
import dev.yumen.server.redaction.Redaction;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.net.URI;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the two spans of an exchange are called and hold: names of the OpenTelemetry semantic
 * conventions for HTTP and for generative AI, and {@code yumen.*} for the rest. No word of a prompt
 * or an answer, no credential, no address of a caller.
 */
final class SpanAttributes {
  /** Characters. */
  static final int LONGEST_VALUE = 1024;

  /** Methods the HTTP conventions know; callers may invent others. */
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

  private static final AttributeKey<Boolean> STREAM =
      AttributeKey.booleanKey("gen_ai.request.stream");

  private SpanAttributes() {}

  /** {@code POST /v1/messages}. */
  static String serverName(Entry entry) {
    String method = method(entry);
    String name = method.equals("_OTHER") ? "HTTP" : method;
    String route = entry.prompt() == null ? null : route(entry.prompt().endpoint());
    return route == null ? name : name + " " + route;
  }

  /** {@code chat claude-sonnet-5}. */
  static String clientName(Entry entry) {
    Prompt prompt = Objects.requireNonNull(entry.prompt());
    String operation = GenAi.operation(prompt.endpoint());
    String model = model(prompt);
    return model == null ? operation : operation + " " + model;
  }

  static Attributes server(Entry entry) {
    Entry.Opening opening = entry.opening();
    AttributesBuilder to = Attributes.builder();
    to.put("http.request.method", method(entry));
    to.put("url.path", Redaction.redact(opening.path()));
    foreign(to, "user_agent.original", opening.userAgent());
    Prompt prompt = entry.prompt();
    if (prompt != null) {
      foreign(to, "http.route", route(prompt.endpoint()));
      to.put("yumen.endpoint", prompt.endpoint().label());
    }
    to.put("yumen.request_id", opening.id());
    to.put("yumen.ending", Ending.of(entry.outcome()).label());
    Caller caller = entry.caller();
    if (caller != null) {
      foreign(to, "yumen.credential", caller.credential());
      foreign(to, "yumen.tenant", caller.tenant());
    }
    switch (entry.outcome()) {
      case Outcome.Answered(var delivery) -> {
        to.put("http.response.status_code", delivery.status());
        to.put("yumen.answer.bytes", delivery.bytes());
        to.put("yumen.answer.events", delivery.events());
      }
      case Outcome.Refused(var refusal) -> {
        to.put("http.response.status_code", refusal.reason().status());
        to.put("yumen.refusal", refusal.reason().code());
      }
      case Outcome.Abandoned() -> {}
    }
    return to.build();
  }

  static Attributes client(Entry entry) {
    Prompt prompt = Objects.requireNonNull(entry.prompt());
    var provider = Objects.requireNonNull(entry.route()).provider();
    AttributesBuilder to = Attributes.builder();
    to.put("gen_ai.operation.name", GenAi.operation(prompt.endpoint()));
    to.put("gen_ai.provider.name", GenAi.provider(prompt.endpoint()));
    foreign(to, "gen_ai.request.model", model(prompt));
    if (prompt.streaming()) {
      to.put(STREAM, true);
    }
    URI base = provider.base();
    if (base.getHost() != null) {
      to.put("server.address", base.getHost());
      to.put("server.port", port(base));
    }
    to.put("yumen.provider", provider.name());
    if (entry.outcome() instanceof Outcome.Answered(var delivery)) {
      answer(to, delivery, entry);
    }
    return to.build();
  }

  private static void answer(AttributesBuilder to, Delivery delivery, Entry entry) {
    to.put("http.response.status_code", delivery.status());
    foreign(to, "gen_ai.response.model", delivery.model());
    foreign(to, "yumen.provider_request_id", delivery.providerRequestId());
    if (delivery.events() > 0) {
      long nanos = Math.max(0, delivery.firstByteNanos() - entry.routedNanos());
      to.put("gen_ai.response.time_to_first_chunk", nanos / 1e9);
    }
    Usage usage = delivery.usage();
    if (!usage.equals(Usage.NONE)) {
      to.put("gen_ai.usage.input_tokens", GenAi.inputTokens(usage));
      to.put("gen_ai.usage.output_tokens", usage.outputTokens());
      to.put("gen_ai.usage.cache_creation.input_tokens", usage.cacheCreationTokens());
      to.put("gen_ai.usage.cache_read.input_tokens", usage.cacheReadTokens());
    }
  }

  private static String method(Entry entry) {
    String method = entry.opening().method();
    return METHODS.contains(method) ? method : "_OTHER";
  }

  /** The path with its variable parts as names; null when there is more than one such form. */
  private static @Nullable String route(Endpoint endpoint) {
    return switch (endpoint) {
      case MESSAGES -> "/v1/messages";
      case COUNT_TOKENS -> "/v1/messages/count_tokens";
      case BATCH_CREATE -> "/v1/messages/batches";
      case BATCH_RESULTS -> "/v1/messages/batches/{id}/results";
      case MODELS -> "/v1/models";
      case MODEL -> "/v1/models/{id}";
      case COMPLETE -> "/v1/complete";
      case CHAT_COMPLETIONS -> "/v1/chat/completions";
      case BATCHES, FILES, OTHER -> null;
    };
  }

  /** The model asked; null when there is none or, as in a batch, more than one. */
  private static @Nullable String model(Prompt prompt) {
    return prompt.models().size() == 1 ? Redaction.redact(prompt.models().iterator().next()) : null;
  }

  private static long port(URI base) {
    return base.getPort() > 0 ? base.getPort() : "http".equals(base.getScheme()) ? 80 : 443;
  }

  /** Adds what the gateway did not name itself. */
  private static void foreign(AttributesBuilder to, String name, @Nullable String value) {
    if (value != null) {
      to.put(name, Redaction.redact(value));
    }
  }
}
