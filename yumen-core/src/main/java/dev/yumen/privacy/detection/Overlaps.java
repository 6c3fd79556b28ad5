package dev.yumen.privacy.detection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * Makes findings disjoint: a secret known by its own form stays, then the longer, then the surer.
 * What looks like an address of e-mail in {@code user:password@host} is a password.
 */
final class Overlaps {
  private static final Comparator<Finding> STRONGEST_FIRST =
      Comparator.<Finding>comparingInt(f -> f.type().secret() && sure(f) ? 1 : 0)
          .thenComparingInt(Finding::length)
          .thenComparingInt(Finding::confidence)
          .reversed()
          .thenComparing(Finding::type)
          .thenComparingInt(Finding::start)
          .thenComparing(Finding::rule);

  private Overlaps() {}

  private static boolean sure(Finding finding) {
    return !finding.evidence().contains(Evidence.LABEL);
  }

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
