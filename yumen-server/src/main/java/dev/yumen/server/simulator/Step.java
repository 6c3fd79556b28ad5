package dev.yumen.server.simulator;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One thing a model does while it answers. A list of steps describes an answer; {@link StreamForm}
 * and {@link MessageForm} turn the same list into a stream or into one JSON message.
 */
sealed interface Step {
  /**
   * Text in word-sized deltas. Continues the text block that is open, unless either has citations.
   */
  record Text(String text, List<ObjectNode> citations) implements Step {
    Text(String text) {
      this(text, List.of());
    }
  }

  /** Text in one delta for each repetition, without pace: for big answers. */
  record Bulk(String text, int times) implements Step {
    /** The tokens of one repetition. */
    int cost() {
      return text.length() / 4;
    }
  }

  /**
   * A thinking block with its signature.
   *
   * @param shown whether the text is sent; if not, only the signature is
   */
  record Thinking(String text, boolean shown) implements Step {}

  /**
   * A call of a tool.
   *
   * @param id null takes a new one
   * @param input a JSON object as text; a truncated one is sent as it is in a stream
   * @param server whether the provider runs the tool itself
   */
  record ToolUse(@Nullable String id, String name, String input, boolean server) implements Step {}

  /** A block that arrives whole, without deltas: a tool's result, redacted thinking. */
  record Block(ObjectNode block) implements Step {}

  /** Nothing happens for a while. */
  record Wait(Duration time) implements Step {}

  /** A ping event; nothing in the unary form. */
  record Ping() implements Step {}

  /** Bytes put into the stream as they are; nothing in the unary form. */
  record Raw(byte[] bytes) implements Step {}

  /** An error instead of the rest: an event in a stream, a status in the unary form. */
  record Fail(Failure failure) implements Step {}

  /** The connection is cut: in the middle of the body in the unary form. */
  record Cut() implements Step {}

  /** The body ends cleanly, before its time. */
  record End() implements Step {}
}
