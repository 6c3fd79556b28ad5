package dev.yumen.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code yumen simulate} as a person uses it. */
class SimulateCommandTest {
  @TempDir private Path directory;

  private final StringWriter err = new StringWriter();

  @Test
  void it_prints_where_it_listens_and_serves_until_it_is_interrupted() throws Exception {
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    var code = new AtomicInteger(-1);
    Path script = directory.resolve("script.yaml");
    Path record = directory.resolve("requests.jsonl");
    Files.writeString(script, "rules: [{answer: [{text: scripted}]}]");
    var line =
        command(
            "--script", script.toString(), "--record", record.toString(), "--tokens-per-second=0");
    Thread running =
        Thread.ofPlatform()
            .start(() -> code.set(line.run(new PrintWriter(new LineWriter(lines), true))));

    String first = lines.poll(60, TimeUnit.SECONDS);
    assertThat(first).as("%s", err).matches("url: http://127\\.0\\.0\\.1:\\d+");
    try (var client = HttpClient.newHttpClient()) {
      var answer =
          client.send(
              HttpRequest.newBuilder(URI.create(first.substring(5) + "/v1/messages"))
                  .header("x-api-key", "any")
                  .header("anthropic-version", "2023-06-01")
                  .POST(
                      HttpRequest.BodyPublishers.ofString(
                          "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"))
                  .build(),
              BodyHandlers.ofString());
      assertThat(answer.body()).contains("\"scripted\"");
    }
    assertThat(Files.readAllLines(record)).hasSize(1);
    running.interrupt();
    running.join(60_000);
    assertThat(running.isAlive()).isFalse();
    assertThat(code).hasValue(0);
  }

  @Test
  void a_script_with_a_mistake_ends_it_with_one_sentence() throws Exception {
    Path script = directory.resolve("script.yaml");
    Files.writeString(script, "rules:\n  - answer:\n      - say: x\n");

    int code = command("--script", script.toString()).run(new PrintWriter(new StringWriter()));

    assertThat(code).isEqualTo(1);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err).asString().contains("script.yaml:3: unknown step say");
  }

  @Test
  void numbers_out_of_bounds_are_wrong_usage() {
    assertThat(command("--port", "70000").run(new PrintWriter(new StringWriter()))).isEqualTo(2);
    assertThat(command("--tokens-per-second=-1").run(new PrintWriter(new StringWriter())))
        .isEqualTo(2);
    assertThat(err).asString().contains("port must be 0 to 65535");
  }

  private Command command(String... words) {
    return out -> {
      var simulate =
          new SimulateCommand(
              () -> Instant.parse("2026-11-24T12:00:00Z"), System::nanoTime, new Random(1));
      return new CommandLine(simulate)
          .setOut(out)
          .setErr(new PrintWriter(err, true))
          .execute(words);
    };
  }

  private interface Command {
    int run(PrintWriter out);
  }

  /** Hands over each line when it is complete. */
  private static final class LineWriter extends java.io.Writer {
    private final BlockingQueue<String> lines;
    private final StringBuilder line = new StringBuilder();

    LineWriter(BlockingQueue<String> lines) {
      this.lines = lines;
    }

    @Override
    public void write(char[] chars, int from, int length) {
      for (int i = from; i < from + length; i++) {
        if (chars[i] == '\n') {
          lines.add(line.toString());
          line.setLength(0);
        } else {
          line.append(chars[i]);
        }
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
