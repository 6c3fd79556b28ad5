package dev.yumen.server.simulator;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON trees as the provider reads and writes them: compact, in UTF-8, members in given order. */
final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxStringLength(Requests.LONGEST_BODY)
                          .build())
                  .build())
          .build();

  private Json() {}

  /**
   * Reads one document.
   *
   * @throws tools.jackson.core.JacksonException when it is none
   */
  static JsonNode read(byte[] bytes) {
    return MAPPER.readTree(bytes);
  }

  /**
   * Reads one document.
   *
   * @throws tools.jackson.core.JacksonException when it is none
   */
  static JsonNode read(String text) {
    return MAPPER.readTree(text);
  }

  static byte[] bytes(JsonNode node) {
    return MAPPER.writeValueAsBytes(node);
  }

  static String text(JsonNode node) {
    return MAPPER.writeValueAsString(node);
  }

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static ArrayNode array() {
    return MAPPER.createArrayNode();
  }

  /** Makes an object with the type that nearly every object of the API begins with. */
  static ObjectNode typed(String type) {
    return object().put("type", type);
  }

  /** The member as text; empty when it is absent or no string. */
  static String string(JsonNode node, String name) {
    JsonNode value = node.path(name);
    return value.isString() ? value.stringValue() : "";
  }
}
