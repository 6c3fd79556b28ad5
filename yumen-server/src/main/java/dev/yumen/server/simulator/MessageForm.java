package dev.yumen.server.simulator;

import dev.yumen.server.simulator.Answer.Message;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A message as one JSON document: the same steps as {@link StreamForm} streams, after the time that
 * they take together.
 */
final class MessageForm {
  private final Ids ids;
  private final ArrayNode content = Json.array();
  private final StringBuilder text = new StringBuilder();
  private @Nullable ObjectNode openText;
  private @Nullable Step ending;
  private Duration time = Duration.ZERO;
  private boolean toolAsked;
  private int tokens;
  private int unpaced;
  private int thinking;
  private int searches;

  private MessageForm(Ids ids) {
    this.ids = ids;
  }

  /**
   * A finished message.
   *
   * @param message the document
   * @param time how long the model takes for it
   * @param ending what happens instead of its proper end; null lets it end
   */
  record Finished(ObjectNode message, Duration time, @Nullable Step ending) {}

  /**
   * Does all the steps.
   *
   * @param perToken the time that each token takes
   */
  static Finished of(Message message, Envelope envelope, Ids ids, Duration perToken) {
    var form = new MessageForm(ids);
    Interruption interruption = message.interruption();
    if (interruption != null) {
      form.ending = interruption.ending();
    }
    for (Step step : message.steps()) {
      form.step(step);
    }
    form.closeText();
    Stop stop = message.stop();
    if (stop == null) {
      stop = form.toolAsked ? Stop.TOOL_USE : Stop.END_TURN;
    }
    ObjectNode whole = envelope.message(stop);
    whole.set("content", form.content);
    var output = new Usage.Output(Math.max(1, form.tokens), form.thinking, form.searches);
    whole.set("usage", envelope.usage().whole(output));
    return new Finished(
        whole, form.time.plus(perToken.multipliedBy(form.tokens - form.unpaced)), form.ending);
  }

  private void step(Step step) {
    switch (step) {
      case Step.Text one -> text(one);
      case Step.Bulk bulk -> {
        openText();
        text.repeat(bulk.text(), bulk.times());
        int cost = bulk.cost() * bulk.times();
        tokens += cost;
        unpaced += cost;
      }
      case Step.Thinking one -> {
        int cost = Tokens.count(one.text());
        tokens += cost;
        thinking += cost;
        String shown = one.shown() ? one.text() : "";
        add(Json.typed("thinking").put("thinking", shown).put("signature", Signatures.of(shown)));
      }
      case Step.ToolUse tool -> toolUse(tool);
      case Step.Block whole -> add(whole.block());
      case Step.Wait wait -> time = time.plus(wait.time());
      case Step.Fail _, Step.Cut _, Step.End _ -> {
        if (ending == null) {
          ending = step;
        }
      }
      case Step.Ping _, Step.Raw _ -> {}
    }
  }

  private void text(Step.Text step) {
    tokens += Tokens.count(step.text());
    if (step.citations().isEmpty()) {
      openText();
      text.append(step.text());
      return;
    }
    var block = Json.object();
    block.putArray("citations").addAll(step.citations());
    add(block.put("type", "text").put("text", step.text()));
  }

  private void toolUse(Step.ToolUse tool) {
    String id = tool.id();
    if (id == null) {
      id = tool.server() ? ids.serverToolUse() : ids.toolUse();
    }
    tokens += Tokens.count(tool.input());
    var block = Json.typed(tool.server() ? "server_tool_use" : "tool_use");
    block.put("id", id).put("name", tool.name()).set("input", input(tool.input()));
    if (tool.server()) {
      searches++;
    } else {
      toolAsked = true;
      block.set("caller", Json.typed("direct"));
    }
    add(block);
  }

  /** Input that was cut off by a limit is no object any more; the API then gives an empty one. */
  private static ObjectNode input(String json) {
    try {
      return Json.read(json) instanceof ObjectNode object ? object : Json.object();
    } catch (JacksonException e) {
      return Json.object();
    }
  }

  private void add(ObjectNode block) {
    closeText();
    content.add(block);
  }

  private void openText() {
    if (openText == null) {
      openText = Json.typed("text");
      content.add(openText);
    }
  }

  private void closeText() {
    if (openText != null) {
      openText.put("text", text.toString());
      openText = null;
      text.setLength(0);
    }
  }
}
