package dev.yumen.server.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Calls of the tools that a request offers, with input that their schemas allow. */
final class ToolCalls {
  private static final Pattern WISH =
      Pattern.compile(
          "\\b(?:use|call|run|invoke)\\s+(?:the\\s+)?(?:tool\\s+)?[`\"'“]?([\\w.-]*\\w)",
          Pattern.CASE_INSENSITIVE);

  private ToolCalls() {}

  /** The call that the user asks for, as in “use get_weather”, or that the request demands. */
  static Optional<Step> wanted(MessageRequest request) {
    if (!request.toolResults().isEmpty() || request.toolChoice().equals("none")) {
      return Optional.empty();
    }
    String text = request.lastUserText();
    Matcher wish = WISH.matcher(text);
    while (wish.find()) {
      Optional<JsonNode> tool = named(request, wish.group(1));
      if (tool.isPresent()) {
        String input = object(text.substring(wish.end())).orElse(sample(tool.get(), request));
        return Optional.of(call(tool.get(), input));
      }
    }
    boolean demanded = request.toolChoice().equals("any") || request.toolChoice().equals("tool");
    return demanded ? some(request, 1).stream().findFirst() : Optional.empty();
  }

  /** The call of the tool with this name, when the request offers it. */
  static Optional<Step> of(MessageRequest request, String name) {
    return named(request, name).map(tool -> call(tool, sample(tool, request)));
  }

  /** So many calls, of one tool after the other; none when the request offers no tool. */
  static List<Step> some(MessageRequest request, int count) {
    var tools = new ArrayList<JsonNode>();
    named(request, Json.string(request.body().path("tool_choice"), "name")).ifPresent(tools::add);
    if (tools.isEmpty()) {
      request
          .tools()
          .forEach(tool -> {
            if (isCustom(tool)) {
              tools.add(tool);
            }
          });
    }
    var calls = new ArrayList<Step>();
    for (int i = 0; i < count && !tools.isEmpty(); i++) {
      JsonNode tool = tools.get(i % tools.size());
      calls.add(call(tool, sample(tool, request)));
    }
    return calls;
  }

  private static Optional<JsonNode> named(MessageRequest request, String name) {
    for (JsonNode tool : request.tools()) {
      if (isCustom(tool) && Json.string(tool, "name").equals(name)) {
        return Optional.of(tool);
      }
    }
    return Optional.empty();
  }

  private static boolean isCustom(JsonNode tool) {
    String type = Json.string(tool, "type");
    return type.isEmpty() || type.equals("custom");
  }

  private static Step call(JsonNode tool, String input) {
    return new Step.ToolUse(null, Json.string(tool, "name"), input, false);
  }

  private static String sample(JsonNode tool, MessageRequest request) {
    return Json.text(SchemaSample.of(tool.path("input_schema"), request.lastUserText()));
  }

  /** The JSON object with which the rest of a wish begins, as in “call add with {"a":1}”. */
  private static Optional<String> object(String text) {
    int from = text.indexOf('{');
    if (from < 0) {
      return Optional.empty();
    }
    for (int to = text.lastIndexOf('}'); to > from; to = text.lastIndexOf('}', to - 1)) {
      String candidate = text.substring(from, to + 1);
      try {
        return Optional.of(Json.text(Json.read(candidate)));
      } catch (JacksonException e) {
        // a shorter one may do
      }
    }
    return Optional.empty();
  }
}
