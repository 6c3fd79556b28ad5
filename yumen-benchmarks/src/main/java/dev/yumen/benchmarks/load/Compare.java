package dev.yumen.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Puts Yumen and nginx before the same provider, in turns, and compares what they cost. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Compares Yumen with nginx proxy_pass (buffering off) before the same fast provider.",
      "",
      "The relays run on one core, provider and callers on another. Rounds alternate, and each"
          + " gives one ratio; the median of the quiet ones counts. A round is quiet when others"
          + " used less than 5 % of either core."
    })
final class Compare implements Callable<Integer> {
  @Option(
      names = "--scenarios",
      split = ",",
      paramLabel = "NAME",
      description =
          "What to run: unary-1k, unary-1k-1000rps, unary-100k, sse-full-speed, sse-2000-paced,"
              + " sse-10000-paced, memory, hang-up, start. All when left out.")
  private List<String> scenarios = List.of();

  @Option(names = "--rounds", description = "Rounds of each scenario (${DEFAULT-VALUE}).")
  private int rounds = 5;

  @Option(names = "--seconds", description = "Length of a window (${DEFAULT-VALUE}).")
  private int seconds = 5;

  @Option(
      names = "--warm-up",
      description =
          "Seconds, twice, of each scenario at full speed before the first round (${DEFAULT-VALUE}).")
  private int warmUp = 20;

  @Option(names = "--streams", description = "Fewer streams than 10000, where files are few.")
  private int streams = 10_000;

  @Option(names = "--relay-core", description = "Core of the relays (${DEFAULT-VALUE}).")
  private int relayCore = 1;

  @Option(names = "--load-core", description = "Core of this process (${DEFAULT-VALUE}).")
  private int loadCore;

  @Option(names = "--nginx", description = "Path of nginx (${DEFAULT-VALUE}).")
  private String nginx = "nginx";

  @Option(
      names = "--yumen",
      description = "Command that runs Yumen, words parted by spaces (${DEFAULT-VALUE}).")
  private String yumen = "../yumen";

  @Option(names = "--only", description = "Runs one relay alone: nginx or yumen.")
  private String only = "";

  @Option(names = "--out", description = "Directory for results (${DEFAULT-VALUE}).")
  private Path out = Path.of("target/compare");

  /** Runs the command line. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Compare()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    out = Files.createDirectories(out).toRealPath();
    var report = new Report(out);
    report.machine(Machine.described(), relayCore, loadCore);
    var relays = relays(Integer.toString(relayCore));
    try (var bench = new Bench(relayCore, loadCore)) {
      cpu(bench, relays, report);
      for (Relay relay : relays) {
        if (runs("memory")) {
          for (int count : new int[] {2000, streams}) {
            report.memory(Memory.measure(bench, relay, out, count));
          }
        }
        if (runs("hang-up")) {
          report.hangUp(HangUp.measure(bench, relay, out));
        }
      }
      if (runs("start")) {
        // Nothing else runs then, and a machine that starts a gateway has all its cores for it.
        for (Relay relay : relays(relayCore + "," + loadCore)) {
          report.start(FirstResponse.measure(bench, relay, out));
        }
      }
    }
    report.write();
    return 0;
  }

  private List<Relay> relays(String cores) {
    var relays = new ArrayList<Relay>();
    if (!only.equals("yumen")) {
      relays.add(new NginxRelay(nginx, cores));
    }
    if (!only.equals("nginx")) {
      relays.add(new YumenRelay(List.of(yumen.split(" +")), cores));
    }
    return relays;
  }

  private void cpu(Bench bench, List<Relay> relays, Report report)
      throws IOException, InterruptedException {
    var chosen = Scenario.ALL.stream().filter(one -> runs(one.name())).toList();
    if (chosen.isEmpty()) {
      return;
    }
    Map<Relay, Relay.Running> running = new LinkedHashMap<>();
    try {
      for (Relay relay : relays) {
        running.put(relay, relay.start(bench.providerPort(), out));
      }
      for (Relay.Running relay : running.values()) {
        warmUp(bench, relay);
      }
      for (Scenario one : chosen) {
        Scenario scenario = one.with(Math.min(one.connections(), streams));
        for (int round = 1; round <= rounds; round++) {
          // Whoever goes first in one round goes last in the next.
          var order = round % 2 == 0 ? relays.reversed() : relays;
          for (Relay relay : order) {
            Relay.Running target = Objects.requireNonNull(running.get(relay));
            report.cpu(scenario, bench.measure(scenario, relay.name(), round, target, seconds));
          }
        }
      }
    } finally {
      running.values().forEach(Relay.Running::close);
    }
  }

  /** Twice around: what was compiled for one scenario is compiled again when the next differs. */
  private void warmUp(Bench bench, Relay.Running relay) throws InterruptedException {
    for (int pass = 0; pass < 2; pass++) {
      for (Scenario one : Scenario.ALL) {
        if (one.isSaturating()) {
          bench.warmUp(one, relay, warmUp);
        }
      }
    }
  }

  private boolean runs(String name) {
    return scenarios.isEmpty() || scenarios.contains(name);
  }
}
