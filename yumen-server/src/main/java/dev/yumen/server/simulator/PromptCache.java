package dev.yumen.server.simulator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Remembers the beginnings of prompts as the real cache does: up to each block with {@code
 * cache_control}, in the order tools, system, messages. A later prompt that begins with the same
 * bytes of JSON reads them; anything changed before the mark means that it is written anew. Other
 * than the real one it takes short prompts too.
 */
final class PromptCache {
  private static final int MOST = 10_000;

  private final InstantSource clock;
  private final Map<String, Instant> expiries = new LinkedHashMap<>();

  PromptCache(InstantSource clock) {
    this.clock = clock;
  }

  private record Mark(String key, int tokens, Duration time, boolean breakpoint) {}

  /** What the request costs; writes to the cache what it asks to be written. */
  Usage usage(MessageRequest request) {
    int total = request.tokens();
    if (Validation.breakpoints(request.body()) == 0) {
      return Usage.ofInput(total);
    }
    List<Mark> marks = marks(request.body(), total);
    int last = marks.size() - 1;
    while (last >= 0 && !marks.get(last).breakpoint()) {
      last--;
    }
    if (last < 0) {
      return Usage.ofInput(total); // a mark on nothing
    }
    Instant now = clock.instant();
    int read = 0;
    for (int i = last; i >= 0 && read == 0; i--) {
      Instant expiry = expiries.get(marks.get(i).key());
      if (expiry != null && expiry.isAfter(now)) {
        read = marks.get(i).tokens();
        remember(marks.get(i), now);
      }
    }
    for (Mark mark : marks) {
      if (mark.breakpoint()) {
        remember(mark, now);
      }
    }
    Mark end = marks.get(last);
    int written = end.tokens() - read;
    boolean hour = end.time().compareTo(Duration.ofMinutes(5)) > 0;
    return new Usage(
        total - end.tokens(), read, hour ? 0 : written, hour ? written : 0, "standard", null);
  }

  private void remember(Mark mark, Instant now) {
    expiries.remove(mark.key());
    expiries.put(mark.key(), now.plus(mark.time()));
    if (expiries.size() > MOST) {
      expiries.remove(expiries.keySet().iterator().next());
    }
  }

  /** A mark behind every block, with the hash of everything up to there. */
  private static List<Mark> marks(JsonNode body, int total) {
    var hash = sha256();
    hash.update(Json.string(body, "model").getBytes(StandardCharsets.UTF_8));
    var marks = new ArrayList<Mark>();
    int tokens = 0;
    for (JsonNode tool : body.path("tools")) {
      tokens = add(marks, hash, tokens, "tool", tool);
    }
    for (JsonNode block : blocks(body.path("system"))) {
      tokens = add(marks, hash, tokens, "system", block);
    }
    for (JsonNode message : body.path("messages")) {
      for (JsonNode block : blocks(message.path("content"))) {
        tokens = add(marks, hash, tokens, Json.string(message, "role"), block);
      }
    }
    if (body.has("cache_control") && !marks.isEmpty()) {
      Mark end = marks.removeLast();
      marks.add(new Mark(end.key(), total, time(body), true));
    }
    return marks;
  }

  private static int add(
      List<Mark> marks, MessageDigest hash, int before, String place, JsonNode block) {
    JsonNode plain = block;
    if (block instanceof ObjectNode object && object.has("cache_control")) {
      plain = object.deepCopy().without("cache_control");
    }
    hash.update(place.getBytes(StandardCharsets.UTF_8));
    hash.update(Json.bytes(plain));
    int tokens = before + Tokens.count(plain);
    String key = Base64.getEncoder().encodeToString(copy(hash).digest());
    marks.add(new Mark(key, tokens, time(block), block.has("cache_control")));
    return tokens;
  }

  /** A text alone is one block. */
  private static Iterable<JsonNode> blocks(JsonNode content) {
    return content.isString()
        ? List.of(Json.typed("text").put("text", content.stringValue()))
        : content;
  }

  private static Duration time(JsonNode holder) {
    return Json.string(holder.path("cache_control"), "ttl").equals("1h")
        ? Duration.ofHours(1)
        : Duration.ofMinutes(5);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }

  private static MessageDigest copy(MessageDigest hash) {
    try {
      return (MessageDigest) hash.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e); // the platform's own can be cloned
    }
  }
}
