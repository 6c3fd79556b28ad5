package dev.yumen.privacy.evaluation;

import dev.yumen.privacy.detection.DataType;
import dev.yumen.privacy.detection.Detector;
import dev.yumen.privacy.detection.Finding;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Compares what a detector finds with what is labelled. Not thread-safe. */
public final class Evaluation {
  /** When a finding counts as right. */
  public enum Match {
    /** Same type, same start, same end. */
    EXACT,
    /** Same type, and some character in common. */
    OVERLAP
  }

  private final Detector detector;
  private final Match match;
  private final BiConsumer<Sample, Finding> onWrong;
  private final BiConsumer<Sample, Sample.Span> onMissed;
  private final Map<DataType, Score> byType = new EnumMap<>(DataType.class);
  private final Map<String, Score> bySet = new TreeMap<>();
  private long samples;
  private long characters;

  /** Creates an evaluation that only counts. */
  public Evaluation(Detector detector, Match match) {
    this(detector, match, (sample, finding) -> {}, (sample, span) -> {});
  }

  /**
   * Creates an evaluation.
   *
   * @param onWrong is told of each finding that is not labelled
   * @param onMissed is told of each label that is not found
   */
  public Evaluation(
      Detector detector,
      Match match,
      BiConsumer<Sample, Finding> onWrong,
      BiConsumer<Sample, Sample.Span> onMissed) {
    this.detector = detector;
    this.match = match;
    this.onWrong = onWrong;
    this.onMissed = onMissed;
  }

  /** Runs the detector on the sample and counts. */
  public void add(Sample sample) {
    samples++;
    characters += sample.text().length();
    var findings = detector.detect(sample.text());
    var open = new ArrayList<>(findings.stream().filter(f -> sample.counts(f.type())).toList());
    var set = bySet.computeIfAbsent(sample.set(), s -> new Score());
    for (var span : sample.spans()) {
      var score = of(span.type());
      var hit = open.stream().filter(f -> matches(f, span)).findFirst();
      if (hit.isPresent()) {
        open.remove(hit.get());
        score.right();
        set.right();
      } else {
        score.missed();
        set.missed();
        onMissed.accept(sample, span);
      }
      long covered = covered(span, findings);
      score.covered(covered, span.end() - span.start());
      set.covered(covered, span.end() - span.start());
    }
    for (var finding : open) {
      of(finding.type()).wrong();
      set.wrong();
      onWrong.accept(sample, finding);
    }
  }

  /** The counts for a type; zeros when it did not occur. */
  public Score of(DataType type) {
    return byType.computeIfAbsent(type, t -> new Score());
  }

  /** The counts of all types together. */
  public Score total() {
    var total = new Score();
    byType.values().forEach(total::add);
    return total;
  }

  /** The scores as a table for people, a line per type and per part of the corpus. */
  public String table() {
    var out = new StringBuilder();
    out.append(
        String.format(
            Locale.ROOT,
            "%d samples, %d characters, match %s, intervals 95 %% (Wilson)%n%n%-28s %7s %6s  %-22s %-22s %-22s %s%n",
            samples,
            characters,
            match.name().toLowerCase(Locale.ROOT),
            "TYPE",
            "LABELS",
            "WRONG",
            "PRECISION",
            "RECALL",
            "F1",
            "COVERED"));
    byType.forEach((type, score) -> out.append(row(type.id(), score)));
    out.append(row("all types", total())).append(String.format("%n%-28s%n", "SET"));
    bySet.forEach((set, score) -> out.append(row(set, score)));
    return out.toString();
  }

  private static String row(String name, Score score) {
    return String.format(
        Locale.ROOT,
        "%-28s %7d %6d  %-22s %-22s %-22s %5.1f%n",
        name,
        score.labelled(),
        score.falsePositives(),
        percent(score.precision()),
        percent(score.recall()),
        percent(score.f1()),
        100 * score.coverage().value());
  }

  private static String percent(Proportion p) {
    return p.trials() == 0
        ? "-"
        : String.format(
            Locale.ROOT, "%5.1f [%5.1f, %5.1f]", 100 * p.value(), 100 * p.low(), 100 * p.high());
  }

  private boolean matches(Finding finding, Sample.Span span) {
    if (finding.type() != span.type()) {
      return false;
    }
    return match == Match.EXACT
        ? finding.start() == span.start() && finding.end() == span.end()
        : finding.start() < span.end() && span.start() < finding.end();
  }

  private static long covered(Sample.Span span, List<Finding> findings) {
    long covered = 0;
    for (var finding : findings) {
      int from = Math.max(finding.start(), span.start());
      int to = Math.min(finding.end(), span.end());
      covered += Math.max(0, to - from);
    }
    return covered;
  }
}
