package dev.yumen.dialect;

import dev.yumen.exchange.Meter;
import dev.yumen.exchange.Usage;
import dev.yumen.json.JsonScanner;
import dev.yumen.json.JsonScanner.Token;
import dev.yumen.json.MalformedJson;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Counts an answer of the Messages API. Usage is cumulative: each report overwrites what an earlier
 * one said, and what a later one leaves out stays. Events of content are told by their first bytes
 * and not parsed.
 */
final class MessagesMeter implements Meter {
  private static final byte[] CONTENT = ascii("event: content_");
  private static final byte[] PING = ascii("event: ping");
  private static final byte[] DATA = ascii("data:");

  private long inputTokens;
  private long outputTokens;
  private long cacheCreationTokens;
  private long cacheReadTokens;
  private @Nullable String model;
  private boolean finished;
  private boolean failed;

  @Override
  public void event(byte[] bytes, int from, int to) {
    if (startsWith(bytes, from, to, CONTENT) || startsWith(bytes, from, to, PING)) {
      return;
    }
    int line = from;
    while (line < to) {
      int end = line;
      while (end < to && bytes[end] != '\n' && bytes[end] != '\r') {
        end++;
      }
      if (startsWith(bytes, line, end, DATA)) {
        data(bytes, line + DATA.length, end);
      }
      line = end + 1;
    }
  }

  @Override
  public void body(byte[] bytes) {
    try {
      message(new JsonScanner(bytes));
    } catch (MalformedJson e) {
      // The provider sent something else; it is passed on as it is and counts for nothing.
    }
  }

  @Override
  public boolean finished() {
    return finished;
  }

  @Override
  public boolean failed() {
    return failed;
  }

  @Override
  public Usage usage() {
    return new Usage(inputTokens, outputTokens, cacheCreationTokens, cacheReadTokens);
  }

  @Override
  public @Nullable String model() {
    return model;
  }

  /** Reads one event's data: {@code {"type":…,"message":{…},"usage":{…}}}, in any order. */
  private void data(byte[] bytes, int from, int to) {
    try {
      message(new JsonScanner(bytes, from, to));
    } catch (MalformedJson e) {
      // Not ours to judge: the caller's SDK sees the very same bytes.
    }
  }

  private void message(JsonScanner scan) throws MalformedJson {
    if (scan.next() == Token.OBJECT) {
      members(scan);
    }
  }

  private void members(JsonScanner scan) throws MalformedJson {
    boolean top = scan.depth() == 1;
    while (scan.next() == Token.KEY) {
      boolean isType = scan.is("type");
      boolean isModel = scan.is("model");
      boolean isUsage = scan.is("usage");
      boolean isMessage = top && scan.is("message");
      Token value = scan.next();
      if (isType && top && value == Token.STRING) {
        finished |= scan.is("message_stop") || scan.is("error");
        failed |= scan.is("error");
      } else if (isModel && value == Token.STRING) {
        model = scan.text();
      } else if (isUsage && value == Token.OBJECT) {
        usage(scan);
      } else if (isMessage && value == Token.OBJECT) {
        members(scan);
      } else {
        scan.skip(value);
      }
    }
  }

  private void usage(JsonScanner scan) throws MalformedJson {
    while (scan.next() == Token.KEY) {
      boolean input = scan.is("input_tokens");
      boolean output = scan.is("output_tokens");
      boolean creation = scan.is("cache_creation_input_tokens");
      boolean read = scan.is("cache_read_input_tokens");
      Token value = scan.next();
      if (value == Token.NUMBER) {
        inputTokens = input ? scan.whole() : inputTokens;
        outputTokens = output ? scan.whole() : outputTokens;
        cacheCreationTokens = creation ? scan.whole() : cacheCreationTokens;
        cacheReadTokens = read ? scan.whole() : cacheReadTokens;
      } else {
        scan.skip(value);
      }
    }
  }

  private static boolean startsWith(byte[] bytes, int from, int to, byte[] prefix) {
    return to - from >= prefix.length
        && java.util.Arrays.equals(bytes, from, from + prefix.length, prefix, 0, prefix.length);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
