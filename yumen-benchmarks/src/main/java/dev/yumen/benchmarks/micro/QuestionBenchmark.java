package dev.yumen.benchmarks.micro;

import dev.yumen.dialect.Dialect;
import dev.yumen.exchange.Abandoned;
import dev.yumen.exchange.Arrival;
import dev.yumen.exchange.Prompt;
import dev.yumen.exchange.Refused;
import dev.yumen.json.JsonScanner;
import dev.yumen.json.JsonScanner.Token;
import dev.yumen.json.MalformedJson;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What it takes to read a question: every token of its JSON, and all that the dialect looks up. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class QuestionBenchmark {
  /** Length of the body. */
  @Param({"1", "100"})
  public int kib;

  private final Dialect dialect = new Dialect(1L << 25, 1L << 28, 1L << 29, true);
  private byte[] body = new byte[0];
  private Arrival arrival = Questions.arrival(Questions.headers("key"), body);

  /** Makes the body. */
  @Setup
  public void write() {
    body = Questions.body(kib);
    arrival = Questions.arrival(Questions.headers("key"), body);
  }

  /** The scanner alone. */
  @Benchmark
  public int scan() throws MalformedJson {
    var scanner = new JsonScanner(body);
    int tokens = 0;
    while (scanner.next() != Token.END) {
      tokens++;
    }
    return tokens;
  }

  /** The dialect. */
  @Benchmark
  public Prompt read() throws Refused, Abandoned {
    return dialect.read(arrival);
  }
}
