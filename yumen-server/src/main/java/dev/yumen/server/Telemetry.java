package dev.yumen.server;

import dev.yumen.audit.Journal;
import dev.yumen.server.settings.Settings;
import dev.yumen.server.telemetry.AccessLog;
import dev.yumen.server.telemetry.Logging;
import dev.yumen.server.telemetry.Metrics;
import dev.yumen.server.telemetry.Traces;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * What is seen of a gateway: metrics always, the access log and traces where settings want them.
 */
final class Telemetry implements AutoCloseable {
  private final Metrics metrics = new Metrics(Main.Version.text());
  private final @Nullable AccessLog accessLog;
  private final @Nullable Traces traces;

  /** Sets up logging too, which the whole process shares. */
  Telemetry(Settings.Telemetry settings) {
    Logging.configure(Level.valueOf(settings.logLevel().name()), settings.logFormat());
    accessLog =
        settings.accessLog()
            ? AccessLog.open(new FileOutputStream(FileDescriptor.out), metrics::linesDropped)
            : null;
    traces = settings.traces() == null ? null : traces(settings.traces());
  }

  private Traces traces(Settings.Traces settings) {
    var headers = new HashMap<String, String>();
    settings.headers().forEach((name, secret) -> headers.put(name, secret.value()));
    return Traces.open(
        settings.endpoint(), headers, settings.ratio(), Main.Version.text(), metrics);
  }

  Metrics metrics() {
    return metrics;
  }

  /** Where entries go. */
  List<Journal> journals() {
    var journals = new ArrayList<Journal>(List.of(metrics));
    if (accessLog != null) {
      journals.add(accessLog);
    }
    if (traces != null) {
      journals.add(traces);
    }
    return journals;
  }

  /** Writes what waits. */
  @Override
  public void close() {
    if (accessLog != null) {
      accessLog.close();
    }
    if (traces != null) {
      traces.close();
    }
    metrics.close();
  }
}
