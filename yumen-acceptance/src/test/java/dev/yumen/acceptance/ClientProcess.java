package dev.yumen.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client in a process of its own, with the environment it is given and nothing else. */
final class ClientProcess implements AutoCloseable {
  /** Generous: the machine may be busy. */
  private static final long PATIENCE_SECONDS = 120;

  private final Process process;
  private final List<String> out = new CopyOnWriteArrayList<>();
  private final Path err;
  private final Thread reader;

  private ClientProcess(Process process, Path err) {
    this.process = process;
    this.err = err;
    reader =
        Thread.ofVirtual()
            .start(() -> {
              try (var lines = process.inputReader(UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                  out.add(line);
                }
              } catch (IOException e) {
                out.add("(cut off: " + e.getMessage() + ")");
              }
            });
  }

  /** Starts a client in an empty directory. */
  static ClientProcess start(Map<String, String> environment, String... line) {
    try {
      Path home = Files.createTempDirectory("client");
      return start(home, environment, line);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Starts a client in this directory, which is its home too. */
  static ClientProcess start(Path home, Map<String, String> environment, String... line) {
    try {
      Path err = Files.createTempFile("client", ".err");
      var builder =
          new ProcessBuilder(line)
              .directory(home.toFile())
              .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
              .redirectError(err.toFile());
      builder.environment().clear();
      builder.environment().put("PATH", System.getenv("PATH"));
      builder.environment().put("HOME", home.toString());
      builder.environment().putAll(environment);
      return new ClientProcess(builder.start(), err);
    } catch (IOException e) {
      throw new AssertionError(line[0] + " cannot be started", e);
    }
  }

  /** Waits for the end, whatever the exit code, and returns all of standard output. */
  String ended() {
    await(() -> !process.isAlive() && !reader.isAlive(), "end");
    return String.join("\n", out);
  }

  /** Waits for the end and returns the one JSON value it printed. */
  JsonNode json() {
    String said = ended();
    if (process.exitValue() != 0) {
      throw new AssertionError("exit code " + process.exitValue() + "; it said " + said + err());
    }
    return JsonMapper.shared().readTree(said);
  }

  /** The exit code of a client that has ended. */
  int exitCode() {
    ended();
    return process.exitValue();
  }

  /** What it complained about. */
  String err() {
    try {
      return Files.readString(err);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Waits for a line on standard output. */
  void awaitOutput(Predicate<String> wanted) {
    await(() -> out.stream().anyMatch(wanted), "print the line");
  }

  private void await(java.util.function.BooleanSupplier met, String what) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!met.getAsBoolean()) {
      if (System.nanoTime() > deadline || (!process.isAlive() && !reader.isAlive())) {
        if (met.getAsBoolean()) {
          return;
        }
        throw new AssertionError("the client did not " + what + "; it said " + out + err());
      }
      try {
        Thread.sleep(10);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
