package dev.yumen.server.settings;

import java.nio.file.Path;

/**
 * Something about a settings file, as a sentence with its place. It never holds a secret.
 *
 * @param file as the operator named it
 * @param line counted from 1
 * @param column counted from 1, in characters
 * @param sentence what was found and what was expected
 */
public record Problem(Path file, int line, int column, String sentence) {

  /** In the form that editors and terminals turn into a link. */
  @Override
  public String toString() {
    return file + ":" + line + ":" + column + ": " + sentence;
  }
}
