package dev.yumen.server.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/**
 * The questions clients ask to see whether anybody is there: {@code HEAD} or {@code GET /api/hello}
 * and {@code HEAD /}, without a credential. They are answered at the door and leave no trace.
 */
final class Probes {
  private Probes() {}

  /** Answers a probe; false when the request is none. */
  static boolean answer(HttpServerRequest request) {
    boolean head = HttpMethod.HEAD.equals(request.method());
    boolean get = HttpMethod.GET.equals(request.method());
    String path = request.path();
    boolean hello = "/api/hello".equals(path) && (head || get);
    boolean root = "/".equals(path) && (head || get);
    if (!hello && !root) {
      return false;
    }
    request.response().putHeader("content-type", "application/json");
    if (get) {
      request.response().end("{\"message\":\"hello\"}");
    } else {
      request.response().end();
    }
    return true;
  }
}
