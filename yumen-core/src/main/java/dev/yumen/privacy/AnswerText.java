package dev.yumen.privacy;

import dev.yumen.json.JsonScanner;
import dev.yumen.json.JsonScanner.Token;
import dev.yumen.json.MalformedJson;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Puts originals back into one answer of the Messages API, whole or as server-sent events. Each
 * content block is a text of its own; what is held back of it follows before its end, before an
 * error and before the end of the stream. Thinking and signatures pass as they are. An event in
 * which nothing changes passes byte for byte.
 *
 * <p>What is no JSON, or not of a known form, passes as it is, pseudonyms included. Belongs to one
 * answer and one thread at a time.
 */
public final class AnswerText {

  /** A block whose text flows. */
  private record Block(Restoration text, String delta, String member) {}

  private final Disguised disguised;
  private final Set<String> hosts;
  private final Map<Long, Block> blocks = new TreeMap<>();
  private int restored;
  private int unknown;
  private int withheld;

  /**
   * Begins an answer.
   *
   * @param disguised what was sent
   * @param hosts into whose links values may be put, see {@link Restoration}
   */
  public AnswerText(Disguised disguised, Set<String> hosts) {
    this.disguised = disguised;
    this.hosts = Set.copyOf(hosts);
  }

  /** An answer that came whole; the same array when nothing changes. */
  public byte[] body(byte[] bytes) {
    if (disguised.pseudonyms().isEmpty()) {
      return bytes;
    }
    try {
      var walk = new LeafWalk(bytes, 0, bytes.length);
      JsonScanner scan = walk.scan();
      var edits = new Edits();
      if (scan.next() == Token.OBJECT) {
        while (scan.next() == Token.KEY) {
          String name = scan.text();
          Token value = scan.next();
          switch (name) {
            case "content" -> walk.content(value, Place.ASSISTANT);
            case "stop_sequence", "stop_details", "error" -> walk.anything(value, Place.ASSISTANT);
            default -> scan.skip(value);
          }
        }
      }
      scan.next(); // fails unless the document ends here
      restore(walk, edits);
      Citations.map(bytes, 0, bytes.length, disguised.documents(), edits);
      return edits.applied(bytes, 0, bytes.length);
    } catch (MalformedJson e) {
      return bytes;
    }
  }

  /**
   * Takes one whole event, its closing blank line included, and writes what may go on: the event,
   * and before it what must come earlier.
   */
  public void event(byte[] bytes, int from, int to, ByteArrayOutputStream out) {
    if (disguised.pseudonyms().isEmpty()) {
      out.write(bytes, from, to - from);
      return;
    }
    EventData data = EventData.of(bytes, from, to);
    var edits = new Edits();
    try {
      read(data, edits, out);
    } catch (MalformedJson e) {
      edits = new Edits();
    }
    if (edits.isEmpty()) {
      out.write(bytes, from, to - from);
    } else {
      out.writeBytes(edits.applied(data.bytes(), data.start(), data.end()));
    }
  }

  /**
   * What is still held when no more events come; write it before any event of the gateway's own.
   */
  public byte[] rest() {
    var out = new ByteArrayOutputStream();
    endAll(out);
    return out.toByteArray();
  }

  /** How many pseudonyms were turned back in texts that have ended. */
  public int restored() {
    return restored;
  }

  /** How many had the form of a pseudonym but were not issued; at least. */
  public int unknown() {
    return unknown;
  }

  /** How many were left in links that nobody vouches for. */
  public int withheld() {
    return withheld;
  }

  private void read(EventData data, Edits edits, ByteArrayOutputStream out) throws MalformedJson {
    var head = EventHead.of(data.bytes(), data.from(), data.to());
    switch (head.type()) {
      case "content_block_delta" -> delta(data, head, edits);
      case "content_block_start" -> start(data, head, edits);
      case "content_block_stop" -> end(head.index(), out);
      case "message_delta", "message_stop", "error" -> {
        endAll(out);
        anywhere(data, head, edits);
      }
      default -> {}
    }
  }

  private void delta(EventData data, EventHead head, Edits edits) throws MalformedJson {
    if (head.inner() < 0) {
      return;
    }
    var scan = new JsonScanner(data.bytes(), head.inner(), data.to());
    scan.next();
    String type = "";
    int from = 0;
    int to = 0;
    String text = null;
    boolean citation = false;
    while (scan.next() == Token.KEY) {
      String name = scan.text();
      Token value = scan.next();
      if (value == Token.STRING && name.equals("type")) {
        type = scan.text();
      } else if (value == Token.STRING && isText(name)) {
        from = scan.from();
        to = scan.to();
        text = scan.text();
      }
      citation |= name.equals("citation");
      scan.skip(value);
    }
    if (citation) {
      citation(data, head, edits);
    } else if (text != null) {
      flow(head.index(), type, text, from, to, edits);
    }
  }

  private static boolean isText(String member) {
    return member.equals("text") || member.equals("partial_json") || member.equals("content");
  }

  private void flow(long index, String type, String text, int from, int to, Edits edits) {
    String member =
        switch (type) {
          case "text_delta" -> "text";
          case "input_json_delta" -> "partial_json";
          case "compaction_delta" -> "content";
          default -> null;
        };
    if (member == null) {
      return;
    }
    Channel channel = type.equals("input_json_delta") ? Channel.ARGUMENTS : Channel.TEXT;
    Block block =
        blocks.computeIfAbsent(index, any -> new Block(restoration(channel), type, member));
    String passed = block.text.take(text);
    if (!passed.equals(text)) {
      edits.add(from, to, JsonText.quoted(passed));
    }
  }

  private void citation(EventData data, EventHead head, Edits edits) throws MalformedJson {
    var walk = new LeafWalk(data.bytes(), head.inner(), data.to());
    walk.anything(walk.scan().next(), Place.ASSISTANT);
    restore(walk, edits);
    Citations.map(data.bytes(), head.inner(), data.to(), disguised.documents(), edits);
  }

  private void start(EventData data, EventHead head, Edits edits) throws MalformedJson {
    if (head.inner() >= 0) {
      var walk = new LeafWalk(data.bytes(), head.inner(), data.to());
      walk.content(walk.scan().next(), Place.ASSISTANT);
      restore(walk, edits);
    }
  }

  private void anywhere(EventData data, EventHead head, Edits edits) throws MalformedJson {
    if (head.inner() >= 0) {
      var walk = new LeafWalk(data.bytes(), head.inner(), data.to());
      walk.anything(walk.scan().next(), Place.ASSISTANT);
      restore(walk, edits);
    }
  }

  /** Restores texts that are whole. */
  private void restore(LeafWalk walk, Edits edits) {
    for (Leaf leaf : walk.leaves()) {
      boolean argument = leaf.place() == Place.TOOL_INPUT;
      Restoration text = restoration(argument ? Channel.ARGUMENT : Channel.TEXT);
      String whole = text.take(leaf.text()) + text.rest();
      count(text);
      if (!whole.equals(leaf.text())) {
        edits.add(leaf.from(), leaf.to(), JsonText.quoted(whole));
      }
    }
  }

  private Restoration restoration(Channel channel) {
    return new Restoration(disguised.pseudonyms(), channel, hosts);
  }

  private void endAll(ByteArrayOutputStream out) {
    while (!blocks.isEmpty()) {
      end(blocks.keySet().iterator().next(), out);
    }
  }

  private void end(long index, ByteArrayOutputStream out) {
    Block block = blocks.remove(index);
    if (block == null) {
      return;
    }
    String rest = block.text.rest();
    count(block.text);
    if (!rest.isEmpty()) {
      String event =
          "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":%d,\"delta\":{\"type\":\"%s\",\"%s\":\"%s\"}}\n\n"
              .formatted(index, block.delta, block.member, JsonText.escaped(rest));
      out.writeBytes(event.getBytes(StandardCharsets.UTF_8));
    }
  }

  private void count(Restoration text) {
    restored += text.restored();
    unknown += text.unknown();
    withheld += text.withheld();
  }

  /**
   * What kind an event is.
   *
   * @param type its type; empty when it says none
   * @param index the number of its block
   * @param inner where the object begins that holds the words; -1 when there is none
   */
  private record EventHead(String type, long index, int inner) {
    static EventHead of(byte[] bytes, int from, int to) throws MalformedJson {
      var scan = new JsonScanner(bytes, from, to);
      String type = "";
      long index = 0;
      int inner = -1;
      if (scan.next() == Token.OBJECT) {
        while (scan.next() == Token.KEY) {
          String name = scan.text();
          Token value = scan.next();
          if (name.equals("type") && value == Token.STRING) {
            type = scan.text();
          } else if (name.equals("index") && value == Token.NUMBER) {
            index = scan.whole();
          } else if (value == Token.OBJECT && isInner(name)) {
            inner = scan.from();
          }
          scan.skip(value);
        }
      }
      scan.next(); // fails unless the document ends here
      return new EventHead(type, index, inner);
    }

    private static boolean isInner(String member) {
      return member.equals("delta") || member.equals("content_block") || member.equals("error");
    }
  }
}
