package dev.yumen.server.telemetry;

import dev.yumen.audit.Entry;
import dev.yumen.audit.Journal;
import dev.yumen.exchange.Caller;
import dev.yumen.exchange.Delivery;
import dev.yumen.exchange.Endpoint;
import dev.yumen.exchange.Prompt;
import dev.yumen.exchange.Reason;
import dev.yumen.exchange.Route;
import dev.yumen.exchange.Usage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.metrics.Info;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts exchanges for Prometheus; {@code docs/reference/metrics.md} has every metric.
 *
 * <p>Meters are looked up by small keys, so an exchange builds no label text. Thread-safe.
 */
public final class Metrics implements Journal, AutoCloseable {

  private static final String NONE = "none";

  private static final Duration[] DURATIONS =
      seconds(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300, 600);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final LongAdder inFlight = new LongAdder();
  private final AtomicLong generation = new AtomicLong();
  private final Map<Result, Counter> requests = new ConcurrentHashMap<>();
  private final Map<Reason, Counter> refusals = new ConcurrentHashMap<>();
  private final Map<Way, Answers> answers = new ConcurrentHashMap<>();
  private final Map<Consumer, Tokens> tokens = new ConcurrentHashMap<>();
  private final Map<Flow, LongAdder> flows = new ConcurrentHashMap<>();
  private final Map<String, Tenant> tenants = new ConcurrentHashMap<>();
  private final Labels models = new Labels();
  private final Labels tenantNames = new Labels();
  private final GenAiMetrics genAi = new GenAiMetrics(registry);
  private final Counter linesDropped;
  private final Counter spansExported;
  private final Counter spansDropped;
  private final Counter reloads;
  private final Counter rejects;
  private @Nullable JvmGcMetrics jvm;

  /** Starts from zero. Nothing is measured of the JVM before the first scrape. */
  public Metrics(String version) {
    Gauge.builder("yumen.requests.in.flight", inFlight, LongAdder::sum)
        .description("Exchanges that have begun and not ended")
        .strongReference(true)
        .register(registry);
    Gauge.builder("yumen.settings.generation", generation, AtomicLong::get)
        .description("Number of the settings in force, counted from the start")
        .strongReference(true)
        .register(registry);
    for (Reason reason : Reason.values()) {
      refusals.computeIfAbsent(reason, this::refusals);
    }
    linesDropped =
        counter("yumen.access.log.dropped.lines", "Lines of the access log lost", Tags.empty());
    spansExported = counter("yumen.traces.exported.spans", "Spans exported", Tags.empty());
    spansDropped = counter("yumen.traces.dropped.spans", "Spans lost", Tags.empty());
    reloads = reloads("success");
    rejects = reloads("failure");
    Info.builder()
        .name("yumen_build_info")
        .help("Version of the gateway and of its Java runtime")
        .labelNames("version", "java")
        .register(registry.getPrometheusRegistry())
        .setLabelValues(version, Runtime.version().toString());
  }

  @Override
  public void begun(Entry.Opening opening) {
    inFlight.increment();
  }

  @Override
  public void routed(Route route, Prompt prompt) {
    flow(route, prompt).increment();
  }

  @Override
  public void ended(Entry entry) {
    inFlight.decrement();
    if (entry.route() != null && entry.prompt() != null) {
      flow(entry.route(), entry.prompt()).decrement();
    }
    if (entry.caller() != null) {
      tenant(entry.caller()).requests().increment();
    }
    @Nullable Endpoint endpoint = entry.prompt() == null ? null : entry.prompt().endpoint();
    String provider = entry.route() == null ? NONE : entry.route().provider().name();
    int status = 0;
    switch (entry.outcome()) {
      case Entry.Outcome.Answered(var delivery) -> {
        status = delivery.status();
        boolean streaming = entry.prompt() != null && entry.prompt().streaming();
        answered(new Way(endpoint, provider, streaming), delivery, entry);
      }
      case Entry.Outcome.Refused(var refusal) -> {
        status = refusal.reason().status();
        refusals.computeIfAbsent(refusal.reason(), this::refusals).increment();
      }
      case Entry.Outcome.Abandoned() -> {}
    }
    requests
        .computeIfAbsent(
            new Result(endpoint, provider, status, Ending.of(entry.outcome())), this::requests)
        .increment();
  }

  /** Says which settings are in force; from the second on it counts as a reload. */
  public void settingsApplied(long number) {
    if (generation.getAndSet(number) != 0) {
      reloads.increment();
    }
  }

  /** Says that new settings could not be used and the old ones stay. */
  public void settingsRejected() {
    rejects.increment();
  }

  /** Counts lost lines of the access log. */
  public void linesDropped(long lines) {
    linesDropped.increment((double) lines);
  }

  /** Counts exported spans. */
  void spansExported(long spans) {
    spansExported.increment((double) spans);
  }

  /** Counts lost spans. */
  void spansDropped(long spans) {
    spansDropped.increment((double) spans);
  }

  /**
   * Writes everything in a text format of Prometheus. Takes milliseconds; not for event loops.
   *
   * @param contentType {@code text/plain} or {@code application/openmetrics-text}, with version
   */
  public void scrape(OutputStream out, String contentType) {
    observeJvm();
    try {
      registry.scrape(out, contentType);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void close() {
    if (jvm != null) {
      jvm.close();
    }
    registry.close();
  }

  /** Loading the platform beans takes tens of milliseconds, which a start-up need not wait for. */
  private synchronized void observeJvm() {
    if (jvm != null) {
      return;
    }
    jvm = new JvmGcMetrics();
    jvm.bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  private void answered(Way way, Delivery delivery, Entry entry) {
    Answers meters = answers.computeIfAbsent(way, this::answers);
    meters.duration().record(entry.nanos(), TimeUnit.NANOSECONDS);
    if (delivery.bytes() > 0) {
      meters.firstByte().record(delivery.firstByteNanos(), TimeUnit.NANOSECONDS);
      meters.bytes().increment((double) delivery.bytes());
    }
    if (delivery.events() > 0) {
      meters.events().increment((double) delivery.events());
    }
    String model = delivery.model() == null ? NONE : models.of(delivery.model());
    Usage usage = delivery.usage();
    if (!usage.equals(Usage.NONE)) {
      tokens.computeIfAbsent(new Consumer(way.provider(), model), this::tokens).add(usage);
      if (entry.caller() != null) {
        tenant(entry.caller()).tokens().add(usage);
      }
    }
    genAi.answered(entry, delivery, model);
  }

  private LongAdder flow(Route route, Prompt prompt) {
    return flows.computeIfAbsent(new Flow(route.provider().name(), prompt.streaming()), this::flow);
  }

  private LongAdder flow(Flow flow) {
    var adder = new LongAdder();
    Gauge.builder("yumen.provider.requests.in.flight", adder, LongAdder::sum)
        .description("Exchanges that went to a provider and have not ended")
        .tags("provider", flow.provider(), "streaming", Boolean.toString(flow.streaming()))
        .strongReference(true)
        .register(registry);
    return adder;
  }

  private Tenant tenant(Caller caller) {
    return tenants.computeIfAbsent(tenantNames.of(caller.tenant()), this::tenant);
  }

  private Tenant tenant(String name) {
    Tags tags = Tags.of("tenant", name);
    return new Tenant(
        counter("yumen.tenant.requests", "Exchanges of a tenant that have ended", tags),
        tokens("yumen.tenant.tokens", "Tokens of a tenant as providers reported them", tags));
  }

  private Counter requests(Result result) {
    return counter(
        "yumen.requests",
        "Exchanges that have ended",
        Tags.of(
            "endpoint", label(result.endpoint()),
            "provider", result.provider(),
            "status", result.status() == 0 ? NONE : Integer.toString(result.status()),
            "ending", result.ending().label()));
  }

  private Counter refusals(Reason reason) {
    return counter(
        "yumen.refusals", "Exchanges the gateway refused", Tags.of("reason", reason.code()));
  }

  private Answers answers(Way way) {
    Tags tags =
        Tags.of(
            "endpoint", label(way.endpoint()),
            "provider", way.provider(),
            "streaming", Boolean.toString(way.streaming()));
    return new Answers(
        timer("yumen.request.duration", "From arrival to the end of an answered exchange", tags),
        timer("yumen.request.first.byte", "From arrival to the answer's first body byte", tags),
        counter("yumen.answer.events", "Server-sent events passed on", tags),
        counter("yumen.answer.bytes", "Length of the answers' bodies", tags));
  }

  private Counter counter(String name, String description, Tags tags) {
    return Counter.builder(name).description(description).tags(tags).register(registry);
  }

  private Timer timer(String name, String description, Tags tags) {
    return Timer.builder(name)
        .description(description)
        .tags(tags)
        .serviceLevelObjectives(DURATIONS)
        .register(registry);
  }

  private Tokens tokens(Consumer consumer) {
    return tokens(
        "yumen.tokens",
        "Tokens as providers reported them",
        Tags.of("provider", consumer.provider(), "model", consumer.model()));
  }

  private Tokens tokens(String name, String description, Tags tags) {
    return new Tokens(
        counter(name, description, tags.and("kind", "input")),
        counter(name, description, tags.and("kind", "output")),
        counter(name, description, tags.and("kind", "cache_creation")),
        counter(name, description, tags.and("kind", "cache_read")));
  }

  private Counter reloads(String result) {
    return counter(
        "yumen.settings.reloads",
        "Attempts to put new settings in force",
        Tags.of("result", result));
  }

  private static String label(@Nullable Endpoint endpoint) {
    return endpoint == null ? NONE : endpoint.label();
  }

  private static Duration[] seconds(double... values) {
    var durations = new Duration[values.length];
    for (int i = 0; i < values.length; i++) {
      durations[i] = Duration.ofNanos(Math.round(values[i] * 1e9));
    }
    return durations;
  }

  private record Result(@Nullable Endpoint endpoint, String provider, int status, Ending ending) {}

  private record Way(@Nullable Endpoint endpoint, String provider, boolean streaming) {}

  private record Answers(Timer duration, Timer firstByte, Counter events, Counter bytes) {}

  private record Flow(String provider, boolean streaming) {}

  private record Tenant(Counter requests, Tokens tokens) {}

  private record Consumer(String provider, String model) {}

  private record Tokens(Counter input, Counter output, Counter cacheCreation, Counter cacheRead) {
    void add(Usage usage) {
      input.increment((double) usage.inputTokens());
      output.increment((double) usage.outputTokens());
      cacheCreation.increment((double) usage.cacheCreationTokens());
      cacheRead.increment((double) usage.cacheReadTokens());
    }
  }
}
