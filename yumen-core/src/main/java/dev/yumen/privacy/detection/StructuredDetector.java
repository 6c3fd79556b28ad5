package dev.yumen.privacy.detection;

import java.util.List;

/**
 * Finds everything that has a form: numbers, addresses, identifiers, labelled values and secrets,
 * in any usual disguise.
 *
 * <p>One sweep over the characters marks where digits begin, where an {@code @} stands and which of
 * some two thousand words occur; only there rules look closer, each within a bounded window. So the
 * time is linear in the text, and text without personal data costs little more than the sweep.
 */
public final class StructuredDetector implements Detector {
  @Override
  public List<Finding> detect(String text) {
    if (text.isEmpty()) {
      return List.of();
    }
    var scan = new Scan(NormalText.of(text));
    words(scan);
    new Numbers(scan).search();
    new Emails(scan).search();
    columns(scan);
    return Overlaps.resolved(scan.findings());
  }

  private static void words(Scan scan) {
    var marks = scan.marks();
    var labels = new Labels(scan);
    var secrets = new Secrets(scan);
    var labelledSecrets = new LabelledSecrets(scan);
    var addresses = new Addresses(scan);
    var digits = marks.digits();
    int digit = 0;
    for (int hit = 0; hit < marks.hits(); hit++) {
      int start = marks.hitStart(hit);
      int end = marks.hitEnd(hit);
      var word = marks.word(hit);
      for (; digit < digits.size() && digits.get(digit) < start; digit++) {
        addresses.digitsAt(digits.get(digit));
      }
      secrets.at(start, end, word);
      labelledSecrets.at(start, end, word);
      labels.at(start, end, word);
      if (word.cues().contains(DataType.ADDRESS)) {
        addresses.labelled(end);
      }
      if (word.place()) {
        addresses.placeAt(start);
      }
    }
    for (; digit < digits.size(); digit++) {
      addresses.digitsAt(digits.get(digit));
    }
  }

  private static void columns(Scan scan) {
    var labels = new Labels(scan);
    var secrets = new LabelledSecrets(scan);
    var addresses = new Addresses(scan);
    for (var cell : scan.columns().cells()) {
      labels.cell(cell);
      secrets.cell(cell);
      addresses.cell(cell);
    }
  }
}
