package dev.yumen.server.simulator;

import dev.yumen.server.simulator.Call.Failed;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Refuses what the API refuses, in its words, where clients and gateways go wrong: missing fields,
 * parameters that a version no longer has, results of tools without their calls, thinking that was
 * changed. Unknown fields are accepted.
 */
final class Validation {
  private static final String WITHOUT_SAMPLING = "2026-10-21";
  private static final Set<String> ROLES = Set.of("user", "assistant", "system");
  private static final int MOST_BREAKPOINTS = 4;
  private static final int LEAST_BUDGET = 1024;

  private final JsonNode body;

  private Validation(JsonNode body) {
    this.body = body;
  }

  /** Checks the version header that every request must have. */
  static void version(Call call) throws Failed {
    String version = call.header("anthropic-version");
    require(!version.isEmpty(), "anthropic-version: header is required");
    require(
        version.matches("\\d{4}-\\d{2}-\\d{2}"),
        "anthropic-version: \"" + version + "\" is not a valid version");
  }

  /** Checks the body of a request to create a message, or of one in a batch. */
  static void create(JsonNode body, String version) throws Failed {
    var validation = new Validation(body);
    validation.common(version);
    JsonNode most = body.path("max_tokens");
    require(!most.isMissingNode(), "max_tokens: Field required");
    require(most.isInt(), "max_tokens: Input should be a valid integer");
    require(most.asInt() >= 1, "max_tokens: Input should be greater than or equal to 1");
    validation.thinking(most.asInt());
  }

  /** Checks the body of a request to count tokens. */
  static void count(JsonNode body, String version) throws Failed {
    new Validation(body).common(version);
  }

  private void common(String version) throws Failed {
    require(body.isObject(), "Input should be a valid dictionary");
    require(body.has("model"), "model: Field required");
    require(body.path("model").isString(), "model: Input should be a valid string");
    require(
        !Json.string(body, "model").isEmpty(), "model: String should have at least 1 character");
    if (version.compareTo(WITHOUT_SAMPLING) >= 0) {
      for (String name : List.of("temperature", "top_p", "top_k")) {
        require(!body.has(name), name + ": Extra inputs are not permitted");
      }
    }
    JsonNode stream = body.path("stream");
    require(
        stream.isMissingNode() || stream.isNull() || stream.isBoolean(),
        "stream: Input should be a valid boolean");
    messages();
    int breakpoints = breakpoints(body);
    require(
        breakpoints <= MOST_BREAKPOINTS,
        "A maximum of 4 blocks with cache_control may be provided. Found " + breakpoints + ".");
  }

  private void messages() throws Failed {
    JsonNode messages = body.path("messages");
    require(!messages.isMissingNode(), "messages: Field required");
    require(messages.isArray(), "messages: Input should be a valid list");
    require(!messages.isEmpty(), "messages: at least one message is required");
    Set<String> open = new HashSet<>();
    String opener = "";
    for (int i = 0; i < messages.size(); i++) {
      String at = "messages." + i;
      JsonNode message = messages.path(i);
      String role = Json.string(message, "role");
      require(!message.path("role").isMissingNode(), at + ".role: Field required");
      require(ROLES.contains(role), at + ".role: Input should be 'user', 'assistant' or 'system'");
      content(at, message.path("content"));
      if (role.equals("system")) {
        continue;
      }
      results(at, message.path("content"), open, opener);
      open = calls(message.path("content"));
      opener = at;
    }
  }

  private static void content(String at, JsonNode content) throws Failed {
    require(!content.isMissingNode(), at + ".content: Field required");
    require(content.isString() || content.isArray(), at + ".content: Input should be a valid list");
    for (int k = 0; k < content.size(); k++) {
      JsonNode block = content.path(k);
      String type = Json.string(block, "type");
      String here = at + ".content." + k;
      require(!type.isEmpty(), here + ".type: Field required");
      if (type.equals("text")) {
        require(block.path("text").isString(), here + ".text.text: Field required");
        require(
            !block.path("text").stringValue().isEmpty(),
            "messages: text content blocks must be non-empty");
      }
      if (type.equals("thinking")) {
        require(block.path("signature").isString(), here + ".thinking.signature: Field required");
        require(
            Signatures.admits(Json.string(block, "signature"), Json.string(block, "thinking")),
            here + ": Invalid `signature` in `thinking` block");
      }
    }
  }

  private static Set<String> calls(JsonNode content) {
    var ids = new HashSet<String>();
    for (JsonNode block : content) {
      if (Json.string(block, "type").equals("tool_use")) {
        ids.add(Json.string(block, "id"));
      }
    }
    return ids;
  }

  /** Each call needs its result in the next message, and each result its call in the one before. */
  private static void results(String at, JsonNode content, Set<String> open, String opener)
      throws Failed {
    var missing = new HashSet<>(open);
    for (int k = 0; k < content.size(); k++) {
      JsonNode block = content.path(k);
      if (Json.string(block, "type").equals("tool_result")) {
        String id = Json.string(block, "tool_use_id");
        require(
            open.contains(id),
            at
                + ".content."
                + k
                + ": unexpected `tool_use_id` found in `tool_result` blocks: "
                + id
                + ". Each `tool_result` block must have a corresponding `tool_use` block in the"
                + " previous message.");
        missing.remove(id);
      }
    }
    require(
        missing.isEmpty(),
        opener
            + ": `tool_use` ids were found without `tool_result` blocks immediately after: "
            + String.join(", ", missing)
            + ". Each `tool_use` block must have a corresponding `tool_result` block in the next"
            + " message.");
  }

  private void thinking(int maxTokens) throws Failed {
    JsonNode thinking = body.path("thinking");
    if (Json.string(thinking, "type").equals("enabled")) {
      JsonNode budget = thinking.path("budget_tokens");
      require(budget.isInt(), "thinking.enabled.budget_tokens: Field required");
      require(
          budget.asInt() >= LEAST_BUDGET,
          "thinking.enabled.budget_tokens: Input should be greater than or equal to 1024");
      require(
          budget.asInt() < maxTokens,
          "`max_tokens` must be greater than `thinking.budget_tokens`.");
    }
  }

  /** How many marks for the prompt cache the request has. */
  static int breakpoints(JsonNode body) {
    int count = body.has("cache_control") ? 1 : 0;
    for (JsonNode tool : body.path("tools")) {
      count += marks(tool);
    }
    for (JsonNode block : body.path("system")) {
      count += marks(block);
    }
    for (JsonNode message : body.path("messages")) {
      for (JsonNode block : message.path("content")) {
        count += marks(block);
      }
    }
    return count;
  }

  private static int marks(JsonNode block) {
    return block.path("cache_control").isObject() ? 1 : 0;
  }

  private static void require(boolean met, String otherwise) throws Failed {
    if (!met) {
      throw new Failed(Failure.invalid(otherwise));
    }
  }
}
