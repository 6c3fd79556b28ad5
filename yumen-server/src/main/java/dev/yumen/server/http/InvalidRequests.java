package dev.yumen.server.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/**
 * Answers what is not HTTP, or asks for what no URL can name, in the shape callers know, and closes
 * the connection: what follows could be read in more than one way.
 */
final class InvalidRequests {
  private final Ids ids;
  private final Connections connections;

  InvalidRequests(Ids ids, Connections connections) {
    this.ids = ids;
    this.connections = connections;
  }

  /** Answers what the decoder refused. */
  void answer(HttpServerRequest request) {
    if (!connections.answers(request.connection())) {
      request.connection().close();
      return;
    }
    Throwable cause = request.decoderResult().cause();
    if (cause instanceof TooLongHttpLineException) {
      answer(request, 414, "The request line is too long.");
    } else if (cause instanceof TooLongHttpHeaderException) {
      answer(request, 431, "The header fields are too long.");
    } else {
      answer(request, 400, "The request is not valid HTTP.");
    }
  }

  /** Answers a request that the decoder let pass but others may read differently. */
  boolean answerIfDoubtful(HttpServerRequest request) {
    String doubt = doubt(request);
    if (doubt != null) {
      answer(request, 400, doubt);
    }
    return doubt != null;
  }

  private static @Nullable String doubt(HttpServerRequest request) {
    String target = request.uri();
    for (int i = 0; i < target.length(); i++) {
      char c = target.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '#') {
        // RFC 3986 appendix A; a fragment is never sent (RFC 9112 section 3.2)
        return "The request target holds characters that must be percent-encoded.";
      }
    }
    if (request.version() == HttpVersion.HTTP_2) {
      return null;
    }
    var fields = request.headers();
    if (request.version() == HttpVersion.HTTP_1_1 && fields.getAll("host").size() != 1) {
      return "The request must have one Host field."; // RFC 9112 section 3.2
    }
    if (fields.contains("")) {
      return "A header field has no name."; // RFC 9112 section 5
    }
    if (fields.contains("transfer-encoding")
        && !(fields.getAll("transfer-encoding").size() == 1
            && "chunked".equalsIgnoreCase(fields.get("transfer-encoding")))) {
      return "The only transfer coding understood is chunked."; // RFC 9112 section 6.1
    }
    return null;
  }

  private void answer(HttpServerRequest request, int status, String message) {
    String id = ids.next();
    var response = request.response();
    response
        .setStatusCode(status)
        .putHeader("content-type", "application/json")
        .putHeader("x-should-retry", "false")
        .putHeader("request-id", id)
        .putHeader("yumen-request-id", id)
        .putHeader("yumen-origin", "gateway");
    boolean alone = request.version() != HttpVersion.HTTP_2;
    if (alone) {
      connections.last(request.connection());
      response.putHeader("connection", "close");
    }
    response
        .end(
            "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\""
                + message
                + "\"},\"request_id\":\""
                + id
                + "\"}")
        .onComplete(_ -> {
          if (alone) {
            request.connection().close();
          }
        });
  }
}
