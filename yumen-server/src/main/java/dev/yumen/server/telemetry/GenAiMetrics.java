package dev.yumen.server.telemetry;

import dev.yumen.audit.Entry;
import dev.yumen.exchange.Delivery;
import dev.yumen.exchange.Endpoint;
import dev.yumen.exchange.Usage;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;

/**
 * The client metrics of the OpenTelemetry semantic conventions for generative AI, with the names,
 * labels and buckets given there, so that dashboards made for them fit. Answers of models only.
 */
final class GenAiMetrics {
  private static final double[] SECONDS = {
    0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92,
  };
  private static final double[] TOKENS = {
    1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304,
  };

  private final MeterRegistry registry;
  private final Map<Series, Meters> series = new ConcurrentHashMap<>();

  GenAiMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Counts an answer; the model is a label already. */
  void answered(Entry entry, Delivery delivery, String model) {
    Endpoint endpoint = Objects.requireNonNull(entry.prompt()).endpoint();
    boolean answersOfModels =
        switch (endpoint) {
          case MESSAGES, CHAT_COMPLETIONS, COMPLETE -> true;
          default -> false;
        };
    if (!answersOfModels || entry.route() == null) {
      return;
    }
    String error = ErrorType.ofQuestion(entry);
    Meters meters =
        series.computeIfAbsent(
            new Series(
                GenAi.operation(endpoint),
                GenAi.provider(endpoint),
                model,
                entry.route().provider().name(),
                error == null ? "" : error),
            this::meters);
    meters.duration().record(entry.nanos() - entry.routedNanos(), TimeUnit.NANOSECONDS);
    if (delivery.events() > 0) {
      meters
          .firstChunk()
          .record(delivery.firstByteNanos() - entry.routedNanos(), TimeUnit.NANOSECONDS);
    }
    Usage usage = delivery.usage();
    if (!usage.equals(Usage.NONE)) {
      meters.input().record((double) GenAi.inputTokens(usage));
      meters.output().record((double) usage.outputTokens());
    }
  }

  private Meters meters(Series of) {
    Tags tags =
        Tags.of(
            "gen_ai.operation.name", of.operation(),
            "gen_ai.provider.name", of.protocol(),
            "gen_ai.response.model", of.model(),
            "yumen.provider", of.provider());
    return new Meters(
        timer(
            "gen_ai.client.operation.duration",
            "From the question to the end of the answer",
            tags.and("error.type", of.error())),
        timer(
            "gen_ai.client.operation.time_to_first_chunk",
            "From the question to the first event of the answer",
            tags),
        tokens(tags.and("gen_ai.token.type", "input")),
        tokens(tags.and("gen_ai.token.type", "output")));
  }

  private Timer timer(String name, String description, Tags tags) {
    return Timer.builder(name)
        .description(description)
        .tags(tags)
        .serviceLevelObjectives(
            DoubleStream.of(SECONDS)
                .mapToObj(seconds -> Duration.ofNanos(Math.round(seconds * 1e9)))
                .toArray(Duration[]::new))
        .register(registry);
  }

  private DistributionSummary tokens(Tags tags) {
    return DistributionSummary.builder("gen_ai.client.token.usage")
        .description("Tokens of one question and its answer, cached input included")
        .baseUnit("tokens")
        .tags(tags)
        .serviceLevelObjectives(TOKENS)
        .register(registry);
  }

  private record Series(
      String operation, String protocol, String model, String provider, String error) {}

  private record Meters(
      Timer duration, Timer firstChunk, DistributionSummary input, DistributionSummary output) {}
}
