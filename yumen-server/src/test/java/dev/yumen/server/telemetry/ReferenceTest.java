package dev.yumen.server.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.yumen.audit.Entry;
import dev.yumen.exchange.Delivery;
import dev.yumen.exchange.Endpoint;
import dev.yumen.exchange.Reason;
import dev.yumen.exchange.Usage;
import dev.yumen.server.redaction.Canary;
import dev.yumen.server.redaction.Redaction;
import io.opentelemetry.api.trace.SpanKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The reference pages say what there is: all of it, and nothing else. */
class ReferenceTest {
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  /** Whatever an exchange can leave behind. */
  private static final List<Entry> ENTRIES =
      List.of(
          Exchanges.answered(),
          Exchanges.answered(
              new Delivery(529, Delivery.Ending.COMPLETE, 9, 0, Usage.NONE, null, null, 1)),
          Exchanges.refused(Reason.CREDENTIAL_MISSING),
          Exchanges.refused(Reason.OVERLOADED),
          new Entry(
              Exchanges.opening(),
              null,
              Exchanges.prompt(
                  IntStream.range(0, 9).mapToObj(n -> "m" + n).collect(Collectors.toSet())),
              null,
              new Entry.Outcome.Abandoned(),
              0,
              1));

  @Test
  void the_access_log_has_the_fields_its_page_lists() throws IOException {
    var out = new ByteArrayOutputStream();
    try (var log = AccessLog.open(out, _ -> {})) {
      ENTRIES.forEach(log::ended);
    }

    Set<String> fields =
        out.toString(UTF_8)
            .lines()
            .flatMap(line -> new JsonMapper().readTree(line).propertyNames().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    List<List<String>> rows = rows("access-log.md");
    assertThat(firsts(rows, 3)).isEqualTo(fields);
    assertThat(firsts(rows, 2))
        .isEqualTo(Arrays.stream(Ending.values()).map(Ending::label).collect(Collectors.toSet()));
    assertThat(page("access-log.md"))
        .contains(
            Arrays.stream(Endpoint.values()).map(Endpoint::label).map("`%s`"::formatted).toList());
  }

  @Test
  void a_scrape_has_the_metrics_its_page_lists_with_their_types_and_labels() throws IOException {
    var metrics = new Metrics("1.2.3");
    for (Entry entry : ENTRIES) {
      metrics.begun(entry.opening());
      if (entry.route() != null) {
        metrics.routed(entry.route(), entry.prompt());
      }
      metrics.ended(entry);
    }
    Exposition scrape = Exposition.of(metrics);
    metrics.close();

    var scraped = new TreeMap<String, String>();
    scrape.types().forEach((name, type) -> scraped.put(name, type + " " + labels(scrape, name)));
    var listed = new TreeMap<String, String>();
    for (List<String> row : rows("metrics.md")) {
      listed.put(code(row.get(0)).getFirst(), row.get(1) + " " + new TreeSet<>(code(row.get(3))));
    }
    // There only once the collector has run.
    listed.keySet().removeIf(name -> name.startsWith("jvm_gc_pause"));
    scraped.keySet().removeIf(name -> name.matches("jvm_gc_(pause|concurrent).*"));
    assertThat(scraped).isEqualTo(listed);
  }

  @Test
  void spans_have_the_attributes_their_page_lists() throws IOException {
    var metrics = new Metrics("1.2.3");
    var spans = new CollectedSpans();
    try (var traces = Traces.open(spans, Duration.ofHours(1), 1, "1.2.3", metrics)) {
      ENTRIES.forEach(traces::ended);
    }
    metrics.close();

    var exported = new TreeMap<String, Set<SpanKind>>();
    spans
        .all()
        .forEach(span ->
            CollectedSpans.attributes(span)
                .keySet()
                .forEach(name ->
                    exported.computeIfAbsent(name, _ -> new TreeSet<>()).add(span.getKind())));
    var listed = new TreeMap<String, Set<SpanKind>>();
    Map<String, Set<SpanKind>> kinds =
        Map.of(
            "server", Set.of(SpanKind.SERVER),
            "client", Set.of(SpanKind.CLIENT),
            "both", Set.of(SpanKind.SERVER, SpanKind.CLIENT));
    for (List<String> row : rows("traces.md")) {
      listed.put(code(row.get(0)).getFirst(), kinds.get(row.get(1)));
    }
    assertThat(exported).isEqualTo(listed);
  }

  @Test
  void every_kind_of_redaction_is_explained() throws IOException {
    Set<String> found =
        Arrays.stream(Canary.values())
            .map(canary -> Redaction.redact(canary.text()))
            .flatMap(text -> Pattern.compile("\\[redacted:([a-z-]+)]").matcher(text).results())
            .map(result -> result.group(1))
            .collect(Collectors.toSet());

    assertThat(firsts(rows("logs.md"), 2)).containsAll(found);
    assertThat(found).hasSize(9);
  }

  @Test
  void the_guide_asks_for_metrics_that_exist() throws IOException {
    String guide = Files.readString(Path.of("../docs/guides/watch-the-gateway.md"));
    Set<String> listed = firsts(rows("metrics.md"), 5);

    var asked =
        Pattern.compile("\\b((?:yumen|gen_ai|process)_[a-z_]+)[\\[{ ]").matcher(guide).results();

    assertThat(asked.map(result -> result.group(1).replaceFirst("_bucket$", "")).toList())
        .isNotEmpty()
        .allMatch(listed::contains, "is listed in metrics.md");
  }

  private static Set<String> labels(Exposition scrape, String name) {
    return scrape.samples().keySet().stream()
        .filter(
            sample -> sample.replaceFirst("_(bucket|count|sum)( |$)", "$2").startsWith(name + " "))
        .flatMap(sample -> Pattern.compile(" ([a-z_]+)=").matcher(sample).results())
        .map(result -> result.group(1))
        .filter(label -> !label.equals("le"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String page(String page) throws IOException {
    return Files.readString(Path.of("../docs/reference", page));
  }

  /** The cells of each row whose first cell is code. */
  private static List<List<String>> rows(String page) throws IOException {
    return page(page)
        .lines()
        .filter(line -> line.startsWith("| `"))
        .map(line ->
            Arrays.stream(line.substring(1, line.length() - 1).split("\\|", -1))
                .map(String::strip)
                .toList())
        .toList();
  }

  /** The names in the tables with so many columns. */
  private static Set<String> firsts(List<List<String>> rows, int columns) {
    return rows.stream()
        .filter(row -> row.size() == columns)
        .map(row -> code(row.getFirst()).getFirst())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> code(String cell) {
    return CODE.matcher(cell).results().map(result -> result.group(1)).toList();
  }
}
