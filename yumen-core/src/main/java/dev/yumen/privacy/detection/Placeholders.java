package dev.yumen.privacy.detection;

import java.util.Locale;
import java.util.Set;

/** Tells secrets from what stands for one in manuals, templates and code. */
final class Placeholders {
  private static final Set<String> WORDS =
      Set.of(
          "password",
          "passwd",
          "pass",
          "pwd",
          "secret",
          "token",
          "key",
          "apikey",
          "api_key",
          "api-key",
          "username",
          "user",
          "test",
          "example",
          "sample",
          "demo",
          "changeme",
          "change_me",
          "changeit",
          "placeholder",
          "null",
          "none",
          "nil",
          "true",
          "false",
          "undefined",
          "string",
          "required",
          "optional",
          "default",
          "value",
          "todo",
          "tbd",
          "redacted",
          "hidden",
          "masked",
          "mypassword",
          "yourpassword",
          "your_password",
          "your-password",
          "my_password",
          "foo",
          "bar",
          "foobar",
          "abc",
          "xyz",
          "secretkey",
          "mysecret",
          "mytoken",
          "bearer",
          "basic",
          "empty",
          "yourpass",
          "passphrase",
          "credential",
          "credentials",
          "pass1",
          "password1",
          "newpassword",
          "oldpassword",
          "new_password",
          "old_password",
          "user:pass",
          "pw",
          "text",
          "varchar",
          "number",
          "boolean",
          "object",
          "function",
          "async",
          "await",
          "return",
          "const",
          "private",
          "public");

  private static final String[] PARTS = {
    "example",
    "your_",
    "your-",
    "yourkey",
    "yourtoken",
    "<",
    "${",
    "{{",
    "$(",
    "%(",
    "...",
    "…",
    "xxxx",
    "****",
    "####",
    "____",
    "placeholder",
    "redacted",
    "changeme",
    "0000000000",
    "1234567890abcdef",
    "abcdefghijklmnopqrstuvwxyz",
    "insert",
    "replace_me",
    "replace-me",
    "dummy"
  };

  private Placeholders() {}

  /** Tells whether the value stands for a secret rather than being one. */
  static boolean matches(String value) {
    var lower = value.toLowerCase(Locale.ROOT);
    if (WORDS.contains(lower) || oneCharacter(lower)) {
      return true;
    }
    char first = lower.charAt(0);
    if (first == '$' || first == '%' || first == '@' || first == '[' || first == '{') {
      return true;
    }
    for (var part : PARTS) {
      if (lower.contains(part)) {
        return true;
      }
    }
    return false;
  }

  private static boolean oneCharacter(String value) {
    for (int i = 1; i < value.length(); i++) {
      if (value.charAt(i) != value.charAt(0)) {
        return false;
      }
    }
    return true;
  }
}
