package dev.yumen.server.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The answer to a request that asks for no behaviour: it shows what arrived. */
final class DefaultAnswer {
  private static final int LONGEST_QUOTE = 2_000;

  private DefaultAnswer() {}

  static List<Step> to(MessageRequest request) {
    var steps = new ArrayList<Step>();
    if (request.thinking().equals("enabled")) {
      steps.add(new Step.Thinking("I shall say what arrived.", request.showsThinking()));
    }
    Optional<JsonNode> schema = request.schema();
    Optional<Step> call = ToolCalls.wanted(request);
    if (schema.isPresent()) {
      var value = SchemaSample.of(schema.get(), request.lastUserText());
      steps.add(new Step.Text(Json.text(value)));
    } else if (call.isPresent()) {
      steps.add(call.get());
    } else {
      steps.add(new Step.Text(text(request)));
    }
    return steps;
  }

  static String text(MessageRequest request) {
    List<JsonNode> results = request.toolResults();
    if (!results.isEmpty()) {
      return "The tool answered: " + quote(content(results.getLast())) + arrived(request);
    }
    String text = request.lastUserText();
    return (text.isEmpty() ? "You sent no text." : "You wrote: " + quote(text)) + arrived(request);
  }

  /** The text of a tool's result, which may be a string or blocks. */
  private static String content(JsonNode result) {
    JsonNode content = result.path("content");
    if (content.isString()) {
      return content.stringValue();
    }
    var text = new StringBuilder();
    content.forEach(block -> text.append(Json.string(block, "text")));
    return text.toString();
  }

  private static String quote(String text) {
    if (text.length() <= LONGEST_QUOTE) {
      return "“" + text + "”";
    }
    int end =
        Character.isHighSurrogate(text.charAt(LONGEST_QUOTE - 1))
            ? LONGEST_QUOTE - 1
            : LONGEST_QUOTE;
    return "“" + text.substring(0, end) + "…”";
  }

  private static String arrived(MessageRequest request) {
    return "\n\nThis is the simulated provider: no model has thought about it. The request named "
        + request.model()
        + " and arrived with "
        + counted(request.messages(), "message")
        + ", "
        + counted(request.tools().size(), "tool")
        + " and "
        + (request.hasSystem() ? "a" : "no")
        + " system prompt.";
  }

  private static String counted(int count, String noun) {
    return count == 0 ? "no " + noun + "s" : count == 1 ? "one " + noun : count + " " + noun + "s";
  }
}
