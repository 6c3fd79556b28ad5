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
 *
 * <p>A stream has said its last word with a {@code message_stop}, or with an event that is named
 * {@code error}: SDKs see an error by the event's name only, so one without the name is noted but
 * still needs a word that callers understand.
 */
final class MessagesMeter implements Meter {
  private static final byte[] CONTENT = ascii("event: content_");
  private static final byte[] PING = ascii("event: ping");

  private Usage usage = Usage.NONE;
  private @Nullable String model;
  private boolean finished;
  private boolean failed;

  @Override
  public void event(byte[] bytes, int from, int to) {
    if (startsWith(bytes, from, to, CONTENT) || startsWith(bytes, from, to, PING)) {
      return;
    }
    EventFields fields = EventFields.of(bytes, from, to);
    Report report = read(fields.data());
    if (report != null) {
      boolean error = fields.name().equals("error");
      failed |= error || report.type.equals("error");
      finished |= error || report.type.equals("message_stop");
    }
  }

  @Override
  public void body(byte[] bytes) {
    var _ = read(bytes);
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
    return usage;
  }

  @Override
  public @Nullable String model() {
    return model;
  }

  /**
   * Takes what a whole document says; null when it is none. Then the caller's SDK sees the very
   * same bytes and judges them, and nothing of them counts: a number may be cut short.
   */
  private @Nullable Report read(byte[] document) {
    var report = new Report(usage, model);
    try {
      var scan = new JsonScanner(document);
      Token first = scan.next();
      if (first == Token.OBJECT) {
        report.members(scan);
      } else {
        scan.skip(first);
      }
      scan.next(); // fails unless the document ends here
    } catch (MalformedJson e) {
      return null;
    }
    usage = report.usage();
    model = report.model;
    return report;
  }

  /** {@code {"type":…,"model":…,"message":{…},"usage":{…}}}, in any order. */
  private static final class Report {
    private String type = "";
    private @Nullable String model;
    private long inputTokens;
    private long outputTokens;
    private long cacheCreationTokens;
    private long cacheReadTokens;

    Report(Usage before, @Nullable String model) {
      this.model = model;
      inputTokens = before.inputTokens();
      outputTokens = before.outputTokens();
      cacheCreationTokens = before.cacheCreationTokens();
      cacheReadTokens = before.cacheReadTokens();
    }

    Usage usage() {
      return new Usage(inputTokens, outputTokens, cacheCreationTokens, cacheReadTokens);
    }

    void members(JsonScanner scan) throws MalformedJson {
      boolean top = scan.depth() == 1;
      while (scan.next() == Token.KEY) {
        boolean isType = top && scan.is("type");
        boolean isModel = scan.is("model");
        boolean isUsage = scan.is("usage");
        boolean isMessage = top && scan.is("message");
        Token value = scan.next();
        if (isType && value == Token.STRING) {
          type = scan.text();
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
  }

  private static boolean startsWith(byte[] bytes, int from, int to, byte[] prefix) {
    return to - from >= prefix.length
        && java.util.Arrays.equals(bytes, from, from + prefix.length, prefix, 0, prefix.length);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
