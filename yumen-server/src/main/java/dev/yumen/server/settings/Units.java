package dev.yumen.server.settings;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations and sizes as people write them: {@code 30s}, {@code 32MiB}. */
public final class Units {
  private static final Pattern AMOUNT = Pattern.compile("([0-9]{1,15}) ?([A-Za-z]*)");

  private static final Map<String, Long> MILLIS = new LinkedHashMap<>();
  private static final Map<String, Long> BYTES = new LinkedHashMap<>();

  static {
    MILLIS.put("d", 86_400_000L);
    MILLIS.put("h", 3_600_000L);
    MILLIS.put("m", 60_000L);
    MILLIS.put("s", 1000L);
    MILLIS.put("ms", 1L);
    BYTES.put("GiB", 1L << 30);
    BYTES.put("GB", 1_000_000_000L);
    BYTES.put("MiB", 1L << 20);
    BYTES.put("MB", 1_000_000L);
    BYTES.put("KiB", 1L << 10);
    BYTES.put("KB", 1000L);
    BYTES.put("B", 1L);
  }

  private Units() {}

  /** Writes the duration in the largest unit that keeps it whole. */
  public static String text(Duration duration) {
    return largest(duration.toMillis(), MILLIS, "s");
  }

  /** Writes a size in bytes in the largest unit that keeps it whole. */
  public static String text(long bytes) {
    return largest(bytes, BYTES, "B");
  }

  /** Reads a duration; whole milliseconds. */
  static Duration duration(String text) throws Wrong {
    Matcher amount = AMOUNT.matcher(text);
    if (!amount.matches()) {
      throw Wrong.found(Shown.text(text), "a duration such as 500ms, 30s, 5m or 2h");
    }
    if (amount.group(2).isEmpty()) {
      throw new Wrong("is " + text + " without a unit; did you mean " + text + "s?");
    }
    return Duration.ofMillis(product(text, amount, MILLIS));
  }

  /** Reads a size, in bytes. */
  static long size(String text) throws Wrong {
    Matcher amount = AMOUNT.matcher(text);
    if (!amount.matches()) {
      throw Wrong.found(Shown.text(text), "a size such as 64KiB, 32MiB or 1GiB");
    }
    return amount.group(2).isEmpty()
        ? Long.parseLong(amount.group(1))
        : product(text, amount, BYTES);
  }

  private static long product(String text, Matcher amount, Map<String, Long> units) throws Wrong {
    Long unit = units.get(amount.group(2));
    if (unit == null) {
      throw new Wrong(
          "is "
              + Shown.text(text)
              + " with an unknown unit; "
              + Suggestion.among(units.keySet(), amount.group(2)));
    }
    try {
      return Math.multiplyExact(Long.parseLong(amount.group(1)), unit);
    } catch (ArithmeticException e) {
      throw new Wrong("is " + text + ", which is too large");
    }
  }

  private static String largest(long amount, Map<String, Long> units, String smallest) {
    for (var unit : units.entrySet()) {
      if (amount != 0 && amount % unit.getValue() == 0) {
        return amount / unit.getValue() + unit.getKey();
      }
    }
    return amount + smallest;
  }
}
