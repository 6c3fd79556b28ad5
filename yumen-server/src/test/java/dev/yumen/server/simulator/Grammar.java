package dev.yumen.server.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a stream as the strictest of the official SDKs does and fails on whatever any of them
 * stumbles over; puts the message together as they do.
 */
final class Grammar {
  private static final JsonMapper JSON = JsonMapper.shared();

  private Grammar() {}

  record Event(String name, JsonNode data) {}

  /** The events of a stream that is well formed frame by frame, whether or not it is complete. */
  static List<Event> events(String stream) {
    assertThat(stream).as("the last frame ends in a blank line").endsWith("\n\n");
    var events = new ArrayList<Event>();
    for (String frame : stream.substring(0, stream.length() - 2).split("\n\n", -1)) {
      assertThat(frame).matches("(?s)event: [a-z_]+\ndata: \\{[^\n]*}");
      String name = frame.substring("event: ".length(), frame.indexOf('\n'));
      JsonNode data = JSON.readTree(frame.substring(frame.indexOf("\ndata: ") + 7));
      assertThat(data.path("type").asString()).isEqualTo(name);
      events.add(new Event(name, data));
    }
    return events;
  }

  /** Checks a complete stream and returns its message. */
  static ObjectNode message(String stream) {
    List<Event> events = new ArrayList<>(events(stream));
    events.removeIf(event -> event.name().equals("ping"));
    assertThat(events.getFirst().name()).isEqualTo("message_start");
    assertThat(events.getLast().name()).isEqualTo("message_stop");
    var message = (ObjectNode) events.getFirst().data().path("message");
    assertThat(message.path("content")).isEmpty();
    assertThat(message.path("stop_reason").isNull()).isTrue();
    assertUsage(message.path("usage"), "input_tokens", "output_tokens");
    var blocks = new Blocks((ArrayNode) message.path("content"));
    boolean delta = false;
    for (Event event : events.subList(1, events.size() - 1)) {
      if (event.name().equals("message_delta")) {
        blocks.assertClosed();
        delta = true;
        message.setAll((ObjectNode) event.data().path("delta"));
        assertUsage(event.data().path("usage"), "output_tokens");
        ((ObjectNode) message.path("usage")).setAll((ObjectNode) event.data().path("usage"));
      } else {
        assertThat(delta).as("nothing but the end follows message_delta").isFalse();
        blocks.add(event);
      }
    }
    assertThat(delta).as("message_delta").isTrue();
    assertThat(message.path("stop_reason").isString()).isTrue();
    return message;
  }

  private static void assertUsage(JsonNode usage, String... names) {
    for (String name : names) {
      assertThat(usage.path(name).isInt()).as("usage.%s", name).isTrue();
    }
  }

  private static final class Blocks {
    private final ArrayNode content;
    private ObjectNode open;
    private StringBuilder input;
    private boolean signed;

    Blocks(ArrayNode content) {
      this.content = content;
    }

    void add(Event event) {
      JsonNode data = event.data();
      switch (event.name()) {
        case "content_block_start" -> {
          assertClosed();
          assertThat(data.path("index").asInt())
              .as("indexes without gaps")
              .isEqualTo(content.size());
          open = (ObjectNode) data.path("content_block");
          content.add(open);
          input = null;
          signed = false;
          switch (type()) {
            case "text" -> assertThat(open.path("text").asString()).isEmpty();
            case "thinking" -> assertThat(open.path("signature").asString()).isEmpty();
            case "tool_use", "server_tool_use" -> assertThat(open.path("input")).isEmpty();
            default -> {}
          }
        }
        case "content_block_delta" -> {
          assertThat(data.path("index").asInt()).isEqualTo(content.size() - 1);
          assertThat(open).as("a delta belongs to an open block").isNotNull();
          delta(data.path("delta"));
        }
        case "content_block_stop" -> stop();
        default -> throw new AssertionError("unexpected event " + event.name());
      }
    }

    private String type() {
      return open.path("type").asString();
    }

    private void delta(JsonNode delta) {
      assertThat(signed).as("the signature comes last").isFalse();
      switch (delta.path("type").asString()) {
        case "text_delta" -> append("text", "text", delta);
        case "thinking_delta" -> append("thinking", "thinking", delta);
        case "signature_delta" -> {
          append("thinking", "signature", delta);
          signed = true;
        }
        case "citations_delta" -> open.withArray("citations").add(delta.path("citation"));
        case "input_json_delta" -> {
          String piece = delta.path("partial_json").asString();
          if (input == null) {
            assertThat(piece).as("the first piece of input is empty").isEmpty();
            input = new StringBuilder();
          } else {
            assertThat(piece).isNotEmpty();
          }
          input.append(piece);
        }
        default -> throw new AssertionError("unexpected delta " + delta);
      }
    }

    private void append(String type, String member, JsonNode delta) {
      assertThat(type()).isEqualTo(type);
      open.put(member, open.path(member).asString() + delta.path(member).asString());
    }

    private void stop() {
      assertThat(open).as("a block that stops is open").isNotNull();
      if (type().endsWith("tool_use")) {
        assertThat(input).as("every call has at least one piece of input").isNotNull();
        open.set("input", JSON.readTree(input.isEmpty() ? "{}" : input.toString()));
      }
      if (type().equals("thinking")) {
        assertThat(signed).as("thinking is signed").isTrue();
      }
      open = null;
    }

    void assertClosed() {
      assertThat(open).as("the block before is closed").isNull();
    }
  }
}
