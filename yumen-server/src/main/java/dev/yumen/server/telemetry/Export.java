package dev.yumen.server.telemetry;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what goes through an exporter and says once that it fails, and once that it is well. */
final class Export implements SpanExporter {
  private static final Logger LOG = LoggerFactory.getLogger(Export.class);

  private final SpanExporter exporter;
  private final Metrics metrics;
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicBoolean failing = new AtomicBoolean();

  Export(SpanExporter exporter, Metrics metrics) {
    this.exporter = exporter;
    this.metrics = metrics;
  }

  /** Says that one more span waits. */
  void awaits() {
    waiting.incrementAndGet();
  }

  /** Spans that wait. */
  int waiting() {
    return waiting.get();
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    int count = spans.size();
    waiting.addAndGet(-count);
    CompletableResultCode result;
    try {
      result = exporter.export(spans);
    } catch (RuntimeException e) {
      result = CompletableResultCode.ofExceptionalFailure(e);
    }
    CompletableResultCode end = result;
    return end.whenComplete(() -> exported(count, end));
  }

  private void exported(int count, CompletableResultCode result) {
    if (result.isSuccess()) {
      metrics.spansExported(count);
      if (failing.getAndSet(false)) {
        LOG.info("traces are exported again");
      }
    } else {
      metrics.spansDropped(count);
      if (!failing.getAndSet(true)) {
        LOG.warn("traces cannot be exported, they are lost until they can: {}", why(result));
      }
    }
  }

  private static String why(CompletableResultCode result) {
    Throwable failure = result.getFailureThrowable();
    return failure == null ? "the collector refused them" : failure.toString();
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }
}
