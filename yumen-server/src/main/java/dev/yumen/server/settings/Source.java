package dev.yumen.server.settings;

import dev.yumen.server.store.FileStamp;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** One reading of a settings file: what it refers to, and what is found wrong on the way. */
final class Source {
  /** Problems beyond these help nobody. */
  private static final int MOST_PROBLEMS = 100;

  private final Path file;
  private final Function<String, @Nullable String> environment;
  private final Map<Path, FileStamp> files = new HashMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();

  Source(Path file, Function<String, @Nullable String> environment) {
    this.file = file;
    this.environment = environment;
  }

  /** Remembers a problem at a place; line and column count from 1. */
  void problem(int line, int column, String sentence) {
    if (problems.size() < MOST_PROBLEMS) {
      problems.add(new Problem(file, line, column, ended(sentence)));
    }
  }

  /** Remembers a problem at the beginning of a node. */
  void problem(Node node, String sentence) {
    problem(line(node), column(node), sentence);
  }

  /** Remembers a warning at the beginning of a node. */
  void warning(Node node, String sentence) {
    warnings.add(new Problem(file, line(node), column(node), ended(sentence)));
  }

  private static String ended(String sentence) {
    return sentence.endsWith(".") || sentence.endsWith("?") ? sentence : sentence + ".";
  }

  /** Tells whether no problem was found so far. */
  boolean isFine() {
    return problems.isEmpty();
  }

  /** In which line a node begins, counted from 1. */
  static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }

  private static int column(Node node) {
    return node.getStartMark().map(mark -> mark.getColumn() + 1).orElse(1);
  }

  /** Ends the reading without settings. */
  Reading.Invalid invalid() {
    problems.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
    return new Reading.Invalid(problems, files);
  }

  /** Ends the reading with these settings, unless there were problems. */
  Reading ended(Settings settings) {
    return problems.isEmpty() ? new Reading.Valid(settings, warnings, files) : invalid();
  }

  /** Resolves a path against the directory of the settings file. */
  Path resolve(Path other) {
    return file.resolveSibling(other);
  }

  /** Resolves a path against the directory of the settings file. */
  Path resolve(String text) throws Wrong {
    try {
      return resolve(Path.of(text));
    } catch (InvalidPathException e) {
      throw Wrong.found(Shown.text(text), "a path");
    }
  }

  /** Reads an environment variable. */
  @Nullable String variable(String name) {
    return environment.apply(name);
  }

  /**
   * Reads a file of text and has it watched.
   *
   * @throws Wrong when it cannot be read, is longer than the limit in bytes, or is not UTF-8
   */
  String read(Path path, int limit) throws Wrong {
    // The stamp is taken first: a change during the read is then seen later.
    files.put(path, FileStamp.of(path));
    byte[] bytes;
    try (var in = Files.newInputStream(path)) {
      bytes = in.readNBytes(limit + 1);
    } catch (IOException e) {
      throw new Wrong(Shown.path(path) + " cannot be read: " + reason(path, e));
    }
    if (bytes.length > limit) {
      throw new Wrong(Shown.path(path) + " is longer than " + Units.text(limit));
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new Wrong(Shown.path(path) + " is not text in UTF-8");
    }
  }

  /** Tells whether every user of the machine may read the file. */
  static boolean isOpenToOthers(Path path) {
    var view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    try {
      return view != null
          && view.readAttributes().permissions().contains(PosixFilePermission.OTHERS_READ);
    } catch (IOException e) {
      return false;
    }
  }

  private static String reason(Path path, IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "it does not exist";
      case AccessDeniedException _ -> "permission denied";
      default -> Files.isDirectory(path) ? "it is a directory" : "the system reports an error";
    };
  }
}
