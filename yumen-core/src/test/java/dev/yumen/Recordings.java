package dev.yumen;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Traffic recorded from real providers. It is not part of the project: it lies in {@code
 * ../shared/fixtures} beside it, or where {@code YUMEN_SHARED} says.
 */
public final class Recordings {
  private Recordings() {}

  /** Returns every recorded stream of the Messages API, by file name; skips the test without. */
  public static Map<String, byte[]> streams() {
    return files(name -> name.endsWith(".sse") || name.endsWith("_response.txt"));
  }

  /** Returns every recorded answer that came whole and is no error, by file name. */
  public static Map<String, byte[]> messages() {
    return files(
        name -> name.endsWith(".json") && !name.endsWith(".meta.json") && !name.contains("errors"));
  }

  /** Returns every recorded question to the Messages API, by file name and line. */
  public static Map<String, byte[]> questions() {
    var mapper = new JsonMapper();
    var found = new TreeMap<String, byte[]>();
    files(name -> name.endsWith(".meta.json"))
        .forEach(
            (name, bytes) -> add(found, name, mapper.readTree(bytes).at("/request/body"), mapper));
    files(name -> name.endsWith(".jsonl") && name.contains("client-requests"))
        .forEach((name, bytes) -> {
          int line = 0;
          for (String text : new String(bytes, StandardCharsets.UTF_8).lines().toList()) {
            add(found, name + ":" + ++line, mapper.readTree(text).path("body"), mapper);
          }
        });
    return found;
  }

  private static void add(
      Map<String, byte[]> found, String name, JsonNode body, JsonMapper mapper) {
    if (body.has("messages")) {
      found.put(name, mapper.writeValueAsBytes(body));
    }
  }

  private static Map<String, byte[]> files(Predicate<String> wanted) {
    Path folder = folder();
    try (var walk = Files.walk(folder)) {
      List<Path> paths = walk.filter(path -> wanted.test(path.toString())).toList();
      var found = new TreeMap<String, byte[]>();
      for (Path path : paths) {
        found.put(folder.relativize(path).toString(), Files.readAllBytes(path));
      }
      if (found.isEmpty()) {
        throw new IllegalStateException("no recording in " + folder);
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder() {
    String shared = Objects.requireNonNullElse(System.getenv("YUMEN_SHARED"), "../../shared");
    Path folder = Path.of(shared, "fixtures");
    if (!Files.isDirectory(folder)) {
      String told = "SKIPPED: there are no recordings in " + folder.toAbsolutePath();
      System.err.println(told + "; set YUMEN_SHARED to where they are");
      abort(told);
    }
    return folder;
  }
}
