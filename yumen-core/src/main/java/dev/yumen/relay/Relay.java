package dev.yumen.relay;

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
import org.jspecify.annotations.Nullable;

/**
 * Brings an answer to the caller. Thread-safe; one instance serves all exchanges.
 *
 * @param ping silence of a provider after which a stream of events gets a ping
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
   * Sends the answer and blocks the calling virtual thread until it has ended, however it ended.
   *
   * @param began when the exchange began, by the relay's clock
   * @param farewell renders the event with which an interrupted stream ends
   * @throws Refused when the provider failed before anything was sent, so that a proper error can
   *     still be answered
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
      throws Refused {
    return switch (answer) {
      case Answer.Whole whole -> whole(whole, meter, id, began, reply);
      case Answer.Flowing flowing -> {
        boolean compressed = isGzip(flowing.headers()) && isEvents(prompt, flowing);
        Headers head = AnswerHeaders.forCaller(flowing.status(), flowing.headers(), id);
        var pump =
            new Pump(
                this,
                provider.timeouts().idle(),
                flowing,
                isEvents(prompt, flowing) ? new Events(meter, longest) : new Bytes(),
                compressed ? new Inflation() : null,
                head(head, flowing, isEvents(prompt, flowing), compressed),
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

  private Delivery whole(Answer.Whole answer, Meter meter, String id, long began, Reply reply)
      throws Refused {
    Headers head = AnswerHeaders.forCaller(answer.status(), answer.headers(), id);
    byte[] body = answer.body();
    if (isGzip(answer.headers())) {
      try {
        body = Inflation.whole(body, longest);
        head = head.without("content-encoding"::equalsIgnoreCase);
      } catch (DataFormatException | Overlong e) {
        throw new Refused(Reason.PROVIDER_BROKEN, "The provider's answer was damaged. Try again.");
      }
    }
    if (answer.status() == 200) {
      meter.body(body);
    }
    long firstByte = nanos.getAsLong() - began;
    reply.send(answer.status(), head, body);
    return new Delivery(
        answer.status(),
        reply.gone() ? Ending.CALLER : Ending.COMPLETE,
        body.length,
        0,
        meter.usage(),
        meter.model(),
        answer.headers().first("request-id"),
        firstByte);
  }

  /** A stream of the Messages API, which the gateway understands event by event. */
  private static boolean isEvents(Prompt prompt, Answer answer) {
    String type = answer.headers().first("content-type");
    return prompt.endpoint() == Endpoint.MESSAGES
        && answer.status() == 200
        && type != null
        && type.toLowerCase(Locale.ROOT).startsWith("text/event-stream");
  }

  private static boolean isGzip(Headers headers) {
    String coding = headers.first("content-encoding");
    return coding != null && coding.strip().equalsIgnoreCase("gzip");
  }

  private static Headers head(
      Headers head, Answer.Flowing answer, boolean events, boolean compressed) {
    @Nullable String length = answer.headers().first("content-length");
    Headers result = compressed ? head.without("content-encoding"::equalsIgnoreCase) : head;
    if (events) {
      // nginx holds responses back unless told not to; the field stays at the first proxy.
      return result.with("x-accel-buffering", "no");
    }
    return length == null ? result : result.and("content-length", length);
  }
}
