package dev.yumen.server.simulator;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Takes requests off the socket, whole, and puts responses on it with the usual headers. */
final class Requests {
  /** In bytes, as the Messages API has it. */
  static final int LONGEST_BODY = 32 * 1024 * 1024;

  /** Bodies longer than this are read beside the event loop. */
  private static final int QUICKLY_READ = 256 * 1024;

  private static final String ORGANIZATION = "00000000-0000-4000-8000-000000000000";

  private final Vertx vertx;
  private final Function<Call, Future<Outgoing>> answers;
  private final Ids ids;
  private final LongSupplier nanos;

  Requests(Vertx vertx, Function<Call, Future<Outgoing>> answers, Ids ids, LongSupplier nanos) {
    this.vertx = vertx;
    this.answers = answers;
    this.ids = ids;
    this.nanos = nanos;
  }

  /** Serves one request. On the event loop. */
  void take(HttpServerRequest request) {
    String id = ids.request();
    var body = Buffer.buffer();
    request.exceptionHandler(_ -> {});
    request.endHandler(_ ->
        read(body.getBytes())
            .compose(read -> answers.apply(call(request, id, read)))
            .onSuccess(outgoing -> respond(request, id, outgoing))
            .onFailure(_ -> respond(request, id, Outgoing.failed(Failure.of(500), id))));
    request.handler(more -> {
      body.appendBuffer(more);
      if (body.length() > LONGEST_BODY) {
        request.handler(_ -> {}).endHandler(_ -> {});
        respond(request, id, Outgoing.failed(Failure.tooLarge(), id));
      }
    });
  }

  private Future<Call.Body> read(byte[] bytes) {
    return bytes.length <= QUICKLY_READ
        ? Future.succeededFuture(Call.Body.of(bytes))
        : vertx
            .executeBlocking(() -> Call.Body.of(bytes))
            .map(read -> Objects.requireNonNull(read));
  }

  private void respond(HttpServerRequest request, String id, Outgoing outgoing) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("server", "yumen-simulator");
    headers.put("request-id", id);
    headers.put("anthropic-organization-id", ORGANIZATION);
    Playback.play(vertx, request, headers, outgoing, nanos);
  }

  private static Call call(HttpServerRequest request, String id, Call.Body body) {
    var headers = new LinkedHashMap<String, String>();
    request
        .headers()
        .forEach((name, value) ->
            headers.merge(name.toLowerCase(Locale.ROOT), value, (one, two) -> one + "," + two));
    Map<String, String> query = new LinkedHashMap<>();
    request.params().forEach(query::putIfAbsent);
    String path = request.path();
    return new Call(id, request.method().name(), path == null ? "/" : path, query, headers, body);
  }
}
