package dev.yumen.relay;

import dev.yumen.exchange.Usage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A stream of the Messages API as some provider might send it, in pieces that the relay must never
 * tear, each with what must be known once it has passed.
 */
record RandomStream(List<Piece> pieces, byte[] bytes) {

  /**
   * A piece that passes whole or not at all: an event or a comment, or the line feed that may still
   * come after the carriage return which ended one.
   *
   * @param words length of the bytes up to the last that is no line end
   */
  record Piece(
      byte[] bytes, int words, boolean event, Usage usage, boolean finished, boolean failed) {}

  static RandomStream of(Random random) {
    var writer = new Writer(random);
    writer.write();
    var all = new ByteArrayOutputStream();
    writer.pieces.forEach(piece -> all.writeBytes(piece.bytes));
    return new RandomStream(List.copyOf(writer.pieces), all.toByteArray());
  }

  private static final class Writer {
    private static final String[] WORDS = {
      "a",
      "data: ",
      "\\n\\n",
      "event: error",
      "流",
      "\\u00e9",
      "🙂",
      "",
      "x".repeat(300),
      "\\\"type\\\""
    };

    private final Random random;
    private final String end;
    private final List<Piece> pieces = new ArrayList<>();
    private long input;
    private long output;
    private long created;
    private long read;
    private boolean finished;
    private boolean failed;

    Writer(Random random) {
      this.random = random;
      this.end = new String[] {"\n", "\n", "\r\n", "\r"}[random.nextInt(4)];
    }

    void write() {
      if (oneIn(8)) {
        ping();
      }
      input = random.nextInt(1000);
      output = random.nextInt(8);
      read = random.nextInt(1000);
      event(
          "message_start",
          "{\"type\":\"message_start\",\"message\":{\"model\":\"m\",\"usage\":{\"input_tokens\":"
              + input
              + ",\"cache_read_input_tokens\":"
              + read
              + ",\"output_tokens\":"
              + output
              + "}}}");
      int deltas = random.nextInt(6);
      for (int i = 0; i < deltas; i++) {
        between();
        event(
            "content_block_delta",
            "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"text\":\""
                + WORDS[random.nextInt(WORDS.length)]
                + "\"}"
                + " ".repeat(random.nextInt(5))
                + "}");
      }
      if (oneIn(10)) {
        failed = true;
        finished = true;
        event("error", "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\"}}");
      } else if (!oneIn(10)) {
        output = random.nextInt(5000);
        created = random.nextInt(100);
        event(
            "message_delta",
            "{\"type\":\"message_delta\",\"usage\":{\"output_tokens\":"
                + output
                + ",\"input_tokens\":null,\"cache_creation_input_tokens\":"
                + created
                + "}}");
        finished = true;
        event("message_stop", "{\"type\":\"message_stop\"" + " ".repeat(random.nextInt(9)) + "}");
      }
      if (oneIn(12)) {
        event("", "[DONE]");
      }
    }

    private void between() {
      switch (random.nextInt(14)) {
        case 0 -> ping();
        case 1 -> block(": still here" + end, false);
        case 2 -> block("", false);
        case 3 -> event("unknown", "{\"type\":\"unknown\"}");
        default -> {}
      }
    }

    private void ping() {
      event("ping", "{\"type\":\"ping\"}"); // without the space of the gateway's own
    }

    private void event(String name, String data) {
      String lines = name.isEmpty() ? "" : "event: " + name + end;
      if (oneIn(10)) {
        lines = "id: 7" + end + lines + ": comment" + end + "retry: 10" + end;
      }
      int comma = data.indexOf(",\"");
      boolean divided = comma > 0 && oneIn(10);
      lines +=
          divided
              ? "data: " + data.substring(0, comma + 1) + end + "data:" + data.substring(comma + 1)
              : "data: " + data;
      block(lines + end, true);
    }

    private void block(String lines, boolean event) {
      byte[] bytes = (lines + end).getBytes(StandardCharsets.UTF_8);
      int words = lines.stripTrailing().getBytes(StandardCharsets.UTF_8).length;
      boolean lineFeedMayWait = end.equals("\r\n");
      int length = lineFeedMayWait ? bytes.length - 1 : bytes.length;
      add(java.util.Arrays.copyOf(bytes, length), words, event);
      if (lineFeedMayWait) {
        add(new byte[] {'\n'}, 0, false);
      }
    }

    private void add(byte[] bytes, int words, boolean event) {
      pieces.add(
          new Piece(
              bytes, words, event, new Usage(input, output, created, read), finished, failed));
    }

    private boolean oneIn(int n) {
      return random.nextInt(n) == 0;
    }
  }
}
