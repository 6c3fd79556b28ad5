package dev.yumen.server.simulator;

import dev.yumen.server.simulator.Answer.Verbatim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A recorded answer that is sent again, byte for byte.
 *
 * @param body its bytes
 * @param contentType by the name of its file
 * @param status of the recorded head; 200 when that is not wanted
 * @param headers of the recorded head; none when that is not wanted
 */
record Transcript(byte[] body, String contentType, int status, Map<String, String> headers) {
  private static final Set<String> OF_THE_CONNECTION =
      Set.of(
          "connection",
          "content-encoding",
          "content-length",
          "date",
          "keep-alive",
          "transfer-encoding");

  /**
   * Reads what a script names: a file, relative to the script, or a mapping of {@code file} and
   * {@code head}. With the head, status and headers come from a file beside it with {@code
   * .meta.json} after its name.
   */
  static Transcript read(ScriptNode node) {
    Map<String, ScriptNode> members =
        node.isScalar() ? Map.of("file", node) : node.members(Set.of("file", "head"));
    ScriptNode name = members.get("file");
    if (name == null) {
      throw node.error("a transcript needs a file");
    }
    Path file = node.file().resolveSibling(name.text());
    ScriptNode head = members.get("head");
    try {
      byte[] body = Files.readAllBytes(file);
      return head != null && head.truth()
          ? withHead(body, file)
          : new Transcript(body, typeOf(file), 200, Map.of());
    } catch (IOException | JacksonException e) {
      throw name.error("the transcript cannot be read (" + e + ")");
    }
  }

  private static Transcript withHead(byte[] body, Path file) throws IOException {
    Path meta = file.resolveSibling(file.getFileName() + ".meta.json");
    JsonNode response = Json.read(Files.readAllBytes(meta)).path("response");
    var headers = new LinkedHashMap<String, String>();
    response
        .path("headers")
        .properties()
        .forEach(header -> {
          String name = header.getKey().toLowerCase(Locale.ROOT);
          if (!OF_THE_CONNECTION.contains(name)) {
            headers.put(name, header.getValue().asString(""));
          }
        });
    return new Transcript(body, typeOf(file), response.path("status").asInt(200), headers);
  }

  void into(Draft draft) {
    draft.instead(new Verbatim(body, contentType));
    draft.deliver(how -> how.status(status).headers(headers));
  }

  private static String typeOf(Path file) {
    String name = file.toString();
    if (name.endsWith(".json")) {
      return "application/json";
    }
    return name.endsWith(".jsonl") ? "application/x-jsonl" : "text/event-stream; charset=utf-8";
  }
}
