package dev.yumen.server.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/**
 * Answers what is not HTTP, or asks for what no URL can name, in the shape callers know, and closes
 * the connection: what follows could be read in more than one way.
 */
final class InvalidRequests {
  private final Ids ids;

  InvalidRequests(Ids ids) {
    this.ids = ids;
  }

  /** Answers what the decoder refused. */
  void answer(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    if (cause instanceof TooLongHttpLineException) {
      answer(request, 414, "The request line is too long.");
    } else if (cause instanceof TooLongHttpHeaderException) {
      answer(request, 431, "The header fields are too long.");
    } else {
      answer(request, 400, "The request is not valid HTTP.");
    }
  }

  /**
   * Answers a request whose target is no path of printable ASCII, and returns true; false when the
   * target is well formed (RFC 9112 section 3.2, RFC 3986 appendix A).
   */
  boolean answerIfMalformed(HttpServerRequest request) {
    String target = request.uri();
    for (int i = 0; i < target.length(); i++) {
      char c = target.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '#') {
        answer(request, 400, "The request target holds characters that must be percent-encoded.");
        return true;
      }
    }
    return false;
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
