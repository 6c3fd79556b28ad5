package dev.yumen.server;

import dev.yumen.server.http.Generation;
import dev.yumen.server.settings.Problem;
import dev.yumen.server.settings.Reading;
import dev.yumen.server.settings.Settings;
import dev.yumen.server.settings.SettingsFile;
import dev.yumen.server.telemetry.Metrics;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The generation that serves the next request, made anew when the settings change. Whoever wires it
 * calls {@link #refresh} every few seconds and {@link #reload} on SIGHUP; asking for the generation
 * costs one volatile read. A running request keeps the generation it began with.
 *
 * <p>New settings count as a whole or not at all: a file that cannot be used changes nothing, is
 * logged with all its problems, and is counted.
 */
public final class LiveSettings implements Supplier<Generation> {
  private static final Logger LOG = LoggerFactory.getLogger(LiveSettings.class);

  /** Settings that count from the next start on; what they describe is built once. */
  static final Map<String, Function<Settings, @Nullable Object>> FIXED = fixed();

  private final SettingsFile file;
  private final Settings started;
  private final Builder builder;
  private final Metrics metrics;

  private Reading read;
  private Reading.@Nullable Valid unbuilt;
  private String complaint = "";
  private long number = 1;
  private volatile State inForce;

  /** Makes a generation of settings. */
  @FunctionalInterface
  public interface Builder {
    /**
     * Makes it; may block.
     *
     * @throws IOException when something outside of the settings file is missing, for instance the
     *     key file; the message is a sentence for the operator
     */
    Generation build(Settings settings) throws IOException;
  }

  private record State(Settings settings, Generation generation) {}

  /**
   * Makes the first generation.
   *
   * @param file where the settings come from
   * @param first the file as it was read for the start
   * @throws IOException when the first generation cannot be made
   */
  public LiveSettings(SettingsFile file, Reading.Valid first, Builder builder, Metrics metrics)
      throws IOException {
    this.file = file;
    this.started = first.settings();
    this.builder = builder;
    this.metrics = metrics;
    this.read = first;
    this.inForce = new State(started, builder.build(started));
    first.warnings().forEach(warning -> LOG.warn("{}", warning));
    metrics.settingsApplied(number);
  }

  @Override
  public Generation get() {
    return inForce.generation();
  }

  /** The settings in force. Those that count from the next start on are the new ones already. */
  public Settings settings() {
    return inForce.settings();
  }

  /**
   * Follows the file if it, or a file with a secret, has changed since it was read. Never throws
   * for reasons of the file.
   *
   * @return whether new settings are in force
   */
  public synchronized boolean refresh() {
    if (!read.outdated()) {
      return unbuilt != null && apply(unbuilt);
    }
    var now = file.read();
    // Still being written: the next look will see all of it.
    return !now.outdated() && follow(now);
  }

  /** Reads the file whether it has changed or not; else as {@link #refresh}. */
  public synchronized boolean reload() {
    return follow(file.read());
  }

  private boolean follow(Reading now) {
    read = now;
    unbuilt = null;
    complaint = "";
    return switch (now) {
      case Reading.Invalid(var problems, _) -> {
        reject(String.join("\n", problems.stream().map(Problem::toString).toList()));
        yield false;
      }
      case Reading.Valid valid -> {
        valid.warnings().forEach(warning -> LOG.warn("{}", warning));
        yield apply(valid);
      }
    };
  }

  private boolean apply(Reading.Valid valid) {
    var settings = valid.settings();
    unbuilt = null;
    if (settings.equals(inForce.settings())) {
      LOG.info("{} was read: the settings are as they were", file.path());
      return false;
    }
    try {
      inForce = new State(settings, builder.build(settings));
    } catch (IOException e) {
      // What is missing lies elsewhere, so the next look tries again.
      unbuilt = valid;
      reject(String.valueOf(e.getMessage()));
      return false;
    } catch (RuntimeException e) {
      LOG.error("The settings stay as they were: the new ones make the gateway fail", e);
      metrics.settingsRejected();
      return false;
    }
    number++;
    metrics.settingsApplied(number);
    LOG.info("{} was read: settings {} are in force", file.path(), number);
    var waiting = changed(started, settings);
    if (!waiting.isEmpty()) {
      LOG.warn("A restart is needed for the new values of {}", String.join(", ", waiting));
    }
    return true;
  }

  private void reject(String reason) {
    if (!reason.equals(complaint)) {
      complaint = reason;
      metrics.settingsRejected();
      LOG.error("The settings stay as they were, because the new ones cannot be used:\n{}", reason);
    }
  }

  private static List<String> changed(Settings before, Settings after) {
    return FIXED.entrySet().stream()
        .filter(one -> !Objects.equals(one.getValue().apply(before), one.getValue().apply(after)))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static Map<String, Function<Settings, @Nullable Object>> fixed() {
    var fixed = new LinkedHashMap<String, Function<Settings, @Nullable Object>>();
    fixed.put("listen.address", s -> s.listen().address());
    fixed.put("listen.port", s -> s.listen().port());
    fixed.put("listen.tls", s -> s.listen().tls());
    fixed.put("listen.public-url", s -> s.listen().publicUrl());
    fixed.put("listen.trusted-proxies", s -> s.listen().trustedProxies());
    fixed.put("admin.address", s -> s.admin().address());
    fixed.put("admin.port", s -> s.admin().port());
    fixed.put("limits.answer", s -> s.limits().answer());
    fixed.put("limits.header", s -> s.limits().header());
    fixed.put("limits.in-flight", s -> s.limits().inFlight());
    fixed.put("limits.head-timeout", s -> s.limits().headTimeout());
    fixed.put("limits.body-timeout", s -> s.limits().bodyTimeout());
    fixed.put("limits.keep-alive", s -> s.limits().keepAlive());
    fixed.put("limits.stuck-writer", s -> s.limits().stuckWriter());
    fixed.put("limits.drain", s -> s.limits().drain());
    fixed.put("telemetry.access-log", s -> s.telemetry().accessLog());
    fixed.put("telemetry.log-level", s -> s.telemetry().logLevel());
    fixed.put("telemetry.log-format", s -> s.telemetry().logFormat());
    fixed.put("telemetry.traces", s -> s.telemetry().traces());
    return fixed;
  }
}
