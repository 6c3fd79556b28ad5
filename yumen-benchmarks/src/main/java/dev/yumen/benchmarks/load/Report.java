package dev.yumen.benchmarks.load;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Prints results as they come, keeps each as a line of JSON, and sums up in Markdown. */
final class Report {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path directory;
  private final PrintStream console = System.out;
  private final List<String> lines = new ArrayList<>();
  private final Map<Scenario, List<Measured>> measured = new LinkedHashMap<>();
  private final StringBuilder extra = new StringBuilder();
  private String machine = "";

  Report(Path directory) {
    this.directory = directory;
  }

  void machine(String described, int relayCore, int loadCore) {
    machine = described;
    say(described + "; relays on core " + relayCore + ", provider and callers on core " + loadCore);
  }

  void cpu(Scenario scenario, Measured one) {
    measured.computeIfAbsent(scenario, _ -> new ArrayList<>()).add(one);
    keep(one);
    say(
        String.format(
            Locale.ROOT,
            "%-17s round %d  %-6s %8.2f us/%-7s %8.0f/s  core %.2f  answer %d/%d  first %d/%d  delay"
                + " %d/%d us  other %.2f+%.2f%s",
            one.scenario(),
            one.round(),
            one.relay(),
            one.microsPerUnit(),
            scenario.unit(),
            one.perSecond(),
            one.relayBusy(),
            one.answer().p50(),
            one.answer().p99(),
            one.firstByte().p50(),
            one.firstByte().p99(),
            one.delay().p50(),
            one.delay().p99(),
            one.otherOnRelayCore(),
            one.otherOnLoadCore(),
            one.errors() > 0 ? "  ERRORS " + one.errors() : ""));
  }

  void memory(Memory one) {
    keep(one);
    extra(
        String.format(
            Locale.ROOT,
            "%s: %.1f KiB for each of %d idle streams (%d KiB at rest, %d KiB with them)",
            one.relay(),
            one.perStream(),
            one.streams(),
            one.restKib(),
            one.fullKib()));
  }

  void hangUp(HangUp one) {
    keep(one);
    extra(
        String.format(
            Locale.ROOT,
            "%s: %d of %d hang-ups reached the provider, in %.1f ms (median), %.1f ms (99 %%), %.1f ms"
                + " (longest)",
            one.relay(),
            one.seen(),
            HangUp.STREAMS,
            one.latency().p50() / 1e3,
            one.latency().p99() / 1e3,
            one.latency().max() / 1e3));
  }

  void start(FirstResponse one) {
    keep(one);
    extra(
        String.format(
            Locale.ROOT,
            "%s: first answer %d ms after the start (median of %s), then %d KiB resident",
            one.relay(),
            one.median(),
            one.millis(),
            one.rssKib()));
  }

  /** Writes {@code results.jsonl} and {@code results.md}. */
  void write() throws IOException {
    Files.write(directory.resolve("results.jsonl"), lines);
    String text = markdown();
    Files.writeString(directory.resolve("results.md"), text);
    console.println();
    console.print(text);
  }

  private String markdown() {
    var text = new StringBuilder(machine).append("\n\n");
    if (!measured.isEmpty()) {
      text.append(
          "| scenario | unit | nginx µs | Yumen µs | ratio | goal | quiet rounds"
              + " | first byte added p50 µs | delay p50/p99 ms nginx | Yumen |\n"
              + "|---|---|---|---|---|---|---|---|---|---|\n");
      measured.forEach((scenario, all) -> text.append(row(scenario, all)));
      text.append('\n');
    }
    return text.append(extra).toString();
  }

  private static String row(Scenario scenario, List<Measured> all) {
    var nginx = of(all, "nginx");
    var yumen = of(all, "yumen");
    var ratios = new ArrayList<Double>();
    var everyRatio = new ArrayList<Double>();
    for (Measured one : yumen) {
      for (Measured other : nginx) {
        if (one.round() == other.round()) {
          everyRatio.add(one.microsPerUnit() / other.microsPerUnit());
          if (one.quiet() && other.quiet()) {
            ratios.add(everyRatio.getLast());
          }
        }
      }
    }
    return String.format(
        Locale.ROOT,
        "| %s | %s | %.1f | %.1f | %.2f | %.1f | %d of %d | %.0f | %.1f / %.1f | %.1f / %.1f |%n",
        scenario.name(),
        scenario.unit(),
        median(nginx.stream().map(Measured::microsPerUnit).toList()),
        median(yumen.stream().map(Measured::microsPerUnit).toList()),
        median(ratios.isEmpty() ? everyRatio : ratios),
        scenario.goal(),
        ratios.size(),
        everyRatio.size(),
        median(yumen.stream().map(one -> (double) one.firstByte().p50()).toList())
            - median(nginx.stream().map(one -> (double) one.firstByte().p50()).toList()),
        median(nginx.stream().map(one -> one.delay().p50() / 1e3).toList()),
        median(nginx.stream().map(one -> one.delay().p99() / 1e3).toList()),
        median(yumen.stream().map(one -> one.delay().p50() / 1e3).toList()),
        median(yumen.stream().map(one -> one.delay().p99() / 1e3).toList()));
  }

  private static List<Measured> of(List<Measured> all, String relay) {
    return all.stream().filter(one -> one.relay().equals(relay)).toList();
  }

  private static double median(List<Double> values) {
    var sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    if (sorted.isEmpty()) {
      return Double.NaN;
    }
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  private void keep(Object result) {
    lines.add(JSON.writeValueAsString(Map.of(result.getClass().getSimpleName(), result)));
  }

  private void extra(String line) {
    extra.append("* ").append(line).append('\n');
    say(line);
  }

  private void say(String line) {
    console.println(line);
  }
}
