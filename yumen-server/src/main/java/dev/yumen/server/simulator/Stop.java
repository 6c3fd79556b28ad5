package dev.yumen.server.simulator;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Why the model stopped. */
record Stop(String reason, @Nullable String sequence, @Nullable ObjectNode details) {
  static final Stop END_TURN = new Stop("end_turn");
  static final Stop TOOL_USE = new Stop("tool_use");
  static final Stop MAX_TOKENS = new Stop("max_tokens");

  Stop(String reason) {
    this(reason, null, null);
  }

  static Stop sequence(String sequence) {
    return new Stop("stop_sequence", sequence, null);
  }

  /** Sets the three members that a message, and the delta at the end of a stream, have. */
  void into(ObjectNode node) {
    node.put("stop_reason", reason);
    node.put("stop_sequence", sequence);
    if (details == null) {
      node.putNull("stop_details");
    } else {
      node.set("stop_details", details);
    }
  }
}
