package dev.yumen.privacy.evaluation;

import dev.yumen.privacy.detection.DataType;
import java.util.List;
import java.util.Set;

/**
 * A text with what is in it.
 *
 * @param set the part of the corpus it belongs to; scores are given per part too
 * @param text the text
 * @param spans what is in it, ascending
 * @param types which types were looked for when it was labelled; findings of others do not count.
 *     All types when empty.
 */
public record Sample(String set, String text, List<Span> spans, Set<DataType> types) {

  /**
   * One labelled place.
   *
   * @param type what lies there
   * @param start where it starts, in UTF-16 units
   * @param end where it ends, exclusive
   */
  public record Span(DataType type, int start, int end) {}

  /** Checks that every span lies within the text. */
  public Sample {
    spans = List.copyOf(spans);
    types = Set.copyOf(types);
    for (var span : spans) {
      if (span.start() < 0 || span.end() <= span.start() || span.end() > text.length()) {
        throw new IllegalArgumentException("a span lies outside its text");
      }
    }
  }

  /** Tells whether findings of the type count. */
  public boolean counts(DataType type) {
    return types.isEmpty() || types.contains(type);
  }
}
