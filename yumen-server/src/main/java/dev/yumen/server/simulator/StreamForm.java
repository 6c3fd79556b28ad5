package dev.yumen.server.simulator;

import dev.yumen.server.simulator.Answer.Message;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A message as a stream of server-sent events, made one by one as they are asked for. Frames look
 * as the API's do: an event line, one line of JSON padded with spaces before its last brace, a
 * blank line.
 */
final class StreamForm implements Iterator<Act> {
  private static final byte[] PING = frame("ping", "{\"type\": \"ping\"}");
  private static final int WIDEST_PADDING = 15;

  private final Message message;
  private final Envelope envelope;
  private final Ids ids;
  private final RandomGenerator random;
  private final Duration perToken;
  private final Iterator<Step> steps;
  private final ArrayDeque<Act> ready = new ArrayDeque<>();

  private @Nullable Interruption interruption;
  private int events;
  private Iterator<ObjectNode> deltas = Collections.emptyIterator();
  private int index = -1;
  private @Nullable Step open;
  private boolean toolAsked;
  private boolean over;
  private int tokens;
  private int thinking;
  private int searches;

  /**
   * Begins the stream.
   *
   * @param perToken the time that each token takes; zero sends at once
   */
  StreamForm(
      Message message, Envelope envelope, Ids ids, RandomGenerator random, Duration perToken) {
    this.message = message;
    this.envelope = envelope;
    this.ids = ids;
    this.random = random;
    this.perToken = perToken;
    this.steps = message.steps().iterator();
    this.interruption = message.interruption();
    begin();
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && !over) {
      advance();
    }
    return !ready.isEmpty();
  }

  @Override
  public Act next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }

  private void begin() {
    ObjectNode start = envelope.message(null);
    start.set("usage", envelope.usage().whole(new Usage.Output(1 + random.nextInt(8), 0, 0)));
    event(Json.typed("message_start").set("message", start));
  }

  private void advance() {
    if (deltas.hasNext()) {
      ObjectNode delta = deltas.next();
      delta(delta);
      return;
    }
    if (steps.hasNext()) {
      step(steps.next());
    } else {
      end();
    }
  }

  private void step(Step step) {
    switch (step) {
      case Step.Text text -> text(text);
      case Step.Bulk bulk -> {
        if (!(open instanceof Step.Bulk)) {
          start(bulk, Json.typed("text").put("text", ""));
        }
        deltas =
            Stream.generate(() -> Json.typed("text_delta").put("text", bulk.text()))
                .limit(bulk.times())
                .iterator();
      }
      case Step.Thinking one -> thinking(one);
      case Step.ToolUse tool -> toolUse(tool);
      case Step.Block whole -> {
        start(whole, whole.block());
        stopBlock();
      }
      case Step.Wait wait -> ready.add(new Act.Wait(wait.time()));
      case Step.Ping _ -> send(PING);
      case Step.Raw raw -> send(raw.bytes());
      case Step.Fail _, Step.Cut _, Step.End _ -> breakOff(step);
    }
  }

  private void text(Step.Text text) {
    boolean continues =
        open instanceof Step.Text before
            && before.citations().isEmpty()
            && text.citations().isEmpty();
    if (!continues) {
      var block = Json.object();
      if (!text.citations().isEmpty()) {
        block.putArray("citations");
      }
      start(text, block.put("type", "text").put("text", ""));
    }
    for (ObjectNode citation : text.citations()) {
      event(
          Json.typed("content_block_delta")
              .put("index", index)
              .set("delta", Json.typed("citations_delta").set("citation", citation)));
    }
    deltas =
        Tokens.of(text.text()).map(piece -> Json.typed("text_delta").put("text", piece)).iterator();
  }

  private void thinking(Step.Thinking step) {
    start(step, Json.typed("thinking").put("thinking", "").put("signature", ""));
    thinking += Tokens.count(step.text());
    String shown = step.shown() ? step.text() : "";
    var signature = Json.typed("signature_delta").put("signature", Signatures.of(shown));
    if (!step.shown()) {
      tokens += Tokens.count(step.text());
      ready.add(new Act.Wait(perToken.multipliedBy(Tokens.count(step.text()))));
    }
    deltas =
        Stream.concat(
                Tokens.of(shown).map(piece -> Json.typed("thinking_delta").put("thinking", piece)),
                Stream.of(signature))
            .iterator();
  }

  private void toolUse(Step.ToolUse tool) {
    String id = tool.id();
    if (id == null) {
      id = tool.server() ? ids.serverToolUse() : ids.toolUse();
    }
    var block = Json.typed(tool.server() ? "server_tool_use" : "tool_use");
    block.put("id", id).put("name", tool.name()).putObject("input");
    if (tool.server()) {
      searches++;
    } else {
      toolAsked = true;
      block.set("caller", Json.typed("direct"));
    }
    start(tool, block);
    tokens += Tokens.count(tool.input());
    // The real API sends an empty piece first, and nothing more for an empty object.
    Stream<String> pieces = tool.input().equals("{}") ? Stream.of() : OddPieces.of(tool.input());
    deltas =
        Stream.concat(Stream.of(""), pieces)
            .map(piece -> Json.typed("input_json_delta").put("partial_json", piece))
            .iterator();
  }

  private void start(Step step, ObjectNode block) {
    stopBlock();
    index++;
    open = step;
    event(Json.typed("content_block_start").put("index", index).set("content_block", block));
    if (index == 0) {
      send(PING);
    }
  }

  private void stopBlock() {
    if (open != null) {
      open = null;
      event(Json.typed("content_block_stop").put("index", index));
    }
  }

  private void delta(ObjectNode delta) {
    event(Json.typed("content_block_delta").put("index", index).set("delta", delta));
    int cost =
        switch (Json.string(delta, "type")) {
          case "text_delta", "thinking_delta" -> open instanceof Step.Bulk bulk ? bulk.cost() : 1;
          default -> 0;
        };
    tokens += cost;
    if (!(open instanceof Step.Bulk) && !perToken.isZero()) {
      ready.add(new Act.Wait(perToken));
    }
  }

  private void end() {
    Interruption late = interruption;
    if (late != null && late.events() > events) {
      interruption = new Interruption(events, late.ending());
    }
    stopBlock();
    Stop stop = message.stop();
    if (stop == null) {
      stop = toolAsked ? Stop.TOOL_USE : Stop.END_TURN;
    }
    var delta = Json.object();
    stop.into(delta);
    ObjectNode last = Json.typed("message_delta").set("delta", delta);
    var output = new Usage.Output(Math.max(1, tokens), thinking, searches);
    event(last.set("usage", envelope.usage().atEnd(output)));
    event(Json.typed("message_stop"));
    over = true;
  }

  private void breakOff(Step ending) {
    deltas = Collections.emptyIterator();
    over = true;
    switch (ending) {
      case Step.Fail fail ->
          ready.add(
              new Act.Send(frame("error", Json.text(fail.failure().node(envelope.requestId())))));
      case Step.Cut _ -> ready.add(new Act.Cut());
      default -> {}
    }
  }

  private void event(ObjectNode data) {
    String json = Json.text(data);
    var padded =
        json.substring(0, json.length() - 1) + " ".repeat(random.nextInt(WIDEST_PADDING)) + "}";
    send(frame(Json.string(data, "type"), padded));
  }

  /** Sends a frame, unless the answer breaks off here; a cut falls in the middle of the frame. */
  private void send(byte[] frame) {
    if (over) {
      return;
    }
    Interruption here = interruption;
    if (here != null && events >= here.events()) {
      interruption = null;
      if (here.ending() instanceof Step.Cut) {
        ready.add(new Act.Send(Arrays.copyOf(frame, frame.length / 2)));
      }
      breakOff(here.ending());
      return;
    }
    events++;
    ready.add(new Act.Send(frame));
  }

  private static byte[] frame(String event, String data) {
    return ("event: " + event + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
  }
}
