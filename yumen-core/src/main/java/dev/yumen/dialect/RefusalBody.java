package dev.yumen.dialect;

import dev.yumen.exchange.Answer;
import dev.yumen.exchange.Arrival;
import dev.yumen.exchange.Headers;
import dev.yumen.exchange.Reason;
import dev.yumen.exchange.Refusal;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Refusals in the two shapes callers know: Anthropic's, and OpenAI's where they speak that. */
final class RefusalBody {
  private static final JsonMapper JSON = JsonMapper.shared();

  private RefusalBody() {}

  static Answer.Whole of(Arrival arrival, Refusal refusal) {
    Reason reason = refusal.reason();
    ObjectNode body = speaksOpenAi(arrival) ? openAi(refusal) : anthropic(refusal, arrival.id());
    var headers =
        new Headers.Builder()
            .add("content-type", "application/json")
            .add("x-should-retry", Boolean.toString(reason.retry()))
            .add("yumen-reason", reason.code());
    if (refusal.retryAfterSeconds() > 0) {
      headers.add("retry-after", Integer.toString(refusal.retryAfterSeconds()));
    }
    if (reason.status() == 401) {
      headers.add("www-authenticate", "Bearer realm=\"yumen\"");
    }
    return new Answer.Whole(reason.status(), headers.build(), JSON.writeValueAsBytes(body));
  }

  static byte[] event(Refusal refusal, String id) {
    String data = JSON.writeValueAsString(anthropic(refusal, id));
    return ("event: error\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
  }

  private static ObjectNode anthropic(Refusal refusal, String id) {
    ObjectNode body = JSON.createObjectNode().put("type", "error");
    ObjectNode error = body.putObject("error");
    error.put("type", refusal.reason().type()).put("message", refusal.detail());
    error.putObject("details").put("error_code", refusal.reason().code());
    return body.put("request_id", id);
  }

  private static ObjectNode openAi(Refusal refusal) {
    ObjectNode body = JSON.createObjectNode();
    ObjectNode error = body.putObject("error");
    error.put("message", refusal.detail()).put("type", refusal.reason().type());
    error.putNull("param").put("code", refusal.reason().code());
    return body;
  }

  /** The OpenAI-compatible path, and the path both share when no Anthropic version is named. */
  private static boolean speaksOpenAi(Arrival arrival) {
    String path = Target.withoutAlias(arrival.path());
    boolean models = path.equals("/v1/models") || path.startsWith("/v1/models/");
    return path.startsWith("/v1/chat/") || (models && !arrival.headers().has("anthropic-version"));
  }
}
