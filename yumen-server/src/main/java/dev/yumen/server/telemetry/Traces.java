package dev.yumen.server.telemetry;

import dev.yumen.audit.Entry;
import dev.yumen.audit.Journal;
import dev.yumen.server.redaction.Redaction;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exports what exchanges were as OpenTelemetry spans; {@code docs/reference/traces.md} has every
 * attribute.
 *
 * <p>An exchange becomes two spans: the request as the caller sees it (kind server), and within it
 * the question to the provider (kind client), which the GenAI conventions describe. Both are made
 * when the exchange has ended, so a stream costs nothing while it flows. They wait in a bounded
 * queue for a thread of its own; when the collector takes none, new ones are dropped and counted.
 *
 * <p>Nothing is added to what the provider receives: the caller's trace context is passed on as it
 * came.
 */
public final class Traces implements Journal, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Traces.class);

  /** Spans that may wait, about 2 KB each. */
  private static final int QUEUE = 4096;

  private static final int BATCH = 512;
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final Duration EXPORT = Duration.ofSeconds(10);

  /** How long closing waits for a collector that takes nothing. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final TextMapGetter<Entry.Opening> FIELDS =
      new TextMapGetter<>() {
        @Override
        public @Nullable String get(Entry.@Nullable Opening opening, String field) {
          if (opening == null) {
            return null;
          }
          return switch (field) {
            case "traceparent" -> opening.traceparent();
            case "tracestate" -> harmless(opening.tracestate());
            default -> null;
          };
        }
      };

  private final Metrics metrics;
  private final Export export;
  private final SdkTracerProvider provider;
  private final Tracer tracer;

  private Traces(Metrics metrics, Export export, SdkTracerProvider provider, String version) {
    this.metrics = metrics;
    this.export = export;
    this.provider = provider;
    tracer = provider.tracerBuilder("dev.yumen").setInstrumentationVersion(version).build();
  }

  /**
   * Opens the export over OTLP/HTTP. The collector need not be there.
   *
   * @param endpoint for instance {@code http://127.0.0.1:4318/v1/traces}
   * @param headers sent along
   * @param ratio share of the traces begun here that are exported, 0 to 1; a caller's trace is
   *     exported when the caller samples it
   * @param version of the gateway
   * @param metrics told what is exported and what is lost
   */
  public static Traces open(
      URI endpoint, Map<String, String> headers, double ratio, String version, Metrics metrics) {
    var builder =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(endpoint.toString())
            .setCompression("gzip")
            .setTimeout(EXPORT);
    headers.forEach(builder::addHeader);
    return open(builder.build(), PAUSE, ratio, version, metrics);
  }

  static Traces open(
      SpanExporter exporter, Duration pause, double ratio, String version, Metrics metrics) {
    var export = new Export(exporter, metrics);
    var resource =
        Resource.getDefault()
            .merge(
                Resource.create(
                    Attributes.of(
                        AttributeKey.stringKey("service.name"),
                        "yumen",
                        AttributeKey.stringKey("service.version"),
                        version)));
    var provider =
        SdkTracerProvider.builder()
            .setResource(resource)
            .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(ratio)))
            .setSpanLimits(
                SpanLimits.builder()
                    .setMaxAttributeValueLength(SpanAttributes.LONGEST_VALUE)
                    .build())
            .addSpanProcessor(
                BatchSpanProcessor.builder(export)
                    .setMaxQueueSize(QUEUE)
                    .setMaxExportBatchSize(BATCH)
                    .setScheduleDelay(pause)
                    .setExporterTimeout(EXPORT)
                    .build())
            .build();
    return new Traces(metrics, export, provider, version);
  }

  @Override
  public void ended(Entry entry) {
    boolean routed = entry.route() != null && entry.prompt() != null;
    if (export.waiting() + 2 > QUEUE) {
      metrics.spansDropped(routed ? 2 : 1);
      return;
    }
    Context caller =
        W3CTraceContextPropagator.getInstance().extract(Context.root(), entry.opening(), FIELDS);
    Instant end = entry.opening().at().plusNanos(entry.nanos());
    Span server =
        tracer
            .spanBuilder(SpanAttributes.serverName(entry))
            .setSpanKind(SpanKind.SERVER)
            .setParent(caller)
            .setStartTimestamp(entry.opening().at())
            .startSpan();
    if (!server.isRecording()) {
      return;
    }
    if (routed) {
      Span client =
          tracer
              .spanBuilder(SpanAttributes.clientName(entry))
              .setSpanKind(SpanKind.CLIENT)
              .setParent(caller.with(server))
              .setStartTimestamp(entry.opening().at().plusNanos(entry.routedNanos()))
              .startSpan();
      end(client, SpanAttributes.client(entry), ErrorType.ofQuestion(entry), end);
    }
    end(server, SpanAttributes.server(entry), ErrorType.ofRequest(entry), end);
  }

  private void end(Span span, Attributes attributes, @Nullable String error, Instant end) {
    span.setAllAttributes(attributes);
    if (error != null) {
      span.setAttribute("error.type", error).setStatus(StatusCode.ERROR);
    }
    export.awaits();
    span.end(end);
  }

  /** Exports what waits and ends; gives up on a collector that takes nothing. */
  @Override
  public void close() {
    if (!provider.shutdown().join(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).isSuccess()) {
      LOG.warn("the last traces could not be exported");
    }
  }

  /** Vendors put into it what they like; what looks like a secret is not passed on by halves. */
  @SuppressWarnings("ReferenceEquality") // the same text means that nothing was found
  private static @Nullable String harmless(@Nullable String tracestate) {
    return tracestate != null && Redaction.redact(tracestate) == tracestate ? tracestate : null;
  }
}
