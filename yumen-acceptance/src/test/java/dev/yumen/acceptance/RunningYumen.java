package dev.yumen.acceptance;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A gateway in a process of its own, started by {@code ./yumen} as a user starts it. */
final class RunningYumen implements AutoCloseable {
  /** Generous: the machine may be busy. */
  private static final long PATIENCE_SECONDS = 120;

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Process process;
  private final List<String> out = new CopyOnWriteArrayList<>();
  private final List<String> err = new CopyOnWriteArrayList<>();
  private final List<Thread> readers;

  private RunningYumen(Process process) {
    this.process = process;
    readers =
        List.of(
            Thread.ofVirtual().start(() -> read(process.inputReader(), out)),
            Thread.ofVirtual().start(() -> read(process.errorReader(), err)));
  }

  /** Starts {@code yumen serve} on a free port with embedded defaults, or with these arguments. */
  static RunningYumen serve(String... arguments) {
    return serve(Map.of(), arguments);
  }

  /** The same with the settings of this file. */
  static RunningYumen serve(Path settings) {
    return serve("--config", settings.toString());
  }

  /** The same with more environment variables. */
  static RunningYumen serve(Map<String, String> environment, String... arguments) {
    var line = new ArrayList<>(List.of("serve", "--port", "0"));
    line.addAll(List.of(arguments));
    var yumen = run(environment, line.toArray(String[]::new));
    yumen.awaitOutput(said -> said.startsWith("admin: "));
    return yumen;
  }

  /** Starts any command. */
  static RunningYumen run(String... arguments) {
    return run(Map.of(), arguments);
  }

  /** Starts any command with more environment variables. */
  static RunningYumen run(Map<String, String> environment, String... arguments) {
    var line = new ArrayList<>(List.of(Project.root().resolve("yumen").toString()));
    line.addAll(List.of(arguments));
    try {
      var builder = new ProcessBuilder(line).directory(Files.createTempDirectory("yumen").toFile());
      builder.environment().putAll(environment);
      return new RunningYumen(builder.start());
    } catch (IOException e) {
      throw new AssertionError("./yumen cannot be started", e);
    }
  }

  /** Where callers reach it. */
  URI url() {
    return URI.create(said("url: "));
  }

  /** Where health and metrics are. */
  URI adminUrl() {
    return URI.create(said("admin: "));
  }

  /** The key it printed. */
  String key() {
    awaitOutput(line -> line.startsWith("key: "));
    return said("key: ");
  }

  /** All it has printed so far, the access log included. */
  List<String> output() {
    return List.copyOf(out);
  }

  /** All it has complained about so far. */
  List<String> complaints() {
    return List.copyOf(err);
  }

  /** The exchanges in the access log so far, oldest first. */
  List<JsonNode> exchanges() {
    return exchanges(_ -> true).toList();
  }

  /** Waits for an exchange in the access log and returns the first. */
  JsonNode awaitExchange(Predicate<JsonNode> wanted) {
    awaitOutput(line -> line.startsWith("{") && wanted.test(JSON.readTree(line)));
    return exchanges(wanted).findFirst().orElseThrow();
  }

  private Stream<JsonNode> exchanges(Predicate<JsonNode> wanted) {
    return out.stream()
        .filter(line -> line.startsWith("{"))
        .<JsonNode>map(JSON::readTree)
        .filter(wanted);
  }

  /** Waits for a line on standard output and returns it. */
  String awaitOutput(Predicate<String> wanted) {
    return await(out, wanted);
  }

  /** Waits for a line on standard error and returns it. */
  String awaitComplaint(Predicate<String> wanted) {
    return await(err, wanted);
  }

  /** Sends SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** Sends SIGHUP. */
  void hangUp() {
    try {
      new ProcessBuilder("kill", "-HUP", Long.toString(process.pid())).start().waitFor();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Waits for the end and returns the exit code. */
  int exitCode() {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("yumen does not end; it said " + out + " and " + err);
      }
      for (Thread reader : readers) {
        reader.join();
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    exitCode();
  }

  private String said(String label) {
    return out.stream()
        .filter(line -> line.startsWith(label))
        .map(line -> line.substring(label.length()).strip())
        .findFirst()
        .orElseThrow(() -> new AssertionError("yumen did not print " + label));
  }

  private String await(List<String> lines, Predicate<String> wanted) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < deadline) {
      boolean ended = !process.isAlive() && readers.stream().noneMatch(Thread::isAlive);
      var found = lines.stream().filter(wanted).findFirst();
      if (found.isPresent()) {
        return found.get();
      }
      if (ended) {
        break;
      }
      pause();
    }
    throw new AssertionError("the line did not come; yumen said " + out + " and " + err);
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void read(BufferedReader from, List<String> into) {
    try (from) {
      for (String line = from.readLine(); line != null; line = from.readLine()) {
        into.add(line);
      }
    } catch (IOException e) {
      into.add("(cut off: " + e.getMessage() + ")");
    }
  }
}
