package dev.yumen.acceptance;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the project's own files are. */
final class Project {
  private Project() {}

  /** The directory with the README. */
  static Path root() {
    Path here = Path.of("").toAbsolutePath();
    while (here != null && !Files.isExecutable(here.resolve("yumen"))) {
      here = here.getParent();
    }
    if (here == null) {
      throw new AssertionError("the tests do not run inside of the project");
    }
    return here;
  }

  /** What {@code yumen-acceptance/clients/install} installs. */
  static Path clients() {
    return root().resolve("yumen-acceptance/clients");
  }
}
