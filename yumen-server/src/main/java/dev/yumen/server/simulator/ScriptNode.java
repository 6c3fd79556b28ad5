package dev.yumen.server.simulator;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A place in a script, read as what is expected there; anything else is an error with its line.
 *
 * @param file the script, for messages
 * @param node what stands there
 */
record ScriptNode(Path file, Node node) {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  ScriptError error(String what) {
    int line = node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    return new ScriptError(file + ":" + line + ": " + what);
  }

  /** The same place with nothing there. */
  ScriptNode emptied() {
    var nothing =
        new ScalarNode(
            Tag.NULL, true, "", ScalarStyle.PLAIN, node.getStartMark(), node.getEndMark());
    return new ScriptNode(file, nothing);
  }

  boolean isScalar() {
    return node instanceof ScalarNode;
  }

  String text() {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw error("a text is expected");
  }

  int number(int least, int most) {
    try {
      int number = Integer.parseInt(text());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // refused below
    }
    throw error("a number from " + least + " to " + most + " is expected");
  }

  boolean truth() {
    return switch (text()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw error("true or false is expected");
    };
  }

  List<ScriptNode> list() {
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue().stream().map(one -> new ScriptNode(file, one)).toList();
    }
    throw error("a list is expected");
  }

  /** The members of a mapping, in order. */
  Map<String, ScriptNode> members() {
    if (!(node instanceof MappingNode mapping)) {
      throw error("a mapping is expected");
    }
    var members = new LinkedHashMap<String, ScriptNode>();
    for (var pair : mapping.getValue()) {
      var key = new ScriptNode(file, pair.getKeyNode());
      if (members.put(key.text(), new ScriptNode(file, pair.getValueNode())) != null) {
        throw key.error(key.text() + " is there twice");
      }
    }
    return members;
  }

  /** The members of a mapping that has none but these. */
  Map<String, ScriptNode> members(Set<String> known) {
    Map<String, ScriptNode> members = members();
    members.forEach((name, value) -> {
      if (!known.contains(name)) {
        throw value.error(
            "unknown key " + name + "; expected is one of " + String.join(", ", sorted(known)));
      }
    });
    return members;
  }

  /** What stands there as JSON. */
  JsonNode json() {
    return switch (node) {
      case MappingNode _ -> object();
      case SequenceNode _ -> {
        var array = Json.array();
        list().forEach(one -> array.add(one.json()));
        yield array;
      }
      case ScalarNode scalar -> scalar(scalar);
      default -> throw error("a value is expected");
    };
  }

  ObjectNode object() {
    var object = Json.object();
    members().forEach((name, value) -> object.set(name, value.json()));
    return object;
  }

  private JsonNode scalar(ScalarNode scalar) {
    String value = scalar.getValue();
    if (scalar.getTag().equals(Tag.NULL)) {
      return NODES.nullNode();
    }
    if (scalar.getTag().equals(Tag.BOOL)) {
      return NODES.booleanNode(value.equalsIgnoreCase("true"));
    }
    if (scalar.getTag().equals(Tag.INT) || scalar.getTag().equals(Tag.FLOAT)) {
      try {
        return Json.read(value);
      } catch (JacksonException e) {
        throw error("a number as in JSON is expected");
      }
    }
    return NODES.stringNode(value);
  }

  private static List<String> sorted(Set<String> names) {
    var sorted = new ArrayList<>(names);
    sorted.sort(null);
    return sorted;
  }
}
