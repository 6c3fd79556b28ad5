package dev.yumen.privacy.detection;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * One text while it is being scanned: its characters without disguise, what the sweep marked, and
 * the findings so far. Rules propose; the scan weighs the evidence and keeps what is sure enough.
 */
final class Scan {
  /** Outcome of a checksum. */
  enum Check {
    /** The type has none, or it cannot be computed. */
    NONE,
    /** It is right. */
    PASSED,
    /** It is wrong: a typing error, an invented number, or something else altogether. */
    FAILED
  }

  /** Types made of little but digits, which order numbers and timestamps can look like. */
  private static final EnumSet<DataType> CONFUSABLE =
      EnumSet.complementOf(
          EnumSet.of(
              DataType.EMAIL,
              DataType.ADDRESS,
              DataType.IBAN,
              DataType.JWT,
              DataType.API_KEY,
              DataType.PRIVATE_KEY,
              DataType.CONNECTION_PASSWORD,
              DataType.AUTHORIZATION,
              DataType.WEBHOOK_URL,
              DataType.CRYPTO_ADDRESS,
              DataType.IT_FISCAL_CODE));

  private final NormalText text;
  private final char[] chars;
  private final int length;
  private final Marks marks;
  private final Context context;
  private final Columns columns;
  private final List<Finding> findings = new ArrayList<>();

  Scan(NormalText text) {
    this.text = text;
    this.chars = text.chars();
    this.length = text.length();
    this.marks = Marks.of(chars, length);
    this.context = new Context(chars, marks);
    this.columns = Columns.of(chars, length, marks);
  }

  /** The character at the position, or NUL outside the text. */
  char at(int position) {
    return position >= 0 && position < length ? chars[position] : 0;
  }

  char[] chars() {
    return chars;
  }

  int length() {
    return length;
  }

  Marks marks() {
    return marks;
  }

  Columns columns() {
    return columns;
  }

  List<Finding> findings() {
    return findings;
  }

  /** Tells whether the text has the literal at the position. */
  boolean matches(int position, String literal) {
    if (position < 0 || position + literal.length() > length) {
      return false;
    }
    for (int i = 0; i < literal.length(); i++) {
      if (chars[position + i] != literal.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  String substring(int start, int end) {
    return new String(chars, start, end - start);
  }

  /** Where the run of letters and digits around the position starts. */
  int tokenStart(int position) {
    int start = position;
    while (start > 0 && Chars.alnum(chars[start - 1])) {
      start--;
    }
    return start;
  }

  /** Where the run of letters and digits from the position ends. */
  int tokenEnd(int position) {
    int end = position;
    while (end < length && Chars.alnum(chars[end])) {
      end++;
    }
    return end;
  }

  /** Tells whether a word that names the type is in the text and speaks for the place. */
  boolean named(DataType type, int start, int end) {
    return marks.cued(type)
        && (context.around(type, start, end) == Context.Verdict.FOR
            || columns.typeAt(start).contains(type));
  }

  void propose(DataType type, int start, int end, Check check) {
    propose(type, start, end, check, 0);
  }

  /**
   * Weighs a candidate and keeps it when it is sure enough.
   *
   * @param adjustment percent by which this form is more or less telling than the type's usual form
   */
  void propose(DataType type, int start, int end, Check check, int adjustment) {
    var evidence = EnumSet.of(Evidence.FORMAT);
    int confidence = type.format() + adjustment;
    if (check == Check.PASSED) {
      confidence += type.checksum();
      evidence.add(Evidence.CHECKSUM);
    }
    if (columns.typeAt(start).contains(type)) {
      confidence += Weights.LABEL;
      evidence.add(Evidence.COLUMN);
    } else if (columns.counterAt(start)) {
      confidence += CONFUSABLE.contains(type) ? Weights.COUNTER : 0;
    } else {
      switch (context.around(type, start, end)) {
        case FOR -> {
          confidence += Weights.CONTEXT;
          evidence.add(Evidence.CONTEXT);
        }
        case AGAINST -> confidence += CONFUSABLE.contains(type) ? Weights.COUNTER : 0;
        case SILENT -> {}
      }
    }
    keep(type, start, end, confidence, evidence, type.id());
  }

  /** Keeps a value that a label directly before it, or the header of its column, names. */
  void proposeLabelled(DataType type, int start, int end, Evidence label) {
    keep(
        type,
        start,
        end,
        type.format() + Weights.LABEL,
        EnumSet.of(Evidence.FORMAT, label),
        type.id());
  }

  /** Keeps a finding of a narrower rule, whose confidence the rule itself knows. */
  void proposeByRule(DataType type, int start, int end, int confidence, String rule) {
    keep(type, start, end, confidence, EnumSet.of(Evidence.FORMAT), rule);
  }

  private void keep(
      DataType type, int start, int end, int confidence, EnumSet<Evidence> evidence, String rule) {
    if (confidence < Weights.THRESHOLD || end <= start) {
      return;
    }
    findings.add(
        new Finding(
            type,
            text.originalStart(start),
            text.originalEnd(end),
            Math.min(confidence, Weights.MOST),
            evidence,
            rule));
  }
}
