package dev.yumen.server.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the provider answers and how it sends it.
 *
 * @param content what
 * @param delivery how
 */
record Answer(Content content, Delivery delivery) {

  /** What the provider answers. */
  sealed interface Content {}

  /**
   * A message of the model.
   *
   * @param steps what it does
   * @param stop why it stops; null says that it has ended its turn or wants tools, as the steps
   *     show
   * @param interruption breaks it off; null lets it end
   * @param usage members of the usage that are set to other values; null sets none
   */
  record Message(
      List<Step> steps,
      @Nullable Stop stop,
      @Nullable Interruption interruption,
      @Nullable ObjectNode usage)
      implements Content {

    /** The message with other steps and a reason to stop after them. */
    Message ended(List<Step> others, Stop reason) {
      return new Message(others, reason, interruption, usage);
    }
  }

  /** An error in place of an answer. */
  record Failed(Failure failure) implements Content {}

  /** Bytes that are answered as they are. */
  record Verbatim(byte[] body, String contentType) implements Content {}

  /**
   * How an answer is sent.
   *
   * @param head the time before the first byte of the head
   * @param status null takes that of the content
   * @param headers added to the usual ones or put in their place
   * @param gzip whether the body is compressed when the caller accepts that
   * @param chunk bytes in each write; 0 writes events whole
   * @param tokensPerSecond pace; null takes the provider's own; 0 sends at once
   */
  record Delivery(
      Duration head,
      @Nullable Integer status,
      Map<String, String> headers,
      boolean gzip,
      int chunk,
      @Nullable Integer tokensPerSecond) {
    static final Delivery PLAIN = new Delivery(Duration.ZERO, null, Map.of(), false, 0, null);

    Delivery head(Duration time) {
      return new Delivery(time, status, headers, gzip, chunk, tokensPerSecond);
    }

    Delivery status(int other) {
      return new Delivery(head, other, headers, gzip, chunk, tokensPerSecond);
    }

    Delivery headers(Map<String, String> other) {
      return new Delivery(head, status, other, gzip, chunk, tokensPerSecond);
    }

    Delivery gzipped() {
      return new Delivery(head, status, headers, true, chunk, tokensPerSecond);
    }

    Delivery chunk(int bytes) {
      return new Delivery(head, status, headers, gzip, bytes, tokensPerSecond);
    }

    Delivery tokensPerSecond(int pace) {
      return new Delivery(head, status, headers, gzip, chunk, pace);
    }
  }
}
