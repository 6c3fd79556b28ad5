package dev.yumen.server.simulator;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a request costs: the tokens that came in, by how the prompt cache saw them.
 *
 * @param input neither read from the cache nor written to it
 * @param read from the cache
 * @param written5m to the cache, for five minutes
 * @param written1h to the cache, for an hour
 * @param tier the service tier that answered
 * @param override members that a script sets; null sets none
 */
record Usage(
    int input, int read, int written5m, int written1h, String tier, @Nullable ObjectNode override) {

  static Usage ofInput(int input) {
    return new Usage(input, 0, 0, 0, "standard", null);
  }

  Usage at(String otherTier) {
    return new Usage(input, read, written5m, written1h, otherTier, override);
  }

  Usage overriddenBy(@Nullable ObjectNode members) {
    return new Usage(input, read, written5m, written1h, tier, members);
  }

  /** As a message has it; also at the start of a stream, where little has come out yet. */
  ObjectNode whole(Output output) {
    var node = counts();
    node.putObject("cache_creation")
        .put("ephemeral_5m_input_tokens", written5m)
        .put("ephemeral_1h_input_tokens", written1h);
    node.put("output_tokens", output.tokens());
    output.details(node);
    return overridden(node.put("service_tier", tier).put("inference_geo", "not_available"));
  }

  /** As the delta at the end of a stream has it: totals of the whole message. */
  ObjectNode atEnd(Output output) {
    var node = counts().put("output_tokens", output.tokens());
    output.details(node);
    return overridden(node);
  }

  private ObjectNode counts() {
    return Json.object()
        .put("input_tokens", input)
        .put("cache_creation_input_tokens", written5m + written1h)
        .put("cache_read_input_tokens", read);
  }

  private ObjectNode overridden(ObjectNode node) {
    if (override != null) {
      node.setAll(override);
    }
    return node;
  }

  /** What came out: tokens in all, those of them that were thinking, searches of the provider. */
  record Output(int tokens, int thinking, int searches) {
    private void details(ObjectNode node) {
      if (thinking > 0) {
        node.putObject("output_tokens_details").put("thinking_tokens", thinking);
      }
      if (searches > 0) {
        node.putObject("server_tool_use")
            .put("web_search_requests", searches)
            .put("web_fetch_requests", 0);
      }
    }
  }
}
