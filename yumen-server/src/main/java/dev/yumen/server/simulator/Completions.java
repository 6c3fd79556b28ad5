package dev.yumen.server.simulator;

import dev.yumen.server.simulator.Call.Failed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /v1/complete}, the old text completions. Behaviours and scripts do not apply. */
final class Completions {
  private final Ids ids;

  Completions(Ids ids) {
    this.ids = ids;
  }

  Outgoing create(Call call) throws Failed {
    ObjectNode body = call.body().object();
    for (String name : List.of("model", "prompt", "max_tokens_to_sample")) {
      if (!body.has(name)) {
        throw new Failed(Failure.invalid(name + ": Field required"));
      }
    }
    String id = ids.completion();
    String text = text(body);
    if (!body.path("stream").asBoolean(false)) {
      return Outgoing.json(completion(body, id, text, "stop_sequence"));
    }
    Stream<ObjectNode> events =
        Stream.concat(
            Tokens.of(text).map(piece -> completion(body, id, piece, null)),
            Stream.of(completion(body, id, "", "stop_sequence")));
    return new Outgoing(
        200,
        Map.of("content-type", "text/event-stream; charset=utf-8", "cache-control", "no-cache"),
        -1,
        events
            .<Act>map(event ->
                new Act.Send(
                    ("event: completion\ndata: " + Json.text(event) + "\n\n")
                        .getBytes(StandardCharsets.UTF_8)))
            .iterator(),
        Answer.Delivery.PLAIN);
  }

  private static String text(JsonNode body) {
    String prompt = Json.string(body, "prompt");
    int human = prompt.lastIndexOf("\n\nHuman:");
    String last = human < 0 ? prompt : prompt.substring(human + "\n\nHuman:".length());
    int assistant = last.indexOf("\n\nAssistant:");
    last = assistant < 0 ? last : last.substring(0, assistant);
    int most = body.path("max_tokens_to_sample").asInt(Integer.MAX_VALUE);
    return Tokens.first(" You wrote: “" + last.strip() + "”", most);
  }

  private static ObjectNode completion(
      JsonNode body, String id, String text, @Nullable String stop) {
    return Json.typed("completion")
        .put("id", id)
        .put("completion", text)
        .put("stop_reason", stop)
        .put("model", Json.string(body, "model"))
        .put("stop", stop == null ? null : "\n\nHuman:")
        .put("log_id", id);
  }
}
