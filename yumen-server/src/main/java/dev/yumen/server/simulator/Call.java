package dev.yumen.server.simulator;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request with its body whole.
 *
 * @param id the name of the exchange
 * @param method in capitals
 * @param path percent-encoded
 * @param query parameters, decoded; the first of each name
 * @param headers by name in lower case; several of one name are joined with commas
 */
record Call(
    String id,
    String method,
    String path,
    Map<String, String> query,
    Map<String, String> headers,
    Body body) {

  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /**
   * The body of a request.
   *
   * @param bytes as they came
   * @param json what they say; null when they are no JSON
   * @param flaw why they are no JSON; null when they are
   */
  record Body(byte[] bytes, @Nullable JsonNode json, @Nullable String flaw) {
    static Body of(byte[] bytes) {
      try {
        return new Body(bytes, Json.read(bytes), null);
      } catch (JacksonException e) {
        return new Body(bytes, null, e.getOriginalMessage());
      }
    }

    /** The body as an object. */
    ObjectNode object() throws Failed {
      if (json instanceof ObjectNode object) {
        return object;
      }
      throw new Failed(
          Failure.invalid(
              flaw == null || bytes.length == 0
                  ? "Input should be a valid dictionary"
                  : "The request body is not valid JSON: " + flaw));
    }
  }

  /** Ends a call with an error. */
  @SuppressWarnings("serial") // it is caught where it is thrown, in one process
  static final class Failed extends Exception {
    private final Failure failure;

    Failed(Failure failure) {
      super(failure.message(), null, false, false);
      this.failure = failure;
    }

    Failure failure() {
      return failure;
    }
  }
}
