package dev.yumen.server.simulator;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spans of time as people write them: {@code 250ms}, {@code 30s}, {@code 2m}. */
final class Times {
  private static final Pattern FORM = Pattern.compile("(\\d{1,7})(ms|s|m)");
  private static final Duration LONGEST = Duration.ofHours(1);

  private Times() {}

  /**
   * Reads a span of at most an hour.
   *
   * @throws IllegalArgumentException when it is none
   */
  static Duration parse(String text) {
    Matcher form = FORM.matcher(text);
    if (form.matches()) {
      long number = Long.parseLong(form.group(1));
      Duration time =
          switch (form.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            default -> Duration.ofMinutes(number);
          };
      if (time.compareTo(LONGEST) <= 0) {
        return time;
      }
    }
    throw new IllegalArgumentException(
        "a time like 250ms, 30s or 2m is expected, of an hour at most");
  }
}
