package dev.yumen.privacy;

import dev.yumen.json.JsonScanner;
import dev.yumen.json.JsonScanner.Token;
import dev.yumen.json.MalformedJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Collects the texts among content blocks of the Messages API, in requests and answers alike: what
 * is turned back in an answer is found again when the answer comes back as history.
 *
 * <p>Every string is taken unless it is known to be none of people's words: names of tools and
 * types, ids, signatures, encrypted content, files in base 64. Thinking is never touched, because
 * it is signed. A block whose type is given twice is taken for one of unknown type.
 */
final class LeafWalk {
  /** Strings that are the API's own, whatever they stand in. */
  private static final Set<String> STRUCTURE =
      Set.of(
          "type",
          "role",
          "id",
          "tool_use_id",
          "signature",
          "media_type",
          "file_id",
          "tool_name",
          "server_name",
          "page_age",
          "error_code",
          "stop_reason",
          "ttl");

  private static final Set<String> NEVER = Set.of("cache_control", "caller");

  private static final Set<String> SCHEMA_STRUCTURE =
      Set.of("type", "format", "pattern", "$ref", "$schema", "$id", "$anchor", "contentEncoding");

  private final byte[] bytes;
  private final int limit;
  private final JsonScanner scan;
  private final List<Leaf> leaves = new ArrayList<>();
  private int message = -1;
  private int documents;

  LeafWalk(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.limit = to;
    this.scan = new JsonScanner(bytes, from, to);
  }

  JsonScanner scan() {
    return scan;
  }

  List<Leaf> leaves() {
    return leaves;
  }

  void message(int number) {
    message = number;
  }

  /** Takes the last string. */
  void leaf(Place place, int document) throws MalformedJson {
    leaves.add(new Leaf(place, scan.from(), scan.to(), scan.text(), message, document));
  }

  /** A string, a block or a list of blocks. */
  void content(Token value, Place place) throws MalformedJson {
    switch (value) {
      case STRING -> leaf(place, -1);
      case OBJECT -> block(place);
      case ARRAY -> {
        for (Token item = scan.next(); item != Token.ARRAY_END; item = scan.next()) {
          content(item, place);
        }
      }
      default -> {}
    }
  }

  /** All strings but those of structure. */
  void anything(Token value, Place place) throws MalformedJson {
    switch (value) {
      case STRING -> leaf(place, -1);
      case ARRAY -> {
        for (Token item = scan.next(); item != Token.ARRAY_END; item = scan.next()) {
          anything(item, place);
        }
      }
      case OBJECT -> {
        while (scan.next() == Token.KEY) {
          String name = scan.text();
          member(name, scan.next(), place);
        }
      }
      default -> {}
    }
  }

  /**
   * All strings, names of members included: they may be data, as in a table by telephone number.
   */
  void input(Token value, Place place) throws MalformedJson {
    switch (value) {
      case STRING -> leaf(place, -1);
      case ARRAY -> {
        for (Token item = scan.next(); item != Token.ARRAY_END; item = scan.next()) {
          input(item, place);
        }
      }
      case OBJECT -> {
        while (scan.next() == Token.KEY) {
          leaf(place, -1);
          input(scan.next(), place);
        }
      }
      default -> {}
    }
  }

  /** A JSON schema: its words for people, and the values that it allows, not its names. */
  void schema(Token value) throws MalformedJson {
    switch (value) {
      case STRING -> leaf(Place.TOOL_DEFINITION, -1);
      case ARRAY -> {
        for (Token item = scan.next(); item != Token.ARRAY_END; item = scan.next()) {
          schema(item);
        }
      }
      case OBJECT -> {
        while (scan.next() == Token.KEY) {
          String name = scan.text();
          Token member = scan.next();
          boolean names = name.equals("required") && member == Token.ARRAY;
          if (names || NEVER.contains(name)) {
            scan.skip(member);
          } else if (member != Token.STRING || !SCHEMA_STRUCTURE.contains(name)) {
            schema(member);
          }
        }
      }
      default -> {}
    }
  }

  /** A message, just entered: whose words they are comes from its role. */
  void message() throws MalformedJson {
    Place place =
        switch (member("role")) {
          case "user" -> Place.USER;
          case "assistant" -> Place.ASSISTANT;
          case "system" -> Place.SYSTEM;
          default -> Place.OTHER;
        };
    while (scan.next() == Token.KEY) {
      String name = scan.text();
      member(name, scan.next(), place);
    }
  }

  /** A tool's definition, just entered. */
  void tool() throws MalformedJson {
    while (scan.next() == Token.KEY) {
      String name = scan.text();
      Token value = scan.next();
      switch (name) {
        case "name", "type", "model", "allowed_callers", "cache_control", "mcp_server_name" ->
            scan.skip(value);
        case "input_examples" -> input(value, Place.TOOL_DEFINITION);
        default -> schema(value);
      }
    }
  }

  /** The block just entered. */
  private void block(Place around) throws MalformedJson {
    String type = member("type");
    if (type.equals("thinking") || type.equals("redacted_thinking")) {
      scan.skip(Token.OBJECT);
      return;
    }
    Place place = place(type, around);
    boolean call = type.endsWith("tool_use");
    int document = type.equals("document") ? documents++ : -1;
    while (scan.next() == Token.KEY) {
      String name = scan.text();
      Token value = scan.next();
      if (call && name.equals("input")) {
        input(value, place);
      } else if (name.equals("source") && value == Token.OBJECT) {
        source(place == around ? Place.DOCUMENT : place, document);
      } else if (!(call || type.equals("tool_reference")) || !name.equals("name")) {
        member(name, value, place);
      }
    }
  }

  private void member(String name, Token value, Place place) throws MalformedJson {
    if (name.equals("content")) {
      content(value, place);
    } else if (NEVER.contains(name)) {
      scan.skip(value);
    } else if (value != Token.STRING
        || !(STRUCTURE.contains(name) || name.startsWith("encrypted_"))) {
      anything(value, place);
    }
  }

  private void source(Place place, int document) throws MalformedJson {
    String type = member("type");
    while (scan.next() == Token.KEY) {
      String name = scan.text();
      Token value = scan.next();
      if (name.equals("data") && value == Token.STRING) {
        if (!type.equals("base64")) {
          leaf(place, document);
        }
      } else if (name.equals("url") && value == Token.STRING) {
        leaf(Place.LINK, -1);
      } else {
        member(name, value, place);
      }
    }
  }

  private static Place place(String type, Place around) {
    return switch (type) {
      case "tool_use" -> Place.TOOL_INPUT;
      case "tool_result" -> Place.TOOL_RESULT;
      case "document", "search_result" -> Place.DOCUMENT;
      case "server_tool_use", "mcp_tool_use" -> Place.PROVIDER;
      default -> type.endsWith("_tool_result") ? Place.PROVIDER : around;
    };
  }

  /** A string member of the object just entered; empty unless it is given once. */
  private String member(String name) throws MalformedJson {
    var ahead = new JsonScanner(bytes, scan.from(), limit);
    ahead.next();
    String text = null;
    while (ahead.next() == Token.KEY) {
      boolean wanted = ahead.is(name);
      Token value = ahead.next();
      if (wanted) {
        text = text == null && value == Token.STRING ? ahead.text() : "";
      }
      ahead.skip(value);
    }
    return Objects.requireNonNullElse(text, "");
  }
}
