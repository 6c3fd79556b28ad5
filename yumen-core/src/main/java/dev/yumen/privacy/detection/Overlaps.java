package dev.yumen.privacy.detection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** Makes findings disjoint: of two that overlap the longer stays, then the surer. */
final class Overlaps {
  private static final Comparator<Finding> STRONGEST_FIRST =
      Comparator.comparingInt(Finding::length)
          .thenComparingInt(Finding::confidence)
          .reversed()
          .thenComparing(Finding::type)
          .thenComparingInt(Finding::start)
          .thenComparing(Finding::rule);

  private Overlaps() {}

  /** Takes time in the order of sorting, whatever overlaps. */
  static List<Finding> resolved(List<Finding> findings) {
    if (findings.size() < 2) {
      return List.copyOf(findings);
    }
    var strongest = new ArrayList<>(findings);
    strongest.sort(STRONGEST_FIRST);
    var kept = new TreeMap<Integer, Finding>();
    for (var finding : strongest) {
      var before = kept.floorEntry(finding.end() - 1);
      if (before == null || !before.getValue().overlaps(finding)) {
        kept.put(finding.start(), finding);
      }
    }
    return List.copyOf(kept.values());
  }
}
