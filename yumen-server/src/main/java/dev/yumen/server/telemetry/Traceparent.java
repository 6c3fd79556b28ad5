package dev.yumen.server.telemetry;

import org.jspecify.annotations.Nullable;

/**
 * The place of an exchange in the caller's trace (W3C Trace Context, {@code traceparent}).
 *
 * @param traceId 32 lower-case hex digits, not all zero
 * @param spanId 16 lower-case hex digits, not all zero
 * @param flags the trace flags; bit 0 says that the caller sampled the trace
 */
record Traceparent(String traceId, String spanId, byte flags) {
  private static final int LENGTH = 55;

  /**
   * Reads the field; null when it is absent or not valid, in which case the specification asks to
   * go on as if there were none. Versions after 00 may carry more after another dash, {@code ff} is
   * forbidden.
   */
  static @Nullable Traceparent parse(@Nullable String field) {
    if (field == null
        || field.length() < LENGTH
        || !hex(field, 0, 2)
        || !hex(field, 3, 35)
        || !hex(field, 36, 52)
        || !hex(field, 53, 55)
        || field.charAt(2) != '-'
        || field.charAt(35) != '-'
        || field.charAt(52) != '-'
        || zero(field, 3, 35)
        || zero(field, 36, 52)
        || field.startsWith("ff")) {
      return null;
    }
    boolean longer = field.length() > LENGTH;
    if (longer && (field.startsWith("00") || field.charAt(LENGTH) != '-')) {
      return null;
    }
    byte flags = (byte) Integer.parseInt(field.substring(53, 55), 16);
    return new Traceparent(field.substring(3, 35), field.substring(36, 52), flags);
  }

  private static boolean hex(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  private static boolean zero(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) != '0') {
        return false;
      }
    }
    return true;
  }
}
