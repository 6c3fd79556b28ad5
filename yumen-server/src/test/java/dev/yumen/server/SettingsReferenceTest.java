package dev.yumen.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yumen.server.settings.Problem;
import dev.yumen.server.settings.Reading;
import dev.yumen.server.settings.Secret;
import dev.yumen.server.settings.Settings;
import dev.yumen.server.settings.SettingsDirectory;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Keeps {@code docs/reference/settings.md} true: which keys there are, and what their defaults are.
 */
class SettingsReferenceTest {
  private static final Path REFERENCE = Path.of("../docs/reference");
  private static final String SIMULATOR = "providers: [{name: simulator, simulation: {}}]\n";

  @TempDir private Path path;
  private SettingsDirectory directory;

  /** A line of a table. */
  record Row(String key, String fallback, String countsFrom) {
    @Override
    public String toString() {
      return key;
    }
  }

  @BeforeEach
  void a_directory_with_what_files_refer_to() throws IOException {
    directory = SettingsDirectory.in(path);
    directory.secretFile("in-house", SettingsDirectory.SECRET);
    directory.secretFile("build-server", SettingsDirectory.SECRET);
    Files.writeString(path.resolve("simulation.json"), "{}");
    directory.environment().put("ANTHROPIC_API_KEY", SettingsDirectory.SECRET);
  }

  @Test
  void the_reference_has_every_key_in_the_order_of_the_records() throws IOException {
    var keys = new LinkedHashSet<String>();
    collect("", Settings.class, keys);

    assertThat(rows()).extracting(Row::key).containsExactlyElementsOf(keys);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void what_the_reference_says_of_a_key_left_out_is_what_happens(Row row) throws IOException {
    var full = directory.settings(SettingsDirectory.full());
    var without = tree(SettingsDirectory.full());
    assertThat(change(without, row.key, null)).as("full.yaml sets the key").isTrue();

    var reading = directory.read(text(without));

    if (row.fallback.equals("required")) {
      assertThat(sentences(reading)).anyMatch(one -> one.endsWith("is missing."));
    } else if (row.fallback.startsWith("either this or `")) {
      var other = row.fallback.replaceAll(".*`(.*)`", "$1");
      assertThat(sentences(reading)).anyMatch(one -> one.contains("needs ") && one.contains(other));
    } else {
      assertThat(sentences(reading)).isEmpty();
      var settings = ((Reading.Valid) reading).settings();
      assertThat(settings).as("full.yaml sets another value than the default").isNotEqualTo(full);
      if (row.fallback.startsWith("`")) {
        var literal = row.fallback.substring(1, row.fallback.length() - 1);
        var with = tree(SettingsDirectory.full());
        change(with, row.key, new Load(LoadSettings.builder().build()).loadFromString(literal));
        assertThat(directory.settings(text(with))).isEqualTo(settings);
      } else {
        assertThat(row.fallback).isIn("none", "see below");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void the_reference_says_what_needs_a_restart(Row row) {
    boolean fixed =
        LiveSettings.FIXED.keySet().stream()
            .anyMatch(key -> row.key.equals(key) || row.key.startsWith(key + "."));

    assertThat(row.countsFrom).isEqualTo(fixed ? "restart" : "reload");
  }

  @Test
  void the_example_file_can_be_used_and_has_every_key() throws IOException {
    var example = Files.readString(REFERENCE.resolve("yumen.example.yaml"));

    assertThat(sentences(directory.read(example))).isEmpty();

    var tree = tree(example);
    assertThat(rows()).allSatisfy(row -> assertThat(change(tree(example), row.key, null)).isTrue());
    assertThat(tree.keySet()).contains("providers");
  }

  @Test
  void every_example_of_the_reference_can_be_used() throws IOException {
    var blocks = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(page());
    int count = 0;
    while (blocks.find()) {
      var block = blocks.group(1);
      var yaml = block.contains("providers:") ? block : SIMULATOR + block;

      assertThat(sentences(directory.read(yaml))).as(block).isEmpty();

      count++;
    }
    assertThat(count).isEqualTo(Settings.class.getRecordComponents().length);
  }

  static List<Row> rows() throws IOException {
    return page()
        .lines()
        .filter(line -> line.startsWith("| `") && line.split("(?<!\\\\)\\|", -1).length == 7)
        .map(line -> line.split(" *(?<!\\\\)\\| *", -1))
        .map(cells -> new Row(cells[1].replace("`", ""), cells[3], cells[4]))
        .toList();
  }

  private static String page() throws IOException {
    return Files.readString(REFERENCE.resolve("settings.md"));
  }

  /** The keys that the records promise: the names of their components in kebab case. */
  private static void collect(String prefix, Class<?> type, Set<String> keys) {
    for (var component : type.getRecordComponents()) {
      var key = prefix + kebab(component.getName());
      boolean top = prefix.isEmpty();
      if (component.getType().isRecord() && component.getType() != Secret.class) {
        if (!top) {
          keys.add(key);
        }
        collect(key + ".", component.getType(), keys);
      } else if (item(component.getGenericType()) instanceof Class<?> item && item.isRecord()) {
        if (!top) {
          keys.add(key);
        }
        collect(key + "[].", item, keys);
      } else {
        keys.add(key);
      }
    }
  }

  private static Type item(Type type) {
    return type instanceof ParameterizedType list && list.getRawType() == List.class
        ? list.getActualTypeArguments()[0]
        : null;
  }

  private static String kebab(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> tree(String yaml) {
    return (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(yaml);
  }

  private static String text(Map<String, Object> tree) {
    return new Dump(DumpSettings.builder().build()).dumpToString(tree);
  }

  /** Sets the key, or removes it for null, in the first place where it stands. */
  @SuppressWarnings("unchecked")
  private static boolean change(Map<String, Object> tree, String key, Object value) {
    int dot = key.indexOf('.');
    if (dot < 0) {
      boolean there = tree.containsKey(key);
      if (there && value == null) {
        tree.remove(key);
      } else if (there) {
        tree.put(key, value);
      }
      return there;
    }
    var first = key.substring(0, dot);
    var rest = key.substring(dot + 1);
    Stream<Object> inner =
        first.endsWith("[]")
            ? ((List<Object>) tree.getOrDefault(first.replace("[]", ""), List.of())).stream()
            : Stream.ofNullable(tree.get(first));
    return new ArrayList<>(inner.toList())
        .stream().anyMatch(one -> change((Map<String, Object>) one, rest, value));
  }

  private static List<String> sentences(Reading reading) {
    return reading instanceof Reading.Invalid invalid
        ? invalid.problems().stream().map(Problem::sentence).toList()
        : List.of();
  }
}
