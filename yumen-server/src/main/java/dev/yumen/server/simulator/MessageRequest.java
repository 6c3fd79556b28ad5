package dev.yumen.server.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The body of a Messages request, read with mercy: what has an unexpected type counts as absent.
 * {@link Validation} has looked at it before.
 */
record MessageRequest(JsonNode body) {
  private static final String REMINDER = "<system-reminder>";

  String model() {
    return Json.string(body, "model");
  }

  boolean stream() {
    return body.path("stream").asBoolean(false);
  }

  int maxTokens() {
    return body.path("max_tokens").asInt(Integer.MAX_VALUE);
  }

  /** The tokens of all that the model reads. */
  int tokens() {
    int fixed = 8;
    return fixed
        + Tokens.count(body.path("system"))
        + Tokens.count(tools())
        + Tokens.count(body.path("messages"));
  }

  int messages() {
    return body.path("messages").size();
  }

  JsonNode tools() {
    return body.path("tools");
  }

  /** How tools may be used: auto, any, tool or none; empty when it is not said. */
  String toolChoice() {
    return Json.string(body.path("tool_choice"), "type");
  }

  boolean hasSystem() {
    return body.has("system");
  }

  List<String> stopSequences() {
    var all = new ArrayList<String>();
    for (JsonNode one : body.path("stop_sequences")) {
      if (one.isString() && !one.stringValue().isEmpty()) {
        all.add(one.stringValue());
      }
    }
    return all;
  }

  /** The mode of thinking that is asked for; empty when none is. */
  String thinking() {
    String type = Json.string(body.path("thinking"), "type");
    return type.equals("disabled") ? "" : type;
  }

  /** Whether thinking is to be answered with its text. */
  boolean showsThinking() {
    return !Json.string(body.path("thinking"), "display").equals("omitted");
  }

  /** The JSON schema that the answer must satisfy. */
  Optional<JsonNode> schema() {
    JsonNode format = body.path("output_config").path("format");
    if (format.isMissingNode()) {
      format = body.path("output_format");
    }
    JsonNode schema = format.path("schema");
    return schema.isObject() ? Optional.of(schema) : Optional.empty();
  }

  /** The blocks of the last message of the user; a text alone is one block. */
  List<JsonNode> lastUserBlocks() {
    JsonNode last = lastOf("user");
    JsonNode content = last.path("content");
    if (content.isString()) {
      return List.of(Json.typed("text").put("text", content.stringValue()));
    }
    var blocks = new ArrayList<JsonNode>();
    content.forEach(blocks::add);
    return blocks;
  }

  /** What the user wrote last; empty when that has no text. Remarks of the client do not count. */
  String lastUserText() {
    String text = "";
    for (JsonNode block : lastUserBlocks()) {
      String one = Json.string(block, "text");
      if (Json.string(block, "type").equals("text")
          && !one.isBlank()
          && !one.startsWith(REMINDER)) {
        text = one;
      }
    }
    return text;
  }

  /** All that the last message of the user says, also in the results of tools. */
  String userText() {
    var text = new StringBuilder();
    for (JsonNode block : lastUserBlocks()) {
      text.append(Json.string(block, "text"));
      JsonNode content = block.path("content");
      text.append(content.isString() ? content.stringValue() : "");
      content.forEach(inner -> text.append(Json.string(inner, "text")));
    }
    return text.toString();
  }

  /** The results of tools in the last message of the user. */
  List<JsonNode> toolResults() {
    return lastUserBlocks().stream()
        .filter(block -> Json.string(block, "type").equals("tool_result"))
        .toList();
  }

  /** Whether the assistant spoke last, so that its turn is to be continued. */
  boolean continues() {
    JsonNode messages = body.path("messages");
    return Json.string(messages.path(messages.size() - 1), "role").equals("assistant");
  }

  private JsonNode lastOf(String role) {
    JsonNode messages = body.path("messages");
    for (int i = messages.size() - 1; i >= 0; i--) {
      if (Json.string(messages.path(i), "role").equals(role)) {
        return messages.path(i);
      }
    }
    return Json.object();
  }
}
