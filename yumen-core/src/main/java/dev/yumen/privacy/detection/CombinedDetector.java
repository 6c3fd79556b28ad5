package dev.yumen.privacy.detection;

import java.util.ArrayList;
import java.util.List;

/** Several detectors as one: all findings, those that overlap resolved. */
public final class CombinedDetector implements Detector {
  private final List<Detector> detectors;

  /** Creates a detector that asks all of these. */
  public CombinedDetector(List<Detector> detectors) {
    this.detectors = List.copyOf(detectors);
  }

  @Override
  public List<Finding> detect(String text) {
    var findings = new ArrayList<Finding>();
    for (var detector : detectors) {
      findings.addAll(detector.detect(text));
    }
    return Overlaps.resolved(findings);
  }
}
