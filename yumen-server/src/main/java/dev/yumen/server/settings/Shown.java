package dev.yumen.server.settings;

import java.util.regex.Pattern;

/**
 * How what was found in a file is shown in a message: short, printable, and not at all when it
 * could be a credential that ended up in the wrong place.
 */
final class Shown {
  private static final int LONGEST = 60;

  private static final Pattern CREDENTIAL =
      Pattern.compile("(?i)\\b(sk-|ym_|eyJ|bearer\\s|basic\\s)|//[^/]*@");
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

  /** Shows a key in quotes if it looks like one. */
  static String key(String found) {
    return NAME.matcher(found).matches() && !CREDENTIAL.matcher(found).find()
        ? "\"" + found + "\""
        : "(not a name)";
  }
}
