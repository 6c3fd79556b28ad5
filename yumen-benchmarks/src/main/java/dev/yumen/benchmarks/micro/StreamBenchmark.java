package dev.yumen.benchmarks.micro;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.yumen.dialect.Dialect;
import dev.yumen.exchange.Abandoned;
import dev.yumen.exchange.Answer;
import dev.yumen.exchange.Delivery;
import dev.yumen.exchange.Headers;
import dev.yumen.exchange.Prompt;
import dev.yumen.exchange.Provider;
import dev.yumen.exchange.Refused;
import dev.yumen.exchange.Reply;
import dev.yumen.exchange.Sink;
import dev.yumen.relay.Relay;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What the relay does for each event: find its end, meter it, hand it on; without any socket. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StreamBenchmark {
  private static final int EVENTS = 1000;
  private static final String EVENT =
      "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":"
          + "{\"type\":\"text_delta\",\"text\":\" stood open all night\"}}\n\n";
  private static final String END =
      "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":"
          + "\"end_turn\"},\"usage\":{\"output_tokens\":1000}}\n\n"
          + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";

  /** Events that come in one turn of the event loop. */
  @Param({"1", "20"})
  public int together;

  private final Dialect dialect = new Dialect(1L << 25, 1L << 28, 1L << 29, true);
  private final Relay relay =
      new Relay(Duration.ofMinutes(1), Duration.ofMinutes(1), 1 << 26, System::nanoTime);
  private final Provider provider =
      new Provider(
          "fast",
          URI.create("http://127.0.0.1"),
          Headers.NONE,
          List.of("*"),
          Provider.Timeouts.DEFAULT);
  private final Caller caller = new Caller();
  private byte[] piece = new byte[0];
  private Prompt prompt = prompt();

  /** Makes the bytes of one turn. */
  @Setup
  public void write() {
    piece = EVENT.repeat(together).getBytes(UTF_8);
    prompt = prompt();
  }

  /** One stream. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public Delivery stream() throws Refused, Abandoned {
    return relay.send(
        prompt,
        provider,
        new Flow(piece, EVENTS / together),
        dialect.meter(prompt),
        "req_000000000000000000000000",
        0,
        caller,
        _ -> new byte[0]);
  }

  private Prompt prompt() {
    try {
      return dialect.read(Questions.arrival(Questions.headers("key"), Questions.body(1)));
    } catch (Refused | Abandoned e) {
      throw new IllegalStateException(e);
    }
  }

  /** An answer that is all there. */
  private record Flow(byte[] piece, int times) implements Answer.Flowing {
    private static final Headers HEADERS =
        Headers.of("content-type", "text/event-stream; charset=utf-8", "request-id", "req_1");

    @Override
    public int status() {
      return 200;
    }

    @Override
    public Headers headers() {
      return HEADERS;
    }

    @Override
    public void flow(Sink sink) {
      for (int i = 0; i < times; i++) {
        sink.bytes(piece);
      }
      sink.bytes(END.getBytes(UTF_8));
      sink.end();
    }

    @Override
    public void pause() {}

    @Override
    public void resume() {}

    @Override
    public void close() {}
  }

  /** A caller who takes everything and keeps nothing. */
  private static final class Caller implements Reply, Reply.Outlet {
    private long taken;

    @Override
    public void send(int status, Headers headers, byte[] body) {
      taken += body.length;
    }

    @Override
    public Outlet open(int status, Headers headers) {
      return this;
    }

    @Override
    public void onGone(Runnable action) {}

    @Override
    public boolean gone() {
      return taken < 0;
    }

    @Override
    public void write(byte[] bytes, int from, int to) {
      taken += to - from;
    }

    @Override
    public boolean full() {
      return false;
    }

    @Override
    public void onDrain(Runnable action) {}

    @Override
    public void end() {}

    @Override
    public void reset() {}
  }
}
