package dev.yumen.server.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A value of the file with its place and name. Every reader is strict about the type. */
final class Value {
  private static final Duration LONGEST = Duration.ofDays(365);

  private final Source source;
  private final Node node;
  private final String path;

  Value(Source source, Node node, String path) {
    this.source = source;
    this.node = node;
    this.path = path;
  }

  /** Reads the value, or reports it and returns null. */
  <T> @Nullable T orReport(Section.Reader<T> reader) {
    try {
      return reader.read(this);
    } catch (Wrong e) {
      source.problem(node, path + " " + e.predicate());
      return null;
    }
  }

  /** A text that is not empty, of at most 1000 printable characters. */
  String text() throws Wrong {
    if (!(node instanceof ScalarNode scalar) || !scalar.getTag().equals(Tag.STR)) {
      boolean quotable = node.getTag().equals(Tag.INT) || node.getTag().equals(Tag.FLOAT);
      throw Wrong.found(found(), quotable ? "text; put it in quotes" : "text");
    }
    String text = scalar.getValue();
    if (Reference.isIn(text)) {
      throw new Wrong("holds a reference, which only secrets may");
    }
    if (text.isBlank() || text.length() > 1000 || text.chars().anyMatch(Character::isISOControl)) {
      throw Wrong.found(
          text.isBlank() ? "blank" : Shown.text(text), "text of 1 to 1000 printable characters");
    }
    return text;
  }

  /** True or false. */
  boolean flag() throws Wrong {
    String text = scalar(Tag.BOOL);
    if (text == null) {
      throw Wrong.found(found(), "true or false");
    }
    return Boolean.parseBoolean(text.toLowerCase(Locale.ROOT));
  }

  /** A whole number between bounds that count. */
  int number(int least, int most) throws Wrong {
    String text = scalar(Tag.INT);
    long number = text != null && text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1;
    if (number < least || number > most) {
      throw Wrong.found(found(), "a whole number from " + least + " to " + most);
    }
    return (int) number;
  }

  /** A number from 0 to 1. */
  double fraction() throws Wrong {
    String text = scalar(Tag.INT);
    text = text == null ? scalar(Tag.FLOAT) : text;
    if (text == null || !text.matches("[0-9]{0,9}(\\.[0-9]{1,18})?") || text.isEmpty()) {
      throw Wrong.found(found(), "a number from 0 to 1");
    }
    double fraction = Double.parseDouble(text);
    if (fraction > 1) {
      throw Wrong.found(found(), "a number from 0 to 1");
    }
    return fraction;
  }

  /** A port; 0 takes a free one. */
  int port() throws Wrong {
    return number(0, 65535);
  }

  /** A size in bytes between bounds that count. */
  long size(long least, long most) throws Wrong {
    String text = scalar(Tag.INT);
    long size = Units.size(text == null ? text() : text);
    if (size < least || size > most) {
      throw Wrong.found(Units.text(size), "from " + Units.text(least) + " to " + Units.text(most));
    }
    return size;
  }

  /** A duration from the given one to a year. */
  Duration duration(Duration least) throws Wrong {
    String text = scalar(Tag.INT);
    var duration = Units.duration(text == null ? text() : text);
    if (duration.compareTo(least) < 0 || duration.compareTo(LONGEST) > 0) {
      throw Wrong.found(
          Units.text(duration), "from " + Units.text(least) + " to " + Units.text(LONGEST));
    }
    return duration;
  }

  /** One of the constants, in lower case. */
  <E extends Enum<E>> E choice(Class<E> type) throws Wrong {
    var names =
        Arrays.stream(type.getEnumConstants())
            .map(one -> one.name().toLowerCase(Locale.ROOT).replace('_', '-'))
            .toList();
    int index = node instanceof ScalarNode scalar ? names.indexOf(scalar.getValue()) : -1;
    if (index < 0) {
      String expected = "one of " + String.join(", ", names);
      String nearest =
          node instanceof ScalarNode scalar ? Suggestion.nearest(names, scalar.getValue()) : null;
      throw Wrong.found(
          found(), nearest == null ? expected : expected + "; did you mean \"" + nearest + "\"?");
    }
    return type.getEnumConstants()[index];
  }

  /** A list with at least one item; each wrong item is reported by itself and left out. */
  <T> List<T> list(Section.Reader<T> reader) throws Wrong {
    if (!(node instanceof SequenceNode sequence)) {
      throw Wrong.found(kind(), "a list");
    }
    if (sequence.getValue().isEmpty()) {
      throw Wrong.found("an empty list", "a list with at least one item");
    }
    var items = new ArrayList<T>();
    for (int i = 0; i < sequence.getValue().size(); i++) {
      var item = new Value(source, sequence.getValue().get(i), path + "[" + i + "]");
      T read = item.orReport(reader);
      if (read != null) {
        items.add(read);
      }
    }
    return items;
  }

  /** A mapping with known keys. */
  <T> T section(Function<Section, T> reader) throws Wrong {
    if (!(node instanceof MappingNode mapping)) {
      throw Wrong.found(kind(), "a mapping with keys of its own");
    }
    var section = new Section(source, mapping, path);
    T read = reader.apply(section);
    section.end();
    return read;
  }

  /** A secret, by reference only. */
  Secret secret() throws Wrong {
    if (!(node instanceof ScalarNode scalar) || node.getTag().equals(Tag.NULL)) {
      throw new Wrong("must be a reference to a secret, ${env:NAME} or ${file:/path}");
    }
    return Reference.follow(source, node, path, scalar.getValue());
  }

  /** A path, relative to the settings file. */
  Path path() throws Wrong {
    return source.resolve(text());
  }

  /** A path to a file that is there and can be read. */
  Path existing() throws Wrong {
    Path file = path();
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new Wrong("names " + Shown.path(file) + ", which is not a file that can be read");
    }
    return file;
  }

  private @Nullable String scalar(Tag tag) {
    return node instanceof ScalarNode scalar && scalar.getTag().equals(tag)
        ? scalar.getValue()
        : null;
  }

  /** What was found, in a place where no secret belongs. */
  private String found() {
    if (!(node instanceof ScalarNode scalar) || scalar.getTag().equals(Tag.NULL)) {
      return kind();
    }
    String shown = Shown.text(scalar.getValue());
    return scalar.getTag().equals(Tag.STR) ? shown : shown.replace("\"", "");
  }

  /** What was found, without its words: those of a whole section may hold secrets. */
  private String kind() {
    return switch (node) {
      case SequenceNode _ -> "a list";
      case MappingNode _ -> "a mapping";
      default -> node.getTag().equals(Tag.NULL) ? "empty" : "a single value";
    };
  }
}
