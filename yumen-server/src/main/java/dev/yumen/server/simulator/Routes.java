package dev.yumen.server.simulator;

import dev.yumen.server.simulator.Call.Failed;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Which endpoint answers which path. */
final class Routes {
  private final Messages messages;
  private final Models models;

  Routes(Messages messages, Models models) {
    this.messages = messages;
    this.models = models;
  }

  /** Answers the call; an error is an answer too. */
  Outgoing answer(Call call) {
    try {
      if (isProbe(call)) {
        return Outgoing.json(Json.object().put("message", "hello"));
      }
      authenticate(call);
      return route(call);
    } catch (Failed e) {
      return Outgoing.failed(e.failure(), call.id());
    }
  }

  private Outgoing route(Call call) throws Failed {
    List<String> path = segments(call.path());
    if (path.size() < 2 || !path.getFirst().equals("v1")) {
      throw new Failed(Failure.of(404));
    }
    List<String> rest = path.subList(2, path.size());
    return switch (path.get(1)) {
      case "messages" -> messages(call, rest);
      case "models" -> models.answer(call, rest);
      default -> throw new Failed(Failure.of(404));
    };
  }

  private Outgoing messages(Call call, List<String> rest) throws Failed {
    if (rest.isEmpty()) {
      expect(call, "POST");
      return messages.create(call);
    }
    if (rest.equals(List.of("count_tokens"))) {
      expect(call, "POST");
      return messages.countTokens(call);
    }
    throw new Failed(Failure.of(404));
  }

  static void expect(Call call, String method) throws Failed {
    if (!call.method().equals(method)) {
      throw new Failed(new Failure(405, "invalid_request_error", "Method Not Allowed"));
    }
  }

  /** What clients ask without a credential to see whether anybody is there. */
  private static boolean isProbe(Call call) {
    boolean reads = call.method().equals("GET") || call.method().equals("HEAD");
    return reads && (call.path().equals("/") || call.path().equals("/api/hello"));
  }

  private static void authenticate(Call call) throws Failed {
    if (call.header("x-api-key").isBlank() && call.header("authorization").isBlank()) {
      throw new Failed(Failure.unauthenticated("x-api-key header is required"));
    }
  }

  private static List<String> segments(String path) {
    return List.of(path.substring(1).split("/", -1)).stream()
        .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8))
        .toList();
  }
}
