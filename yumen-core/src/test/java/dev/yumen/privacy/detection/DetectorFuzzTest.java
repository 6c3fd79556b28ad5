package dev.yumen.privacy.detection;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever the text, findings are disjoint, in order and within it. */
class DetectorFuzzTest {
  private static final Detector DETECTOR = new StructuredDetector();

  @FuzzTest(maxDuration = "1m")
  void findings_lie_within_any_text(FuzzedDataProvider data) {
    var text = data.consumeRemainingAsString();

    var findings = DETECTOR.detect(text);

    assertThat(StructuredDetectorTest.disjointWithin(findings, text)).isTrue();
    assertThat(DETECTOR.detect(text)).isEqualTo(findings);
  }
}
