package dev.yumen.server.simulator;

import dev.yumen.server.simulator.Script.Part;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** What can stand in the answer of a rule: each item of the list is one key with its value. */
final class ScriptSteps {
  private static final int MOST = 1_000_000;

  /** RFC 9110, section 5.6.2. */
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  /** The reader of each key's value. */
  static final Map<String, Function<ScriptNode, Part>> READERS = new TreeMap<>();

  static {
    READERS.put("behaviour", ScriptSteps::behaviour);
    READERS.put("text", node -> always(new Step.Text(node.text())));
    READERS.put(
        "thinking",
        node -> {
          String text = node.text();
          return (draft, situation) ->
              draft.add(new Step.Thinking(text, situation.request().showsThinking()));
        });
    READERS.put("tool", node -> always(tool(node)));
    READERS.put("block", node -> always(new Step.Block(node.object())));
    READERS.put(
        "usage",
        node -> {
          ObjectNode usage = node.object();
          return (draft, _) -> draft.usage(usage);
        });
    READERS.put(
        "stop",
        node -> {
          Stop stop = stop(node);
          return (draft, _) -> draft.stop(stop);
        });
    READERS.put("wait", node -> always(new Step.Wait(time(node))));
    READERS.put(
        "ping",
        node -> {
          int count = node.text().isEmpty() ? 1 : node.number(1, MOST);
          return (draft, _) -> {
            for (int i = 0; i < count; i++) {
              draft.add(new Step.Ping());
            }
          };
        });
    READERS.put("raw", node -> always(new Step.Raw(node.text().getBytes(StandardCharsets.UTF_8))));
    READERS.put("error", node -> always(new Step.Fail(failure(node))));
    READERS.put("cut", node -> always(empty(node, new Step.Cut())));
    READERS.put("end", node -> always(empty(node, new Step.End())));
    READERS.put(
        "status",
        node -> {
          int status = node.number(200, 599);
          return (draft, _) -> draft.deliver(how -> how.status(status));
        });
    READERS.put(
        "headers",
        node -> {
          Map<String, String> headers = headers(node);
          return (draft, _) -> draft.deliver(how -> how.headers(headers));
        });
    READERS.put(
        "head",
        node -> {
          Duration time = time(node);
          return (draft, _) -> draft.deliver(how -> how.head(time));
        });
    READERS.put(
        "gzip",
        node -> {
          boolean wanted = node.truth();
          return (draft, _) -> draft.deliver(how -> wanted ? how.gzipped() : how);
        });
    READERS.put(
        "chunks",
        node -> {
          int bytes = node.number(1, MOST);
          return (draft, _) -> draft.deliver(how -> how.chunk(bytes));
        });
    READERS.put(
        "pace",
        node -> {
          int pace = node.number(0, MOST);
          return (draft, _) -> draft.deliver(how -> how.tokensPerSecond(pace));
        });
    READERS.put(
        "transcript",
        node -> {
          Transcript transcript = Transcript.read(node);
          return (draft, _) -> transcript.into(draft);
        });
  }

  private ScriptSteps() {}

  static Part part(ScriptNode step) {
    Map<String, ScriptNode> members =
        step.isScalar() ? Map.of(step.text(), step.emptied()) : step.members();
    if (members.size() != 1) {
      throw step.error("one key with its value is expected for each step");
    }
    String key = members.keySet().iterator().next();
    Function<ScriptNode, Part> reader = READERS.get(key);
    if (reader == null) {
      throw step.error(
          "unknown step " + key + "; expected is one of " + String.join(", ", READERS.keySet()));
    }
    return reader.apply(members.values().iterator().next());
  }

  private static Part always(Step step) {
    return (draft, _) -> draft.add(step);
  }

  private static Part behaviour(ScriptNode node) {
    String parts = node.text();
    try {
      Behaviours.check(parts); // so that a mistake is found now and not when it is asked for
    } catch (IllegalArgumentException e) {
      throw node.error(String.valueOf(e.getMessage()));
    }
    return (draft, situation) -> Behaviours.applyParts(parts, draft, situation);
  }

  private static Step tool(ScriptNode node) {
    Map<String, ScriptNode> tool = node.members(Set.of("name", "input", "id"));
    ScriptNode name = tool.get("name");
    if (name == null) {
      throw node.error("a tool needs a name");
    }
    ScriptNode id = tool.get("id");
    ScriptNode input = tool.get("input");
    return new Step.ToolUse(
        id == null ? null : id.text(),
        name.text(),
        input == null ? "{}" : Json.text(input.object()),
        false);
  }

  private static Stop stop(ScriptNode node) {
    if (node.isScalar()) {
      return new Stop(node.text());
    }
    Map<String, ScriptNode> stop = node.members(Set.of("reason", "sequence", "details"));
    ScriptNode reason = stop.get("reason");
    if (reason == null) {
      throw node.error("a stop needs a reason");
    }
    ScriptNode sequence = stop.get("sequence");
    ScriptNode details = stop.get("details");
    return new Stop(
        reason.text(),
        sequence == null ? null : sequence.text(),
        details == null ? null : details.object());
  }

  private static Failure failure(ScriptNode node) {
    if (node.isScalar()) {
      return Failure.of(node.number(400, 599));
    }
    Map<String, ScriptNode> error = node.members(Set.of("status", "type", "message", "shape"));
    ScriptNode type = error.get("type");
    ScriptNode status = error.get("status");
    if (status == null && type == null) {
      throw node.error("an error needs a status or a type");
    }
    int number =
        status == null
            ? Failure.statusOf(type == null ? "" : type.text())
            : status.number(400, 599);
    Failure usual = Failure.of(number);
    ScriptNode message = error.get("message");
    ScriptNode shape = error.get("shape");
    return new Failure(
        number,
        type == null ? usual.type() : type.text(),
        message == null ? usual.message() : message.text(),
        shape == null ? Failure.Shape.API : shape(shape),
        usual.headers());
  }

  private static Failure.Shape shape(ScriptNode node) {
    try {
      return Failure.Shape.valueOf(node.text().toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw node.error("api, edge or html is expected");
    }
  }

  private static Map<String, String> headers(ScriptNode node) {
    var headers = new LinkedHashMap<String, String>();
    node.members()
        .forEach((name, value) -> {
          if (!TOKEN.matcher(name).matches() || value.text().matches("(?s).*[\\r\\n].*")) {
            throw value.error("this is no header");
          }
          headers.put(name, value.text());
        });
    return headers;
  }

  private static Step empty(ScriptNode node, Step step) {
    if (!node.text().isEmpty()) {
      throw node.error("nothing is expected after this key");
    }
    return step;
  }

  private static Duration time(ScriptNode node) {
    try {
      return Times.parse(node.text());
    } catch (IllegalArgumentException e) {
      throw node.error(String.valueOf(e.getMessage()));
    }
  }
}
