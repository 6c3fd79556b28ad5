package dev.yumen.server.simulator;

import dev.yumen.server.simulator.Answer.Delivery;
import dev.yumen.server.simulator.Answer.Failed;
import dev.yumen.server.simulator.Answer.Message;
import dev.yumen.server.simulator.Answer.Verbatim;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /v1/messages}, its counting sister, and the same request in a batch. */
final class Messages {
  private final Responder responder;
  private final PromptCache cache;
  private final RateLimits limits;
  private final Ids ids;
  private final RandomGenerator random;
  private final int tokensPerSecond;

  Messages(
      Responder responder,
      PromptCache cache,
      RateLimits limits,
      Ids ids,
      RandomGenerator random,
      int tokensPerSecond) {
    this.responder = responder;
    this.cache = cache;
    this.limits = limits;
    this.ids = ids;
    this.random = random;
    this.tokensPerSecond = tokensPerSecond;
  }

  Outgoing countTokens(Call call) throws Call.Failed {
    ObjectNode body = call.body().object();
    Validation.count(body, call.header("anthropic-version"));
    return Outgoing.json(Json.object().put("input_tokens", new MessageRequest(body).tokens()));
  }

  Outgoing create(Call call) throws Call.Failed {
    ObjectNode body = call.body().object();
    Validation.create(body, call.header("anthropic-version"));
    var request = new MessageRequest(body);
    Answer answer = responder.answer(request);
    Delivery delivery = answer.delivery();
    Duration perToken = perToken(delivery);
    return switch (answer.content()) {
      case Failed failed -> Outgoing.failed(failed.failure(), call.id()).sent(delivery);
      case Verbatim verbatim -> verbatim(verbatim, perToken).sent(delivery);
      case Message message -> {
        var envelope = envelope(request, message, call, "standard");
        yield request.stream()
            ? stream(message, envelope, perToken).sent(delivery)
            : whole(MessageForm.of(message, envelope, ids, perToken), call, delivery);
      }
    };
  }

  /** The result of a request in a batch: a message that has ended, or an error. */
  ObjectNode inBatch(JsonNode params, Call call) {
    try {
      Validation.create(params, call.header("anthropic-version"));
    } catch (Call.Failed e) {
      return errored(e.failure(), call);
    }
    var request = new MessageRequest(params);
    return switch (responder.answer(request).content()) {
      case Failed failed -> errored(failed.failure(), call);
      case Verbatim _ -> errored(Failure.of(500), call);
      case Message message -> {
        var envelope = envelope(request, message, call, "batch");
        var finished = MessageForm.of(message, envelope, ids, Duration.ZERO);
        yield finished.ending() == null
            ? Json.typed("succeeded").set("message", finished.message())
            : errored(failure(finished.ending()), call);
      }
    };
  }

  private static ObjectNode errored(Failure failure, Call call) {
    return Json.typed("errored").set("error", failure.node(call.id()));
  }

  private static Failure failure(Step ending) {
    return ending instanceof Step.Fail fail ? fail.failure() : Failure.of(500);
  }

  private Envelope envelope(MessageRequest request, Message message, Call call, String tier) {
    Usage usage = cache.usage(request).at(tier).overriddenBy(message.usage());
    return new Envelope(request.model(), ids.message(), call.id(), usage);
  }

  private Outgoing stream(Message message, Envelope envelope, Duration perToken) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("content-type", "text/event-stream; charset=utf-8");
    headers.put("cache-control", "no-cache");
    limits.into(headers);
    Iterator<Act> acts = new StreamForm(message, envelope, ids, random, perToken);
    return new Outgoing(200, headers, -1, acts, Delivery.PLAIN);
  }

  private Outgoing whole(MessageForm.Finished finished, Call call, Delivery delivery) {
    var later = delivery.head(delivery.head().plus(finished.time()));
    Step ending = finished.ending();
    if (ending instanceof Step.Fail fail) {
      return Outgoing.failed(fail.failure(), call.id()).sent(later);
    }
    var headers = new LinkedHashMap<String, String>();
    headers.put("content-type", "application/json");
    limits.into(headers);
    byte[] body = Json.bytes(finished.message());
    if (ending == null) {
      return new Outgoing(200, headers, body.length, Outgoing.once(body), Delivery.PLAIN)
          .sent(later);
    }
    var half = new Act.Send(Arrays.copyOf(body, body.length / 2));
    List<Act> acts = ending instanceof Step.Cut ? List.of(half, new Act.Cut()) : List.of(half);
    return new Outgoing(200, headers, -1, acts.iterator(), Delivery.PLAIN).sent(later);
  }

  /** Recorded streams keep the pace too, an event for a token. */
  private static Outgoing verbatim(Verbatim verbatim, Duration perToken) {
    if (perToken.isZero() || !verbatim.contentType().startsWith("text/event-stream")) {
      return Outgoing.of(200, verbatim.contentType(), verbatim.body());
    }
    var whole = Outgoing.of(200, verbatim.contentType(), verbatim.body());
    return new Outgoing(
        200, whole.headers(), -1, new PacedFrames(verbatim.body(), perToken), Delivery.PLAIN);
  }

  private Duration perToken(Delivery delivery) {
    Integer own = delivery.tokensPerSecond();
    int pace = own == null ? tokensPerSecond : own;
    return pace == 0 ? Duration.ZERO : Duration.ofSeconds(1).dividedBy(pace);
  }
}
