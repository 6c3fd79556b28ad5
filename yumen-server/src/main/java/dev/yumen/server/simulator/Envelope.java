package dev.yumen.server.simulator;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What surrounds the content of a message.
 *
 * @param model as the caller named it
 * @param id of the message
 * @param requestId of the exchange
 * @param usage what came in
 */
record Envelope(String model, String id, String requestId, Usage usage) {

  /** The message with content still empty, members in the API's order. */
  ObjectNode message(@Nullable Stop stop) {
    var message =
        Json.object()
            .put("model", model)
            .put("id", id)
            .put("type", "message")
            .put("role", "assistant");
    message.putArray("content");
    if (stop == null) {
      message.putNull("stop_reason").putNull("stop_sequence").putNull("stop_details");
    } else {
      stop.into(message);
    }
    return message;
  }
}
