package dev.yumen.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keeps sources and documents in order. Each rule has a reason in {@code docs/internals}. */
class TidyTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** Tests may be longer: a list of cases reads well from top to bottom. */
  private enum Limit {
    MAIN(500, 70),
    TEST(700, 100);

    final int file;
    final int method;

    Limit(int file, int method) {
      this.file = file;
      this.method = method;
    }

    static Limit of(Path path) {
      return path.toString().contains("/src/test/") ? TEST : MAIN;
    }
  }

  /** Written so that this file does not hold them. */
  private static final Pattern UNFINISHED =
      Pattern.compile("\\b(FIX" + "ME|TO" + "DO|XX" + "X)\\b");

  /** What belongs to a place where this was built, and not to the product. */
  private static final Pattern FOREIGN =
      Pattern.compile("(?<![\\w./-])/(work|root|home)/|127\\.0\\.0\\.1:\\d{5}", 2);

  /** The first line of a method or constructor of a class, or of one nested in it once. */
  private static final Pattern MEMBER =
      Pattern.compile(
          "^( {2}| {4})(?!return |throw |if |for |while |switch |try |assert|new |yield |else |[A-Z0-9_]+\\()"
              + "(?!.*\\b(class|interface|record|enum) \\w+[(< {])"
              + "([\\w<@][\\w<>\\[\\]?,.@ ]* \\w+|[A-Z]\\w+)\\([^;=]*$");

  private static final Pattern LINK = Pattern.compile("\\[[^]]*]\\(([^)#\\s]+)(#[^)\\s]*)?\\)");

  @Test
  void there_is_something_to_look_at() {
    assertThat(sources()).hasSizeGreaterThan(100);
    assertThat(documents()).isNotEmpty();
  }

  @Test
  void a_file_fits_into_a_head() {
    assertThat(sources()).filteredOn(file -> lines(file).size() > Limit.of(file).file).isEmpty();
  }

  @Test
  void a_method_fits_onto_a_screen() {
    var tooLong = new ArrayList<String>();
    for (Path file : sources()) {
      List<String> lines = lines(file);
      for (int i = 0; i < lines.size(); i++) {
        var head = MEMBER.matcher(lines.get(i));
        if (head.matches()) {
          int end = i;
          while (end < lines.size() && !lines.get(end).equals(head.group(1) + "}")) {
            end++;
          }
          if (end - i + 1 > Limit.of(file).method) {
            tooLong.add(file + ":" + (i + 1) + " has " + (end - i + 1) + " lines");
          }
        }
      }
    }
    assertThat(tooLong).isEmpty();
  }

  @Test
  void nothing_is_left_for_later() {
    assertThat(found(UNFINISHED)).isEmpty();
  }

  @Test
  void nothing_tells_of_the_place_where_it_was_written() {
    assertThat(found(FOREIGN)).isEmpty();
  }

  @Test
  void a_document_has_one_title_and_begins_with_it() {
    for (Path document : documents()) {
      List<String> lines = withoutCode(lines(document));

      assertThat(lines.getFirst()).as(document.toString()).startsWith("# ");
      assertThat(lines).filteredOn(line -> line.startsWith("# ")).as(document + "").hasSize(1);
    }
  }

  @Test
  void a_link_leads_somewhere() {
    var dead = new ArrayList<String>();
    for (Path document : documents()) {
      for (String line : withoutCode(lines(document))) {
        var links = LINK.matcher(line);
        while (links.find()) {
          String target = links.group(1);
          boolean elsewhere = target.contains("://") || target.startsWith("mailto:");
          Path file = document.resolveSibling(target).normalize();
          if (!elsewhere && !Files.exists(file)) {
            dead.add(document + " → " + target);
          }
        }
      }
    }
    assertThat(dead).isEmpty();
  }

  private static List<String> found(Pattern pattern) {
    var found = new ArrayList<String>();
    for (Path file : Stream.concat(sources().stream(), documents().stream()).toList()) {
      if (file.endsWith("TidyTest.java")) {
        continue;
      }
      List<String> lines = lines(file);
      for (int i = 0; i < lines.size(); i++) {
        if (pattern.matcher(lines.get(i)).find()) {
          found.add(file + ":" + (i + 1) + " " + lines.get(i).strip());
        }
      }
    }
    return found;
  }

  private static List<String> withoutCode(List<String> lines) {
    var result = new ArrayList<String>();
    boolean code = false;
    for (String line : lines) {
      if (line.strip().startsWith("```")) {
        code = !code;
      } else if (!code) {
        result.add(line);
      }
    }
    return result;
  }

  private static List<Path> sources() {
    return files(".java");
  }

  private static List<Path> documents() {
    return files(".md");
  }

  private static List<Path> files(String end) {
    try (Stream<Path> walk = Files.walk(ROOT)) {
      return walk.filter(path -> path.toString().endsWith(end)).filter(TidyTest::isOurs).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Not made by a build, and not installed. */
  private static boolean isOurs(Path file) {
    for (Path segment : ROOT.relativize(file)) {
      String name = segment.toString();
      if (name.startsWith(".") || name.equals("target") || name.equals("node_modules")) {
        return false;
      }
    }
    return true;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
