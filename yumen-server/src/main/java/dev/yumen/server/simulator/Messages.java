package dev.yumen.server.simulator;

import dev.yumen.server.simulator.Answer.Failed;
import dev.yumen.server.simulator.Answer.Message;
import dev.yumen.server.simulator.Answer.Verbatim;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** {@code POST /v1/messages} and its counting sister. */
final class Messages {
  private final Function<MessageRequest, Answer> answers;
  private final RateLimits limits;
  private final Ids ids;
  private final RandomGenerator random;
  private final int tokensPerSecond;

  Messages(
      Function<MessageRequest, Answer> answers,
      RateLimits limits,
      Ids ids,
      RandomGenerator random,
      int tokensPerSecond) {
    this.answers = answers;
    this.limits = limits;
    this.ids = ids;
    this.random = random;
    this.tokensPerSecond = tokensPerSecond;
  }

  Outgoing countTokens(Call call) throws Call.Failed {
    var request = new MessageRequest(call.body().object());
    return Outgoing.json(Json.object().put("input_tokens", request.tokens()));
  }

  Outgoing create(Call call) throws Call.Failed {
    var request = new MessageRequest(call.body().object());
    Answer answer = answers.apply(request);
    return switch (answer.content()) {
      case Failed failed -> Outgoing.failed(failed.failure(), call.id()).sent(answer.delivery());
      case Verbatim verbatim ->
          Outgoing.of(200, verbatim.contentType(), verbatim.body()).sent(answer.delivery());
      case Message message -> message(call, request, message, answer.delivery());
    };
  }

  private Outgoing message(
      Call call, MessageRequest request, Message message, Answer.Delivery delivery) {
    var envelope =
        new Envelope(request.model(), ids.message(), call.id(), Usage.ofInput(request.tokens()));
    Duration perToken = perToken(delivery);
    if (!request.stream()) {
      return whole(MessageForm.of(message, envelope, ids, perToken), call, delivery);
    }
    var headers = new LinkedHashMap<String, String>();
    headers.put("content-type", "text/event-stream; charset=utf-8");
    headers.put("cache-control", "no-cache");
    limits.into(headers);
    Iterator<Act> acts = new StreamForm(message, envelope, ids, random, perToken);
    return new Outgoing(200, headers, -1, acts, Answer.Delivery.PLAIN).sent(delivery);
  }

  private Outgoing whole(MessageForm.Finished finished, Call call, Answer.Delivery delivery) {
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
      return new Outgoing(200, headers, body.length, Outgoing.once(body), Answer.Delivery.PLAIN)
          .sent(later);
    }
    var half = new Act.Send(java.util.Arrays.copyOf(body, body.length / 2));
    List<Act> acts = ending instanceof Step.Cut ? List.of(half, new Act.Cut()) : List.of(half);
    return new Outgoing(200, headers, -1, acts.iterator(), Answer.Delivery.PLAIN).sent(later);
  }

  private Duration perToken(Answer.Delivery delivery) {
    Integer own = delivery.tokensPerSecond();
    int pace = own == null ? tokensPerSecond : own;
    return pace == 0 ? Duration.ZERO : Duration.ofSeconds(1).dividedBy(pace);
  }
}
