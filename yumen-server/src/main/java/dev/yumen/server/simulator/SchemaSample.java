package dev.yumen.server.simulator;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes a value that a JSON Schema allows: every property is there, free strings repeat what the
 * user wrote. Knows the part of JSON Schema that the API admits for tools and structured output:
 * types, enum, const, format, bounds, anyOf, oneOf, allOf and references within the document.
 */
final class SchemaSample {
  private static final int DEEPEST = 12;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final JsonNode root;
  private final String phrase;

  private SchemaSample(JsonNode root, String phrase) {
    this.root = root;
    this.phrase = phrase;
  }

  /**
   * Returns a value for the schema.
   *
   * @param text what the user wrote
   */
  static JsonNode of(JsonNode schema, String text) {
    return new SchemaSample(schema, phrase(text)).value(schema, 0);
  }

  /** The first line that is no markup, in short. */
  private static String phrase(String text) {
    String line =
        text.lines()
            .map(String::strip)
            .filter(one -> !one.isEmpty() && !one.startsWith("<"))
            .findFirst()
            .orElse("sample");
    int longest = 60;
    return line.codePointCount(0, line.length()) <= longest
        ? line
        : line.substring(0, line.offsetByCodePoints(0, longest)).strip();
  }

  private JsonNode value(JsonNode schema, int depth) {
    if (depth > DEEPEST) {
      return NODES.nullNode();
    }
    Optional<JsonNode> other = instead(schema);
    if (other.isPresent()) {
      return value(other.get(), depth + 1);
    }
    if (schema.has("const")) {
      return schema.path("const");
    }
    if (!schema.path("enum").isEmpty()) {
      return schema.path("enum").path(0);
    }
    return switch (type(schema)) {
      case "object" -> object(schema, depth);
      case "array" -> array(schema, depth);
      case "string" -> NODES.stringNode(string(schema));
      case "integer" -> NODES.numberNode((long) Math.ceil(least(schema)));
      case "number" -> NODES.numberNode(least(schema));
      case "boolean" -> NODES.booleanNode(true);
      default -> NODES.nullNode();
    };
  }

  /** The schema that stands for this one: what it refers to, or the first alternative. */
  private Optional<JsonNode> instead(JsonNode schema) {
    String reference = Json.string(schema, "$ref");
    if (reference.startsWith("#")) {
      return Optional.of(root.at(reference.substring(1)));
    }
    for (String name : List.of("anyOf", "oneOf")) {
      for (JsonNode one : schema.path(name)) {
        if (!Json.string(one, "type").equals("null")) {
          return Optional.of(one);
        }
      }
    }
    if (!schema.path("allOf").isEmpty()) {
      ObjectNode all = Json.object();
      ObjectNode properties = Json.object();
      for (JsonNode one : schema.path("allOf")) {
        JsonNode part = instead(one).orElse(one);
        if (part instanceof ObjectNode object) {
          all.setAll(object);
        }
        if (part.path("properties") instanceof ObjectNode object) {
          properties.setAll(object);
        }
      }
      return Optional.of(properties.isEmpty() ? all : all.set("properties", properties));
    }
    return Optional.empty();
  }

  private static String type(JsonNode schema) {
    JsonNode type = schema.path("type");
    for (JsonNode one : type) {
      if (!one.asString("").equals("null")) {
        return one.asString("");
      }
    }
    if (type.isString()) {
      return type.stringValue();
    }
    return schema.has("properties") ? "object" : schema.has("items") ? "array" : "";
  }

  private ObjectNode object(JsonNode schema, int depth) {
    var object = Json.object();
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      object.set(property.getKey(), value(property.getValue(), depth + 1));
    }
    for (JsonNode required : schema.path("required")) {
      if (!object.has(required.asString(""))) {
        object.put(required.asString(""), phrase);
      }
    }
    return object;
  }

  private ArrayNode array(JsonNode schema, int depth) {
    var array = Json.array();
    int length = Math.max(1, schema.path("minItems").asInt(1));
    int most = schema.path("maxItems").asInt(length);
    for (int i = 0; i < Math.min(length, Math.min(most, 100)); i++) {
      array.add(value(schema.path("items"), depth + 1));
    }
    return array;
  }

  private String string(JsonNode schema) {
    String value =
        switch (Json.string(schema, "format")) {
          case "date-time" -> "2026-01-01T00:00:00Z";
          case "date" -> "2026-01-01";
          case "time" -> "00:00:00Z";
          case "duration" -> "PT1M";
          case "email" -> "someone@example.com";
          case "hostname" -> "example.com";
          case "ipv4" -> "192.0.2.1";
          case "ipv6" -> "2001:db8::1";
          case "uri" -> "https://example.com/";
          case "uuid" -> "00000000-0000-4000-8000-000000000000";
          default -> phrase;
        };
    int least = schema.path("minLength").asInt(0);
    int most = schema.path("maxLength").asInt(Integer.MAX_VALUE);
    int length = value.codePointCount(0, value.length());
    if (length < least) {
      return value + ".".repeat(Math.min(least - length, 10_000));
    }
    return length > most ? value.substring(0, value.offsetByCodePoints(0, most)) : value;
  }

  private static double least(JsonNode schema) {
    double most =
        schema.has("exclusiveMaximum")
            ? schema.path("exclusiveMaximum").asDouble(0) - 1
            : schema.path("maximum").asDouble(Double.MAX_VALUE);
    double least =
        schema.has("exclusiveMinimum")
            ? schema.path("exclusiveMinimum").asDouble(0) + 1
            : schema.path("minimum").asDouble(Math.min(1, most));
    double step = schema.path("multipleOf").asDouble(0);
    return step > 0 ? Math.ceil(least / step) * step : least;
  }
}
