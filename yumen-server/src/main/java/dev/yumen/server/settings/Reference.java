package dev.yumen.server.settings;

import java.nio.file.Files;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;

/** How a secret is referred to: {@code ${env:NAME}} or {@code ${file:/path}}. */
final class Reference {
  private static final Pattern FORM = Pattern.compile("\\$\\{([a-z]{1,10}):([^{}]+)}");
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final int LONGEST_FILE = 64 << 10;

  private Reference() {}

  /** Tells whether the text is, or was meant as, a reference. */
  static boolean isIn(String text) {
    return text.contains("${");
  }

  /**
   * Fetches the secret.
   *
   * @param node where the reference stands
   * @param path the key's name in messages
   */
  static Secret follow(Source source, Node node, String path, String text) throws Wrong {
    var form = FORM.matcher(text);
    if (!form.matches()) {
      // The text itself may be the secret and is not repeated.
      throw new Wrong(
          isIn(text)
              ? "must be exactly one reference, ${env:NAME} or ${file:/path}, and nothing around it"
              : "is written out; put the secret into an environment variable or a file, and write"
                  + " ${env:NAME} or ${file:/path} here");
    }
    String where = form.group(2);
    return switch (form.group(1)) {
      case "env" -> variable(source, where);
      case "file" -> file(source, node, path, where);
      default ->
          throw new Wrong(
              "refers to a secret in a way that is unknown; write ${env:NAME} or ${file:/path}");
    };
  }

  private static Secret variable(Source source, String name) throws Wrong {
    if (!VARIABLE.matcher(name).matches()) {
      throw new Wrong("must name an environment variable, as in ${env:NAME}");
    }
    String value = source.variable(name);
    if (value == null) {
      throw new Wrong(
          "refers to the environment variable " + Shown.key(name) + ", which is not set");
    }
    if (value.isEmpty()) {
      throw new Wrong("refers to the environment variable " + Shown.key(name) + ", which is empty");
    }
    return new Secret(value);
  }

  private static Secret file(Source source, Node node, String path, String where) throws Wrong {
    var file = source.resolve(where);
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new Wrong("refers to " + Shown.path(file) + ", which is not a regular file");
    }
    String value;
    try {
      value = source.read(file, LONGEST_FILE);
    } catch (Wrong e) {
      throw new Wrong("refers to a file, but " + e.predicate());
    }
    value = value.replaceFirst("\\r?\\n\\z", "");
    if (value.isEmpty()) {
      throw new Wrong("refers to " + Shown.path(file) + ", which is empty");
    }
    if (Source.isOpenToOthers(file)) {
      source.warning(
          node,
          path
              + " refers to "
              + Shown.path(file)
              + ", which every user of this machine may read; take that right away with `chmod 600`.");
    }
    return new Secret(value);
  }
}
