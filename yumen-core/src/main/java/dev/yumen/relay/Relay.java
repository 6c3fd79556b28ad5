package dev.yumen.relay;

import dev.yumen.exchange.Abandoned;
import dev.yumen.exchange.Answer;
import dev.yumen.exchange.Delivery;
import dev.yumen.exchange.Delivery.Ending;
import dev.yumen.exchange.Endpoint;
import dev.yumen.exchange.Headers;
import dev.yumen.exchange.Meter;
import dev.yumen.exchange.Prompt;
import dev.yumen.exchange.Provider;
import dev.yumen.exchange.Reason;
import dev.yumen.exchange.Refusal;
import dev.yumen.exchange.Refused;
import dev.yumen.exchange.Reply;
import dev.yumen.relay.Passage.Overlong;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.zip.DataFormatException;

/**
 * Brings an answer to the caller. Thread-safe; one instance serves all exchanges.
 *
 * @param ping silence of a provider after which a stream of events gets a ping, and after which one
 *     that has said its last word is not waited for
 * @param stuck time after which a caller that takes nothing is cut off
 * @param longest longest event, and longest decoded body, in bytes
 * @param nanos a monotonic clock in nanoseconds
 */
public record Relay(Duration ping, Duration stuck, int longest, LongSupplier nanos) {

  /** What a ping looks like on the wire, as the Messages API sends it. */
  static final byte[] PING =
      "event: ping\ndata: {\"type\": \"ping\"}\n\n"
          .getBytes(java.nio.charset.StandardCharsets.UTF_8);

  /**
   * Returns an answer that came whole without its compression: answers that are read are asked for
   * plainly, and some providers compress all the same.
   *
   * @throws Refused with {@code PROVIDER_BROKEN} when it cannot be decoded
   */
  public Answer plain(Answer answer) throws Refused {
    if (!(answer instanceof Answer.Whole(int status, Headers headers, byte[] body))
        || body.length == 0
        || Coding.of(headers) != Coding.GZIP) {
      return answer;
    }
    try {
      return new Answer.Whole(status, decoded(headers), Inflation.whole(body, longest));
    } catch (DataFormatException | Overlong e) {
      throw new Refused(Reason.PROVIDER_BROKEN, "The provider's answer was damaged. Try again.");
    }
  }

  /**
   * Sends the answer and blocks the calling virtual thread until it has ended, however it ended.
   *
   * @param began when the exchange began, by the relay's clock
   * @param farewell renders the event with which an interrupted stream ends
   * @throws Refused when the provider failed before anything was sent, so that a proper error can
   *     still be answered
   * @throws Abandoned when the caller hung up before anything was sent
   */
  public Delivery send(
      Prompt prompt,
      Provider provider,
      Answer answer,
      Meter meter,
      String id,
      long began,
      Reply reply,
      Function<Refusal, byte[]> farewell)
      throws Refused, Abandoned {
    Headers head = AnswerHeaders.forCaller(answer.status(), answer.headers(), id);
    return switch (answer) {
      case Answer.Whole whole -> whole(whole, head, meter, began, reply);
      case Answer.Flowing flowing -> {
        Coding coding = Coding.of(flowing.headers());
        boolean events = isEvents(prompt, flowing) && coding != Coding.OTHER;
        boolean compressed = events && coding == Coding.GZIP;
        var pump =
            new Pump(
                this,
                provider.timeouts().idle(),
                flowing,
                events ? new Events(meter, longest) : new Bytes(),
                compressed ? new Inflation() : null,
                flowingHead(compressed ? decoded(head) : head, flowing, events),
                meter,
                began,
                reply,
                farewell);
        yield pump.run();
      }
    };
  }

  /** Sends an answer the gateway made itself. */
  public static void own(Answer.Whole answer, String id, Reply reply) {
    reply.send(answer.status(), AnswerHeaders.own(answer.headers(), id), answer.body());
  }

  private Delivery whole(Answer.Whole answer, Headers head, Meter meter, long began, Reply reply) {
    if (answer.status() == 200) {
      meter.body(answer.body());
    }
    long firstByte = nanos.getAsLong() - began;
    reply.send(answer.status(), head, answer.body());
    return new Delivery(
        answer.status(),
        reply.gone() ? Ending.CALLER : Ending.COMPLETE,
        answer.body().length,
        0,
        meter.usage(),
        meter.model(),
        answer.headers().first("request-id"),
        firstByte);
  }

  /** A stream of the Messages API, which the gateway understands event by event. */
  private static boolean isEvents(Prompt prompt, Answer answer) {
    return prompt.endpoint() == Endpoint.MESSAGES
        && answer.status() == 200
        && isEventStream(answer.headers());
  }

  private static boolean isEventStream(Headers headers) {
    String type = headers.first("content-type");
    return type != null && type.toLowerCase(Locale.ROOT).startsWith("text/event-stream");
  }

  /** How an answer is compressed, as far as it can be undone here. */
  private enum Coding {
    NONE,
    GZIP,
    OTHER;

    static Coding of(Headers headers) {
      String names = String.join(",", headers.all("content-encoding")).toLowerCase(Locale.ROOT);
      return switch (names.strip()) {
        case "", "identity" -> NONE;
        case "gzip", "x-gzip" -> GZIP;
        default -> OTHER;
      };
    }
  }

  private static Headers decoded(Headers headers) {
    return headers.without("content-encoding"::equalsIgnoreCase);
  }

  private static Headers flowingHead(Headers head, Answer answer, boolean events) {
    if (isEventStream(head)) {
      // nginx holds responses back unless told not to; the field stays at the first proxy.
      head = head.with("x-accel-buffering", "no");
    }
    String length = answer.headers().first("content-length");
    return events || length == null ? head : head.and("content-length", length);
  }
}
