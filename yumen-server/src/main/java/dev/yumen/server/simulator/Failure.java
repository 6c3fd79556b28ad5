package dev.yumen.server.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * An error in the provider's own form.
 *
 * @param status of the response, when no byte of it has been sent yet
 * @param type the error's type in the API
 * @param message for people
 * @param shape how the body looks
 * @param headers added to the response, for instance {@code retry-after}
 */
record Failure(int status, String type, String message, Shape shape, Map<String, String> headers) {

  /** How the body of an error looks. */
  enum Shape {
    /** As the API writes it, with a type at the top and the request's id. */
    API,
    /** As the edge before the API writes it: neither type at the top nor id. */
    EDGE,
    /** A page of some proxy in between. */
    HTML
  }

  Failure(int status, String type, String message) {
    this(status, type, message, Shape.API, Map.of());
  }

  static Failure invalid(String message) {
    return new Failure(400, "invalid_request_error", message);
  }

  static Failure notFound(String message) {
    return new Failure(404, "not_found_error", message);
  }

  static Failure unauthenticated(String message) {
    return new Failure(401, "authentication_error", message);
  }

  static Failure tooLarge() {
    return new Failure(
        413, "request_too_large", "Request exceeds the maximum allowed number of bytes.");
  }

  static Failure overloaded() {
    return of(529);
  }

  /** The error that the API gives with this status. */
  static Failure of(int status) {
    return switch (status) {
      case 401 -> unauthenticated("invalid x-api-key");
      case 402 -> new Failure(status, "billing_error", "Your credit balance is too low.");
      case 403 ->
          new Failure(
              status,
              "permission_error",
              "Your API key does not have permission to use the specified resource.");
      case 404 -> notFound("The requested resource could not be found.");
      case 409 -> new Failure(status, "conflict_error", "The resource was changed meanwhile.");
      case 413 -> tooLarge();
      case 429 ->
          new Failure(
              status,
              "rate_limit_error",
              "This request would exceed your organization's rate limit. Please try again later.",
              Shape.API,
              Map.of("retry-after", "1"));
      case 500 -> new Failure(status, "api_error", "Internal server error");
      case 504 -> new Failure(status, "timeout_error", "The request timed out.");
      case 529 -> new Failure(status, "overloaded_error", "Overloaded");
      default ->
          status >= 500
              ? new Failure(status, "api_error", "Simulated error " + status)
              : new Failure(status, "invalid_request_error", "Simulated error " + status);
    };
  }

  /** The status whose error has this type; 500 for an unknown one. */
  static int statusOf(String type) {
    return switch (type) {
      case "invalid_request_error" -> 400;
      case "authentication_error" -> 401;
      case "billing_error" -> 402;
      case "permission_error", "forbidden" -> 403;
      case "not_found_error" -> 404;
      case "conflict_error" -> 409;
      case "request_too_large" -> 413;
      case "rate_limit_error" -> 429;
      case "timeout_error" -> 504;
      case "overloaded_error" -> 529;
      default -> 500;
    };
  }

  Failure with(Shape other) {
    return new Failure(status, type, message, other, headers);
  }

  Failure with(Map<String, String> other) {
    return new Failure(status, type, message, shape, other);
  }

  String contentType() {
    return shape == Shape.HTML ? "text/html; charset=UTF-8" : "application/json";
  }

  byte[] body(String requestId) {
    return switch (shape) {
      case API -> Json.bytes(node(requestId));
      case EDGE -> Json.bytes(Json.object().set("error", error(Json.object())));
      case HTML ->
          "<html><head><title>%1$d %2$s</title></head><body><h1>%1$d</h1>%2$s</body></html>"
              .formatted(status, message)
              .getBytes(StandardCharsets.UTF_8);
    };
  }

  /** The error as an event, a batch result or a body of the API. */
  ObjectNode node(String requestId) {
    return Json.typed("error")
        .set("error", error(Json.object().putNull("details")))
        .put("request_id", requestId);
  }

  private ObjectNode error(ObjectNode begun) {
    return begun.put("type", type).put("message", message);
  }
}
