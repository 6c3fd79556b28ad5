package dev.yumen.server.settings;

import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * How what was found in a file is shown in a message: short, printable, and not at all when it
 * could be a credential that ended up in the wrong place.
 */
final class Shown {
  private static final int LONGEST = 60;

  /** Well-known beginnings, a scheme of authentication, a user in a URL, or just a long word. */
  private static final Pattern CREDENTIAL =
      Pattern.compile("sk-|ym_|eyJ|(?i:bearer|basic)\\s|//[^/]*@|[A-Za-z0-9+=-]{32}");

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_. -]{0,39}");

  private Shown() {}

  /** Shows a text in quotes. */
  static String text(String found) {
    if (CREDENTIAL.matcher(found).find()) {
      return "a text that may hold a credential";
    }
    if (found.codePoints().anyMatch(Character::isISOControl)) {
      return "a text with line breaks or control characters";
    }
    return "\"" + (found.length() > LONGEST ? found.substring(0, LONGEST) + "…" : found) + "\"";
  }

  /** Shows a path as it is. */
  static String path(Path found) {
    String shown = found.toString();
    return CREDENTIAL.matcher(shown).find() || shown.chars().anyMatch(Character::isISOControl)
        ? "a file whose name is not shown"
        : shown;
  }

  /** Shows a key in quotes if it looks like one. */
  static String key(String found) {
    return NAME.matcher(found).matches() && !CREDENTIAL.matcher(found).find()
        ? "\"" + found + "\""
        : "(not a name)";
  }
}
