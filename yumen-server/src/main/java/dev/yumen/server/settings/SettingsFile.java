package dev.yumen.server.settings;

import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/**
 * The YAML file with the settings; {@code docs/reference/settings.md} describes it.
 *
 * @param path paths inside the file are relative to its directory
 * @param environment the variables that secrets may refer to, usually {@code System::getenv}
 */
public record SettingsFile(Path path, Function<String, @Nullable String> environment) {
  private static final int LONGEST = 1 << 20;

  /**
   * Reads the file as it is now, and the files its secrets stand in. Whatever they hold, the
   * outcome is settings or problems, all of them at once. May block.
   */
  public Reading read() {
    var source = new Source(path, environment);
    String text;
    try {
      text = source.read(path, LONGEST);
    } catch (Wrong e) {
      source.problem(1, 1, e.predicate() + ".");
      return source.invalid();
    }
    var tree = Yaml.tree(text, source);
    if (tree instanceof MappingNode mapping) {
      var section = new Section(source, mapping, "");
      var settings = SettingsReader.settings(section);
      section.end();
      return source.ended(settings);
    }
    if (tree != null) {
      source.problem(tree, "The file must be a mapping with keys such as listen and providers.");
    } else if (source.isFine()) {
      source.problem(1, 1, "The file holds no settings; it must at least name its providers.");
    }
    return source.invalid();
  }
}
