package dev.yumen.dialect;

import dev.yumen.exchange.Abandoned;
import dev.yumen.exchange.Answer;
import dev.yumen.exchange.Arrival;
import dev.yumen.exchange.Endpoint;
import dev.yumen.exchange.Meter;
import dev.yumen.exchange.Prompt;
import dev.yumen.exchange.Prompt.Content;
import dev.yumen.exchange.Reason;
import dev.yumen.exchange.Refusal;
import dev.yumen.exchange.Refused;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How callers speak: Claude's Messages API and what surrounds it below {@code /v1/}. Bodies stay
 * bytes; what is needed is looked up in them. Stateless and thread-safe.
 *
 * @param body longest body that is held, in bytes, before and after decoding
 * @param batch longest body of a batch, in bytes
 * @param file longest body that flows, in bytes
 * @param passUnknown whether {@code /v1/…} paths the gateway does not know go to a provider
 */
public record Dialect(long body, long batch, long file, boolean passUnknown) {

  /**
   * Reads what is asked; blocks until the body is there when the endpoint needs it.
   *
   * @throws Refused when path, method or body are not what the API takes
   * @throws Abandoned when the caller hung up or the gateway shuts down
   */
  public Prompt read(Arrival arrival) throws Refused, Abandoned {
    Target target = Target.of(arrival.method(), arrival.path());
    return switch (target.endpoint()) {
      case MESSAGES, COUNT_TOKENS, COMPLETE, CHAT_COMPLETIONS -> {
        byte[] bytes = take(arrival, body);
        yield held(arrival, target, bytes, BodyFields.ofQuestion(bytes));
      }
      case BATCH_CREATE -> {
        byte[] bytes = take(arrival, batch);
        yield held(arrival, target, bytes, BodyFields.ofBatch(bytes));
      }
      case MODELS, MODEL, BATCH_RESULTS -> prompt(arrival, target, new Content.None());
      case BATCHES, FILES -> flowing(arrival, target);
      case OTHER -> {
        if (!passUnknown) {
          throw new Refused(
              Reason.PATH_UNKNOWN,
              "This gateway does not serve this path. Ask its operator to set unknown-paths to"
                  + " pass if you need it.");
        }
        yield flowing(arrival, target);
      }
    };
  }

  /** What counts the answer to a prompt. */
  public Meter meter(Prompt prompt) {
    return prompt.endpoint() == Endpoint.MESSAGES ? new MessagesMeter() : new NoMeter();
  }

  /**
   * The answer as the caller must see it: links into the provider become links into the gateway, a
   * model takes the shape that the caller knows, all else stays as it is.
   *
   * @param origin see {@link Arrival#origin()}
   */
  public Answer localise(Prompt prompt, Answer answer, String origin) {
    if (!(answer instanceof Answer.Whole whole)) {
      return answer;
    }
    return switch (prompt.endpoint()) {
      case BATCH_CREATE, BATCHES ->
          new Answer.Whole(
              whole.status(), whole.headers(), BatchLinks.localise(whole.body(), origin));
      case MODEL -> ModelList.one(prompt, whole);
      default -> answer;
    };
  }

  /** A refusal in the caller's own shape. */
  public Answer.Whole refuse(Arrival arrival, Refusal refusal) {
    return RefusalBody.of(arrival, refusal);
  }

  /** What a stream that cannot go on ends with: one error event, its blank line included. */
  public byte[] farewell(Refusal refusal, String id) {
    return RefusalBody.event(refusal, id);
  }

  private static byte[] take(Arrival arrival, long limit) throws Refused, Abandoned {
    byte[] bytes = arrival.body().read(limit);
    var codings = arrival.headers().all("content-encoding");
    return ContentCoding.decode(bytes, String.join(",", codings), limit);
  }

  private static Prompt held(Arrival arrival, Target target, byte[] bytes, BodyFields fields) {
    return new Prompt(
        target.endpoint(),
        arrival.method(),
        withQuery(target, arrival.query()),
        arrival.headers().without("content-encoding"::equalsIgnoreCase),
        new Content.Held(bytes),
        fields.models(),
        fields.streaming());
  }

  private Prompt flowing(Arrival arrival, Target target) throws Refused {
    long length = arrival.body().length();
    if (length > file) {
      throw new Refused(
          Reason.BODY_TOO_LARGE, "The body is longer than " + file + " bytes. Send less.");
    }
    return prompt(
        arrival,
        target,
        length == 0 ? new Content.None() : new Content.Flowing(arrival.body(), file));
  }

  private static Prompt prompt(Arrival arrival, Target target, Content content) {
    Set<String> models = target.model() == null ? Set.of() : Set.of(target.model());
    return new Prompt(
        target.endpoint(),
        arrival.method(),
        withQuery(target, arrival.query()),
        arrival.headers(),
        content,
        models,
        false);
  }

  private static String withQuery(Target target, @Nullable String query) {
    return query == null ? target.path() : target.path() + "?" + query;
  }
}
