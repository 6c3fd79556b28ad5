package dev.yumen.server.telemetry;

import dev.yumen.exchange.Endpoint;
import dev.yumen.exchange.Usage;

/** What the OpenTelemetry semantic conventions for generative AI call things. */
final class GenAi {
  private GenAi() {}

  /** {@code gen_ai.operation.name}. */
  static String operation(Endpoint endpoint) {
    return switch (endpoint) {
      case MESSAGES, CHAT_COMPLETIONS -> "chat";
      case COMPLETE -> "text_completion";
      default -> endpoint.label();
    };
  }

  /** {@code gen_ai.provider.name}: whose protocol is spoken, whoever serves it. */
  static String provider(Endpoint endpoint) {
    return endpoint == Endpoint.CHAT_COMPLETIONS ? "openai" : "anthropic";
  }

  /** Input tokens with those of the cache, which the Messages API counts apart. */
  static long inputTokens(Usage usage) {
    return usage.inputTokens() + usage.cacheCreationTokens() + usage.cacheReadTokens();
  }
}
