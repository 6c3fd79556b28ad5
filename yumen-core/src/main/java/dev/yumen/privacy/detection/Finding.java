package dev.yumen.privacy.detection;

import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Set;

/**
 * One piece of personal data or one secret in a text. It holds where the value lies, never the
 * value.
 *
 * @param type what it is
 * @param start where it starts, in UTF-16 units of the original text, inclusive
 * @param end where it ends, exclusive
 * @param confidence how sure the detector is, in percent, 1 to 99
 * @param evidence what speaks for it
 * @param rule which rule found it: the type's id, or something narrower such as {@code
 *     aws-access-key} or the name of an organisation's own pattern
 */
public record Finding(
    DataType type, int start, int end, int confidence, Set<Evidence> evidence, String rule) {

  /** By place in the text, then the longer, the surer, the type declared first. */
  static final Comparator<Finding> BY_PLACE =
      Comparator.comparingInt(Finding::start)
          .thenComparing(Comparator.comparingInt(Finding::end).reversed())
          .thenComparing(Comparator.comparingInt(Finding::confidence).reversed())
          .thenComparing(Finding::type)
          .thenComparing(Finding::rule);

  /** Checks the place and copies the evidence. */
  public Finding {
    if (start < 0 || end <= start) {
      throw new IllegalArgumentException("a finding needs a place, not " + start + " to " + end);
    }
    if (confidence < 1 || confidence > 99) {
      throw new IllegalArgumentException("confidence is 1 to 99 percent, not " + confidence);
    }
    evidence = Collections.unmodifiableSet(EnumSet.copyOf(evidence));
  }

  /** How many UTF-16 units it covers. */
  public int length() {
    return end - start;
  }

  /** Tells whether both cover some same character. */
  public boolean overlaps(Finding other) {
    return start < other.end && other.start < end;
  }
}
