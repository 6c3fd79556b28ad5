package dev.yumen.server.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import dev.yumen.server.redaction.Redaction;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.event.KeyValuePair;

/**
 * Writes one event, whoever logged it, with everything in it redacted: message, key-value pairs,
 * diagnostic context, exceptions with their messages and causes.
 *
 * <p>Nobody outside can forge a line: in text every further line of an event is indented, and
 * controls are escaped in both formats.
 */
final class LogEncoder extends EncoderBase<ILoggingEvent> {
  /** Characters of a message, and of a stack trace. */
  private static final int LONGEST = 32 * 1024;

  /** Bytes; a character takes six at most. */
  private static final int LONGEST_LINE = 16 * LONGEST;

  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

  private static final byte[] NOTHING = new byte[0];

  private final LogFormat format;

  LogEncoder(LogFormat format) {
    this.format = format;
  }

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    IThrowableProxy thrown = event.getThrowableProxy();
    String message = Redaction.redact(message(event));
    String stack = thrown == null ? "" : Redaction.redact(ThrowableProxyUtil.asString(thrown));
    return format == LogFormat.JSON ? json(event, message, stack) : text(event, message, stack);
  }

  private static byte[] json(ILoggingEvent event, String message, String stack) {
    var line = new JsonLines(LONGEST_LINE);
    line.begin().time("time", event.getInstant()).text("level", event.getLevel().toString());
    line.text("logger", event.getLoggerName()).text("thread", event.getThreadName());
    line.text("message", message, LONGEST);
    if (!stack.isEmpty()) {
      line.text("exception", stack, LONGEST);
    }
    line.end();
    return Arrays.copyOf(line.bytes(), line.length());
  }

  private static byte[] text(ILoggingEvent event, String message, String stack) {
    var line = new StringBuilder(128 + message.length() + stack.length());
    TIME.formatTo(event.getInstant(), line);
    line.append(' ').append(event.getLevel());
    line.append(' ').append(event.getLoggerName()).append(": ");
    append(line, message);
    if (!stack.isEmpty()) {
      line.append("\n\t");
      append(line, stack);
    }
    return line.append('\n').toString().getBytes(UTF_8);
  }

  private static void append(StringBuilder line, String text) {
    int length = Math.min(text.stripTrailing().length(), LONGEST);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        line.append("\n\t");
      } else if (c == '\t' || !JsonLines.drivesTheReader(c)) {
        line.append(c);
      } else if (c != '\r') {
        line.append("\\u").append(Integer.toHexString(c | 0x10000), 1, 5);
      }
    }
  }

  private static String message(ILoggingEvent event) {
    String message = event.getFormattedMessage();
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    Map<String, String> context = event.getMDCPropertyMap();
    if (pairs == null && context.isEmpty()) {
      return message == null ? "" : message;
    }
    var line = new StringBuilder().append(message);
    if (pairs != null) {
      pairs.forEach(pair -> line.append(' ').append(pair.key).append('=').append(pair.value));
    }
    context.forEach((key, value) -> line.append(' ').append(key).append('=').append(value));
    return line.toString();
  }
}
