package dev.yumen.benchmarks.micro;

import dev.yumen.audit.Entry;
import dev.yumen.authentication.Authenticator;
import dev.yumen.authentication.CredentialAuthenticator;
import dev.yumen.authentication.Keys;
import dev.yumen.authentication.NewKey;
import dev.yumen.dialect.Dialect;
import dev.yumen.exchange.Abandoned;
import dev.yumen.exchange.Caller;
import dev.yumen.exchange.Delivery;
import dev.yumen.exchange.Headers;
import dev.yumen.exchange.Prompt;
import dev.yumen.exchange.Provider;
import dev.yumen.exchange.Refused;
import dev.yumen.exchange.Route;
import dev.yumen.exchange.Usage;
import dev.yumen.server.telemetry.AccessLog;
import dev.yumen.server.telemetry.Metrics;
import dev.yumen.upstream.Forwarding;
import java.io.OutputStream;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What each exchange costs outside of its body: who asks, what goes on, what is written down. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ExchangeBenchmark {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

  private final Authenticator authenticator;
  private final Headers headers;
  private final Provider provider;
  private final Prompt prompt;
  private final Entry entry;
  private final AccessLog log = AccessLog.open(OutputStream.nullOutputStream(), _ -> {});
  private final Metrics metrics = new Metrics("benchmark");

  /** One exchange that went well. */
  public ExchangeBenchmark() {
    var random = new SecureRandom();
    NewKey key = NewKey.of("benchmark", "benchmark", List.of("*"), null, NOW, random);
    var keys = new Keys(List.of(key.key()), random);
    authenticator = new CredentialAuthenticator(() -> keys, null, InstantSource.fixed(NOW));
    headers = Questions.headers(key.text().text());
    provider =
        new Provider(
            "fast",
            URI.create("http://127.0.0.1"),
            Headers.of("x-api-key", "secret"),
            List.of("*"),
            Provider.Timeouts.DEFAULT);
    prompt = prompt(headers);
    entry = entry(prompt, new Route(provider));
  }

  /** Ends what the benchmark began. */
  @TearDown
  public void close() {
    log.close();
    metrics.close();
  }

  /** A key is verified. */
  @Benchmark
  public Caller identify() throws Refused {
    return authenticator.identify(headers);
  }

  /** The header fields for the provider are chosen. */
  @Benchmark
  public Headers forward() {
    return Forwarding.headers(prompt, provider);
  }

  /** A line is encoded; another thread takes it away. */
  @Benchmark
  public void accessLog() {
    log.ended(entry);
  }

  /** The exchange is counted. */
  @Benchmark
  public void metrics() {
    metrics.ended(entry);
  }

  private static Prompt prompt(Headers headers) {
    try {
      return new Dialect(1L << 25, 1L << 28, 1L << 29, true)
          .read(Questions.arrival(headers, Questions.body(1)));
    } catch (Refused | Abandoned e) {
      throw new IllegalStateException(e);
    }
  }

  private static Entry entry(Prompt prompt, Route route) {
    return new Entry(
        new Entry.Opening(
            "req_000000000000000000000000",
            NOW,
            "POST",
            "/v1/messages",
            "127.0.0.1",
            "Anthropic/Python 0.75.0",
            null,
            null),
        new Caller("0123456789ab", "benchmark", "benchmark", List.of("*")),
        prompt,
        route,
        new Entry.Outcome.Answered(
            new Delivery(
                200,
                Delivery.Ending.COMPLETE,
                2048,
                0,
                new Usage(2095, 503, 0, 0),
                "claude-sonnet-4-5-20250929",
                "req_011CSHoEeqs5C35K2UUqR7Fy",
                800_000)),
        100_000,
        900_000);
  }
}
