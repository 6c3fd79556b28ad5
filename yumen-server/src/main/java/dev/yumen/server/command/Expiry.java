package dev.yumen.server.command;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Until when a credential is taken, as written on the command line: {@code 15m}, {@code 12h},
 * {@code 90d}, {@code 4w}, or a date, whose whole day in UTC still counts.
 */
record Expiry(UnaryOperator<Instant> from) {

  /** Reads the text. */
  static final class Reader implements ITypeConverter<Expiry> {
    private static final Pattern SPAN = Pattern.compile("([1-9][0-9]{0,4})([mhdw])");

    @Override
    public Expiry convert(String text) {
      var span = SPAN.matcher(text);
      if (span.matches()) {
        var count = Long.parseLong(span.group(1));
        var length =
            switch (span.group(2)) {
              case "m" -> Duration.ofMinutes(count);
              case "h" -> Duration.ofHours(count);
              case "d" -> Duration.ofDays(count);
              default -> Duration.ofDays(7 * count);
            };
        return new Expiry(now -> now.plus(length));
      }
      try {
        var end = LocalDate.parse(text).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        return new Expiry(_ -> end);
      } catch (DateTimeException e) {
        throw new TypeConversionException(
            "'"
                + text
                + "' is neither a span such as 15m, 12h, 90d or 4w nor a date such as 2027-12-31");
      }
    }
  }
}
