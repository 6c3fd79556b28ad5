package dev.yumen.privacy.detection;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * Finds what an organisation describes by patterns of its own, in RE2's syntax: no back-references
 * and no look-around, and in return no pattern can take more than linear time. Patterns see the
 * text without disguise (full-width digits as ASCII and so on).
 */
public final class PatternDetector implements Detector {
  /** More patterns would make a long prompt slow: each costs about a second per megabyte. */
  public static final int MOST_PATTERNS = 50;

  /** Longest pattern, in UTF-16 units. */
  public static final int LONGEST_PATTERN = 500;

  private final List<Compiled> patterns;

  /**
   * One pattern of the organisation.
   *
   * @param name what findings call it
   * @param pattern the pattern, RE2 syntax; {@code \x{4e00}} instead of {@code \u4e00}
   * @param type what it finds, for instance {@link DataType#CUSTOM}
   */
  public record OwnPattern(String name, String pattern, DataType type) {}

  private record Compiled(OwnPattern own, Pattern pattern) {}

  /**
   * Compiles the patterns.
   *
   * @throws IllegalArgumentException when there are too many, or one is too long, is no pattern, or
   *     matches the empty text; the message names it
   */
  public PatternDetector(List<OwnPattern> patterns) {
    if (patterns.size() > MOST_PATTERNS) {
      throw new IllegalArgumentException(
          patterns.size() + " patterns are more than " + MOST_PATTERNS);
    }
    this.patterns = patterns.stream().map(PatternDetector::compiled).toList();
  }

  @Override
  public List<Finding> detect(String text) {
    if (patterns.isEmpty() || text.isEmpty()) {
      return List.of();
    }
    var view = NormalText.of(text);
    var plain = new String(view.chars(), 0, view.length());
    var findings = new ArrayList<Finding>();
    for (var compiled : patterns) {
      var own = compiled.own();
      var matcher = compiled.pattern().matcher(plain);
      while (matcher.find()) {
        if (matcher.end() > matcher.start()) {
          findings.add(
              new Finding(
                  own.type(),
                  view.originalStart(matcher.start()),
                  view.originalEnd(matcher.end()),
                  DataType.CUSTOM.format(),
                  EnumSet.of(Evidence.CUSTOM),
                  own.name()));
        }
      }
    }
    return Overlaps.resolved(findings);
  }

  private static Compiled compiled(OwnPattern own) {
    if (own.pattern().length() > LONGEST_PATTERN) {
      throw new IllegalArgumentException(
          "pattern " + own.name() + " is longer than " + LONGEST_PATTERN);
    }
    try {
      var pattern = Pattern.compile(NormalText.folded(own.pattern()));
      if (pattern.matches("")) {
        throw new IllegalArgumentException("pattern " + own.name() + " matches the empty text");
      }
      return new Compiled(own, pattern);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "pattern " + own.name() + " is not in RE2's syntax: " + e.getMessage(), e);
    }
  }
}
