package dev.yumen.acceptance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Recorded traffic of the real API. It lies beside the project, in {@code ../shared/fixtures} or
 * below what {@code YUMEN_SHARED} names, because it belongs to others.
 */
final class Recordings {
  private static final JsonMapper JSON = JsonMapper.shared();

  private Recordings() {}

  /**
   * An answer of a provider.
   *
   * @param name file, for people
   * @param headers as recorded; only a content type where none were
   */
  record Recorded(String name, int status, Map<String, String> headers, byte[] body) {
    boolean isStream() {
      return headers.get("content-type").startsWith("text/event-stream");
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** A request of a client, long strings cut. */
  record Asked(
      String name, String method, String target, Map<String, String> headers, String body) {
    @Override
    public String toString() {
      return name + " " + method + " " + target;
    }
  }

  /** Skips the calling test, loudly, when there are no recordings. */
  static Path directory() {
    String shared = System.getenv("YUMEN_SHARED");
    Path fixtures =
        (shared == null ? Project.root().resolve("../shared") : Path.of(shared))
            .resolve("fixtures");
    if (!Files.isDirectory(fixtures)) {
      Client.skip("there are no recordings at " + fixtures.normalize());
    }
    return fixtures.normalize();
  }

  static List<Recorded> answers() throws IOException {
    try (Stream<Path> files = Files.walk(directory())) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.toString().endsWith(".meta.json"))
          .filter(file -> !file.toString().contains("client-requests"))
          .filter(file -> !file.getParent().equals(directory()))
          .sorted()
          .map(Recordings::answer)
          .flatMap(Optional::stream)
          .toList();
    }
  }

  static List<Asked> requests() throws IOException {
    try (Stream<Path> files = Files.list(directory().resolve("client-requests"))) {
      return files.sorted().flatMap(Recordings::requests).toList();
    }
  }

  private static Optional<Recorded> answer(Path file) {
    try {
      byte[] body = Files.readAllBytes(file);
      String name = directory().relativize(file).toString();
      Path meta = file.resolveSibling(file.getFileName() + ".meta.json");
      if (Files.exists(meta)) {
        JsonNode response = JSON.readTree(Files.readString(meta)).path("response");
        var headers = new LinkedHashMap<String, String>();
        response
            .path("headers")
            .properties()
            .forEach(field -> headers.put(field.getKey(), field.getValue().asString()));
        headers.putIfAbsent("content-type", type(name));
        // The recorders decoded what was compressed.
        headers.remove("content-encoding");
        return Optional.of(new Recorded(name, response.path("status").asInt(200), headers, body));
      }
      int status = name.matches("errors/\\d{3}.*") ? Integer.parseInt(name.substring(7, 10)) : 200;
      return Optional.of(new Recorded(name, status, Map.of("content-type", type(name)), body));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String type(String name) {
    if (name.endsWith(".json")) {
      return "application/json";
    }
    if (name.endsWith(".jsonl")) {
      return "application/x-jsonl";
    }
    return name.endsWith(".sse") || name.endsWith("response.txt")
        ? "text/event-stream; charset=utf-8"
        : "application/octet-stream";
  }

  private static Stream<Asked> requests(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.toList().stream()
          .map(line -> {
            JsonNode request = JSON.readTree(line);
            var headers = new LinkedHashMap<String, String>();
            request
                .path("headers")
                .properties()
                .forEach(field -> headers.put(field.getKey(), field.getValue().asString()));
            JsonNode body = request.path("body");
            return new Asked(
                file.getFileName().toString(),
                request.path("method").asString(),
                request.path("url").asString(),
                headers,
                body.isObject() ? JSON.writeValueAsString(body) : "");
          });
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
