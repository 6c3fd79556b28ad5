package dev.yumen.authentication;

import dev.yumen.exchange.Reason;
import dev.yumen.exchange.Refused;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The claims of a token (RFC 7519 section 4). A claim of the wrong kind, null included, refuses the
 * token instead of counting as absent.
 *
 * @param object the claims set
 */
record Claims(JsonNode object) {
  /** In characters; the longest subject of OpenID Connect. */
  private static final int LONGEST_TEXT = 255;

  private static final int MOST_TEXTS = 1000;

  /** The end of the year 9999: what is later is in milliseconds, or a mistake. */
  private static final long LATEST = 253_402_300_799L;

  /**
   * Returns a point in time, or null when the claim is absent. Fractions are not taken: RFC 7519
   * allows them, and readers differ in how they round them.
   */
  @Nullable Instant time(String name) throws Refused {
    var value = object.get(name);
    if (value == null) {
      return null;
    }
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.longValue() < 0
        || value.longValue() > LATEST) {
      throw refused(name, "must be a whole number of seconds since 1970");
    }
    return Instant.ofEpochSecond(value.longValue());
  }

  /**
   * Returns the text of a claim, given as it is or as the only one of an array; null when absent.
   */
  @Nullable String text(String name) throws Refused {
    var value = object.get(name);
    if (value == null) {
      return null;
    }
    return text(name, value.isArray() && value.size() == 1 ? value.get(0) : value);
  }

  /** Returns the texts of an array, or a string cut at its spaces as in {@code scope}. */
  @Nullable List<String> texts(String name) throws Refused {
    var value = object.get(name);
    if (value == null) {
      return null;
    }
    if (value.isArray() && value.size() <= MOST_TEXTS) {
      var texts = new ArrayList<String>(value.size());
      for (JsonNode element : value) {
        texts.add(text(name, element));
      }
      return texts;
    }
    if (value.isString() && value.stringValue().isEmpty()) {
      return List.of();
    }
    if (value.isString()) {
      var texts = new ArrayList<String>();
      for (String text : value.stringValue().split(" ", -1)) {
        texts.add(checked(name, text));
      }
      return texts;
    }
    throw refused(name, "must be a string or an array of strings");
  }

  /** Tells whether a claim is this text or an array that holds it (RFC 7519 section 4.1.3). */
  boolean holds(String name, String text) {
    var value = object.get(name);
    if (value == null) {
      return false;
    }
    if (value.isArray()) {
      return value.valueStream().anyMatch(one -> one.isString() && one.stringValue().equals(text));
    }
    return value.isString() && value.stringValue().equals(text);
  }

  private static String text(String name, JsonNode value) throws Refused {
    if (!value.isString()) {
      throw refused(name, "must be a string");
    }
    return checked(name, value.stringValue());
  }

  /** What is taken ends up in logs and metrics. */
  private static String checked(String name, String text) throws Refused {
    if (text.isBlank()
        || text.length() > LONGEST_TEXT
        || text.codePoints().anyMatch(Claims::unprintable)) {
      throw refused(name, "must be 1 to 255 characters without control characters");
    }
    return text;
  }

  private static boolean unprintable(int character) {
    return Character.isISOControl(character)
        || (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE);
  }

  private static Refused refused(String name, String rule) {
    return new Refused(
        Reason.CREDENTIAL_INVALID,
        "This token cannot be taken: its claim " + name + " " + rule + ".");
  }
}
