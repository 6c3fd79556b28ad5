package dev.yumen.server.settings;

import dev.yumen.server.store.FileStamp;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What became of reading a settings file once. */
public sealed interface Reading {

  /** The settings file and the files its secrets stand in, as they were just before the reading. */
  Map<Path, FileStamp> files();

  /** Tells whether one of the files has changed since. */
  default boolean outdated() {
    return files().entrySet().stream()
        .anyMatch(file -> !FileStamp.of(file.getKey()).equals(file.getValue()));
  }

  /**
   * The file can be used.
   *
   * @param warnings what should not stay as it is
   */
  record Valid(Settings settings, List<Problem> warnings, Map<Path, FileStamp> files)
      implements Reading {
    /** Copies the collections. */
    public Valid {
      warnings = List.copyOf(warnings);
      files = Map.copyOf(files);
    }
  }

  /**
   * The file cannot be used.
   *
   * @param problems at least one, in the order of the file
   */
  record Invalid(List<Problem> problems, Map<Path, FileStamp> files) implements Reading {
    /** Copies the collections. */
    public Invalid {
      problems = List.copyOf(problems);
      files = Map.copyOf(files);
    }
  }
}
