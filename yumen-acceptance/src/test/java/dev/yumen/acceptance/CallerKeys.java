package dev.yumen.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A key file with two keys, made by {@code yumen keys create} once for all tests.
 *
 * @param file where the keys are
 * @param key may ask every model
 * @param limited may ask models named {@code claude-haiku-*} only
 */
record CallerKeys(Path file, String key, String limited) {
  private static final CallerKeys SHARED = make();

  static CallerKeys shared() {
    return SHARED;
  }

  private static CallerKeys make() {
    try {
      Path file = Files.createTempDirectory("keys").resolve("keys.json");
      return new CallerKeys(
          file, create(file, "application", "*"), create(file, "limited", "claude-haiku-*"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Makes one more key in any key file. */
  static String create(Path file, String name, String models) {
    try (var keys =
        RunningYumen.run(
            "keys",
            "--file",
            file.toString(),
            "create",
            "--name",
            name,
            "--tenant",
            "acme",
            "--models",
            models)) {
      if (keys.exitCode() != 0) {
        throw new AssertionError(keys.complaints());
      }
      return keys.key();
    }
  }
}
