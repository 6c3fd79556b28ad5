package dev.yumen.server.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a client would rather have (RFC 9110 section 12.5), as far as the admin door has a choice.
 */
final class Accepted {
  private Accepted() {}

  /**
   * How much a client wants something, from 0 (not at all) to 1.
   *
   * @param field an Accept or Accept-Encoding field; null when it is absent
   * @param name a media type or coding in lower case; only its own mention counts, no wildcard
   */
  static double quality(@Nullable String field, String name) {
    if (field == null) {
      return 0;
    }
    double best = 0;
    for (String element : field.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] parts = element.split(";", -1);
      if (parts[0].strip().equals(name)) {
        best = Math.max(best, weight(parts));
      }
    }
    return best;
  }

  private static double weight(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip();
      if (parameter.startsWith("q=")) {
        try {
          return Double.parseDouble(parameter.substring(2));
        } catch (NumberFormatException _) {
          return 0;
        }
      }
    }
    return 1;
  }
}
