package dev.yumen.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * One exchange from outside, as a file tells it; {@code docs/internals/TESTING.md} has the format.
 *
 * @param title what it shows
 * @param settings the gateway's settings; null takes the usual ones
 * @param received what the provider must get, request by request
 * @param answers what the provider says to each
 * @param accessLog fields of the access log, by name; empty when nothing is said of it
 */
record Conversation(
    String title,
    @Nullable String settings,
    Part caller,
    List<Part> received,
    List<Part> answers,
    Part receives,
    List<String> accessLog) {

  private static final Set<String> SECTIONS =
      Set.of(
          "settings",
          "caller",
          "provider receives",
          "provider answers",
          "caller receives",
          "access log");
  private static final Pattern REPEAT = Pattern.compile("⟨(\\d+) × ([^⟩]+)⟩");

  /**
   * A request or an answer, or a pattern for one.
   *
   * @param start the first line
   * @param headers lines of header fields
   * @param body null when there is none, or nothing is said of it
   */
  record Part(String start, List<String> headers, @Nullable String body) {

    /** The bytes of the body, marks worked in, but for those that say what happens next. */
    byte[] bytes() {
      return body == null ? new byte[0] : encode(body);
    }
  }

  static Conversation read(Path file, Map<String, String> names) throws IOException {
    var sections = new LinkedHashMap<String, List<List<String>>>();
    var title = new ArrayList<String>();
    List<String> current = title;
    for (String line : Files.readString(file).lines().toList()) {
      if (line.startsWith("---- ")) {
        String name = line.substring(5).strip();
        if (!SECTIONS.contains(name)) {
          throw new AssertionError(file + ": there is no section " + name);
        }
        current = new ArrayList<>();
        sections.computeIfAbsent(name, _ -> new ArrayList<>()).add(current);
      } else {
        String filled = line;
        for (var name : names.entrySet()) {
          filled = filled.replace("$" + name.getKey(), name.getValue());
        }
        current.add(filled);
      }
    }
    return new Conversation(
        title.getFirst().replaceFirst("# *", ""),
        sections.containsKey("settings")
            ? String.join("\n", sections.get("settings").getFirst()) + "\n"
            : null,
        Objects.requireNonNull(parts(sections, "caller").getFirst()),
        parts(sections, "provider receives"),
        parts(sections, "provider answers"),
        parts(sections, "caller receives").getFirst(),
        sections.getOrDefault("access log", List.of(List.of())).getFirst());
  }

  private static List<Part> parts(Map<String, List<List<String>>> sections, String name) {
    return sections.getOrDefault(name, List.of()).stream().map(Conversation::part).toList();
  }

  private static Part part(List<String> lines) {
    int blank = lines.indexOf("");
    int end = blank < 0 ? lines.size() : blank;
    String body = blank < 0 ? null : body(lines.subList(blank + 1, lines.size()));
    return new Part(
        lines.isEmpty() ? "" : lines.getFirst(),
        lines.size() > 1 ? lines.subList(1, end) : List.of(),
        body);
  }

  /** One line stands without a line feed, several each end with one. */
  private static String body(List<String> lines) {
    String text = String.join("\n", lines);
    return lines.size() > 1 ? text + "\n" : text;
  }

  private static byte[] encode(String body) {
    Matcher repeat = REPEAT.matcher(body);
    String text =
        repeat.replaceAll(found ->
            Matcher.quoteReplacement(found.group(2).repeat(Integer.parseInt(found.group(1)))));
    if (!text.startsWith("⟨gzip⟩")) {
      return text.getBytes(UTF_8);
    }
    var compressed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(compressed)) {
      gzip.write(text.substring("⟨gzip⟩".length()).getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return compressed.toByteArray();
  }

  /** Whether a text is what a pattern says, in which {@code …} stands for anything. */
  static boolean matches(String pattern, String text) {
    var regex = new StringBuilder();
    for (String literal : pattern.split("…", -1)) {
      regex.append(regex.isEmpty() ? "" : ".*").append(Pattern.quote(literal));
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(text).matches();
  }
}
