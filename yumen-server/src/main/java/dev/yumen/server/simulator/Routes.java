package dev.yumen.server.simulator;

import dev.yumen.server.simulator.Call.Failed;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which endpoint answers which path.
 *
 * @param messages {@code /v1/messages} and {@code /v1/messages/count_tokens}
 * @param batches {@code /v1/messages/batches}
 * @param models {@code /v1/models}
 * @param files {@code /v1/files}
 * @param completions {@code /v1/complete}
 */
record Routes(
    Messages messages,
    Batches batches,
    Models models,
    UploadedFiles files,
    Completions completions) {

  /** Answers the call; an error is an answer too. */
  Outgoing answer(Call call) {
    try {
      if (isProbe(call)) {
        return Outgoing.json(Json.object().put("message", "hello"));
      }
      authenticate(call);
      List<String> path = segments(call.path());
      if (path.size() < 2 || !path.getFirst().equals("v1")) {
        throw new Failed(Failure.of(404));
      }
      return route(call, path.get(1), path.subList(2, path.size()));
    } catch (Failed e) {
      return Outgoing.failed(e.failure(), call.id());
    }
  }

  private Outgoing route(Call call, String resource, List<String> rest) throws Failed {
    Validation.version(call);
    switch (resource) {
      case "messages" -> {
        if (rest.isEmpty()) {
          expect(call, "POST");
          return messages.create(call);
        }
        if (rest.equals(List.of("count_tokens"))) {
          expect(call, "POST");
          return messages.countTokens(call);
        }
        if (rest.getFirst().equals("batches")) {
          return batches.answer(call, rest.subList(1, rest.size()));
        }
      }
      case "models" -> {
        return models.answer(call, rest);
      }
      case "files" -> {
        return files.answer(call, rest);
      }
      case "complete" -> {
        if (rest.isEmpty()) {
          expect(call, "POST");
          return completions.create(call);
        }
      }
      default -> {}
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
    return Stream.of(path.substring(1).split("/", -1))
        .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8))
        .toList();
  }
}
