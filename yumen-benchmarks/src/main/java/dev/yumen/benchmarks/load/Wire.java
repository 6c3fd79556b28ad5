package dev.yumen.benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * What goes over the wire, encoded once: requests with the header fields an SDK sends, answers with
 * those the Messages API sends.
 */
final class Wire {
  /** In front of the sixteen hex digits of the moment an event was written. */
  static final byte MARK = '@';

  static final int STAMP_DIGITS = 16;

  private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);
  private static final String LINE =
      "The gate stood open all night, and whoever passed it was counted once; \\\"twice\\\" said"
          + " nobody.\\n";

  private static final String ANSWER_FIELDS =
      """
      date: Tue, 24 Nov 2026 10:00:00 GMT
      request-id: req_011CSHoEeqs5C35K2UUqR7Fy
      anthropic-organization-id: 5f4c9a1e-7a2b-4c34-9d5c-0d0c0a3b7a11
      anthropic-ratelimit-requests-limit: 4000
      anthropic-ratelimit-requests-remaining: 3999
      anthropic-ratelimit-tokens-limit: 400000
      anthropic-ratelimit-tokens-remaining: 399000
      """;

  private Wire() {}

  /**
   * A question.
   *
   * @param target path and query
   * @param key the caller's credential
   * @param length of the body, in bytes
   */
  static ByteBuf question(String target, String key, boolean stream, int length) {
    String start =
        "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":1024,\"stream\":"
            + stream
            + ",\"messages\":[{\"role\":\"user\",\"content\":\"";
    String head =
        """
        POST %s HTTP/1.1
        host: 127.0.0.1
        accept: application/json
        accept-encoding: gzip, deflate
        content-type: application/json
        user-agent: Anthropic/Python 0.75.0
        x-stainless-lang: python
        x-stainless-package-version: 0.75.0
        x-stainless-os: Linux
        x-stainless-arch: x64
        x-stainless-runtime: CPython
        x-stainless-runtime-version: 3.13.1
        x-stainless-async: false
        x-stainless-retry-count: 0
        x-stainless-timeout: 600
        anthropic-version: 2023-06-01
        authorization: Bearer %s
        content-length: %d

        """
            .formatted(target, key, length);
    return direct(fields(head) + filled(start, "\"}]}", length));
  }

  /** A whole answer whose body is so long. */
  static ByteBuf answer(int length) {
    String start =
        "{\"id\":\"msg_013Zva2CMHLNnXjNJJKqJ2EF\",\"type\":\"message\",\"role\":\"assistant\","
            + "\"model\":\"claude-sonnet-4-5-20250929\",\"content\":[{\"type\":\"text\",\"text\":\"";
    String end =
        "\"}],\"stop_reason\":\"end_turn\",\"stop_sequence\":null,\"usage\":{\"input_tokens\":2095,"
            + "\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":0,\"output_tokens\":503}}";
    String head =
        "HTTP/1.1 200 OK\ncontent-type: application/json\ncontent-length: "
            + length
            + "\n"
            + ANSWER_FIELDS
            + "\n";
    return direct(fields(head) + filled(start, end, length));
  }

  /** The head of a stream and its first two events. */
  static ByteBuf streamStart() {
    String head =
        "HTTP/1.1 200 OK\n"
            + "content-type: text/event-stream; charset=utf-8\n"
            + "cache-control: no-cache\n"
            + "transfer-encoding: chunked\n"
            + ANSWER_FIELDS
            + "\n";
    String message =
        event(
            "message_start",
            ",\"message\":{\"id\":\"msg_013Zva2CMHLNnXjNJJKqJ2EF\",\"type\":\"message\",\"role\":"
                + "\"assistant\",\"model\":\"claude-sonnet-4-5-20250929\",\"content\":[],"
                + "\"stop_reason\":null,\"stop_sequence\":null,\"usage\":{\"input_tokens\":25,"
                + "\"output_tokens\":1}}");
    String block =
        event(
            "content_block_start",
            ",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}");
    return direct(fields(head) + chunk(message) + chunk(block));
  }

  /** One event of content, in a chunk of its own, with room for a stamp; see {@link #stamp}. */
  static byte[] delta() {
    return chunk(
            event(
                "content_block_delta",
                ",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\""
                    + (char) MARK
                    + "0".repeat(STAMP_DIGITS)
                    + " stood open\"}"))
        .getBytes(US_ASCII);
  }

  /** Writes the moment into an event. */
  static void stamp(byte[] delta, int at, long nanos) {
    for (int i = 0; i < STAMP_DIGITS; i++) {
      delta[at + i] = HEX[(int) (nanos >>> (60 - 4 * i)) & 15];
    }
  }

  /** The last three events and the end of a stream. */
  static ByteBuf streamEnd() {
    return direct(
        chunk(event("content_block_stop", ",\"index\":0"))
            + chunk(
                event(
                    "message_delta",
                    ",\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},"
                        + "\"usage\":{\"output_tokens\":100}"))
            + chunk(event("message_stop", ""))
            + "0\r\n\r\n");
  }

  private static String event(String type, String members) {
    return "event: " + type + "\ndata: {\"type\":\"" + type + "\"" + members + "}\n\n";
  }

  private static String chunk(String text) {
    return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
  }

  private static String fields(String lines) {
    return lines.replace("\n", "\r\n");
  }

  private static String filled(String start, String end, int length) {
    int room = length - start.length() - end.length();
    var text = new StringBuilder(length + LINE.length()).append(start);
    for (int left = room; left > 0; left -= LINE.length()) {
      text.append(left >= LINE.length() ? LINE : "x".repeat(left));
    }
    return text.append(end).toString();
  }

  private static ByteBuf direct(String text) {
    byte[] bytes = text.getBytes(US_ASCII);
    return Unpooled.unreleasableBuffer(
        Unpooled.directBuffer(bytes.length).writeBytes(bytes).asReadOnly());
  }
}
