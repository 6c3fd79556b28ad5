package dev.yumen.server.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * A mapping of the file. What is asked for is what is known: {@link #end} reports every other key.
 */
final class Section {
  private final Source source;
  private final MappingNode node;
  private final String path;
  private final Map<String, Value> values = new LinkedHashMap<>();
  private final Map<String, Node> keys = new LinkedHashMap<>();
  private final List<String> known = new ArrayList<>();

  /** How a value becomes a part of the settings. */
  @FunctionalInterface
  interface Reader<T> {
    T read(Value value) throws Wrong;
  }

  /** The path is empty for the whole file. */
  Section(Source source, MappingNode node, String path) {
    this.source = source;
    this.node = node;
    this.path = path;
    for (var tuple : node.getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode key) {
        add(key, tuple.getValueNode());
      } else {
        source.problem(tuple.getKeyNode(), "A key of " + name() + " must be a plain name.");
      }
    }
  }

  private void add(ScalarNode key, Node value) {
    var earlier = keys.putIfAbsent(key.getValue(), key);
    if (earlier == null) {
      values.put(key.getValue(), new Value(source, value, pathOf(key.getValue())));
    } else {
      source.problem(
          key,
          "The key "
              + Shown.key(key.getValue())
              + " stands twice in "
              + name()
              + ", first in line "
              + Source.line(earlier)
              + ".");
    }
  }

  /** Reads a value that may be left out; null then, and when it is wrong. */
  <T> @Nullable T optional(String key, Reader<T> reader) {
    known.add(key);
    var value = values.get(key);
    return value == null ? null : value.orReport(reader);
  }

  /** Reads a value that has a default, which also stands in for a wrong one. */
  <T> T read(String key, T byDefault, Reader<T> reader) {
    T value = optional(key, reader);
    return value == null ? byDefault : value;
  }

  /** Reads a value that must be there; the placeholder stands in for a missing or wrong one. */
  <T> T required(String key, T placeholder, Reader<T> reader) {
    if (!has(key)) {
      problem(pathOf(key) + " is missing.");
    }
    return read(key, placeholder, reader);
  }

  /** Tells whether the key is there, with whatever value. */
  boolean has(String key) {
    return keys.containsKey(key);
  }

  /** Resolves a path against the directory of the settings file. */
  Path beside(Path file) {
    return source.resolve(file);
  }

  /** Reports what is wrong with the section as a whole. */
  void problem(String sentence) {
    source.problem(node, sentence);
  }

  /** Reports what is wrong with a key that is there by itself right. */
  void problem(String key, String predicate) {
    source.problem(keys.getOrDefault(key, node), pathOf(key) + " " + predicate);
  }

  /** Reads every key as a name of the file's own. */
  <T> Map<String, T> all(Function<String, Boolean> isName, String names, Reader<T> reader) {
    var all = new LinkedHashMap<String, T>();
    values.forEach((key, value) -> {
      known.add(key);
      if (!isName.apply(key)) {
        source.problem(
            keys.getOrDefault(key, node),
            "The key " + Shown.key(key) + " in " + name() + " is not " + names + ".");
      }
      T read = value.orReport(reader);
      if (read != null) {
        all.put(key, read);
      }
    });
    return all;
  }

  /** Reports the keys nobody asked for. */
  void end() {
    keys.forEach((key, place) -> {
      if (!known.contains(key)) {
        source.problem(
            place,
            "The key "
                + Shown.key(key)
                + " is unknown in "
                + name()
                + "; "
                + Suggestion.among(known, key));
      }
    });
  }

  /** How the section is called in messages; a key's name follows a dot. */
  String name() {
    return path.isEmpty() ? "this file" : path;
  }

  private String pathOf(String key) {
    String shown = Shown.key(key).replace("\"", "");
    return path.isEmpty() ? shown : path + "." + shown;
  }
}
