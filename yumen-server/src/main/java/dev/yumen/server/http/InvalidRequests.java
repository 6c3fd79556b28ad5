package dev.yumen.server.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpServerRequest;

/** Answers what is not HTTP in the shape callers know, and closes the connection. */
final class InvalidRequests {
  private InvalidRequests() {}

  static void answer(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    int status =
        cause instanceof TooLongHttpLineException
            ? 414
            : cause instanceof TooLongHttpHeaderException ? 431 : 400;
    String message =
        switch (status) {
          case 414 -> "The request line is too long.";
          case 431 -> "The header fields are too long.";
          default -> "The request is not valid HTTP.";
        };
    request
        .response()
        .setStatusCode(status)
        .putHeader("content-type", "application/json")
        .putHeader("connection", "close")
        .putHeader("x-should-retry", "false")
        .end(
            "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\""
                + message
                + "\"}}")
        .onComplete(_ -> request.connection().close());
  }
}
