package dev.yumen.privacy;

import dev.yumen.json.JsonScanner;
import dev.yumen.json.JsonScanner.Token;
import dev.yumen.json.MalformedJson;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the texts of a request to the Messages API in its bytes, and puts others in their place
 * while every other byte stays as it came. Bodies of {@code /v1/messages}, {@code count_tokens} and
 * batches; unknown members are looked into as well.
 *
 * <p>Left alone: thinking and its signatures, ids, names of tools and of models, types, encrypted
 * and base-64 content, and whatever only sets how a request is processed.
 */
public final class PromptLeaves {
  private PromptLeaves() {}

  /**
   * The texts of one question, in the order of the bytes.
   *
   * @throws MalformedJson when the body is no JSON
   */
  public static List<Leaf> of(byte[] body) throws MalformedJson {
    var walk = new LeafWalk(body, 0, body.length);
    JsonScanner scan = walk.scan();
    Token first = scan.next();
    if (first == Token.OBJECT) {
      question(walk);
    } else {
      walk.anything(first, Place.OTHER);
    }
    scan.next(); // fails unless the document ends here
    return walk.leaves();
  }

  /**
   * The texts of each question of a batch, each a conversation of its own.
   *
   * @throws MalformedJson when the body is no JSON
   */
  public static List<List<Leaf>> ofBatch(byte[] body) throws MalformedJson {
    var questions = new ArrayList<List<Leaf>>();
    var scan = new JsonScanner(body);
    Token first = scan.next();
    if (first == Token.OBJECT) {
      while (scan.next() == Token.KEY) {
        boolean requests = scan.is("requests");
        Token value = scan.next();
        if (requests && value == Token.ARRAY) {
          for (Token item = scan.next(); item != Token.ARRAY_END; item = scan.next()) {
            int from = scan.from();
            scan.skip(item);
            questions.add(request(body, from, scan.to()));
          }
        } else {
          scan.skip(value);
        }
      }
    }
    scan.next(); // fails unless the document ends here
    return questions;
  }

  /**
   * The body with other texts.
   *
   * @param leaves in the order of the bytes
   * @param texts one for each leaf; those that are equal to what the leaf says leave it as it is
   */
  public static byte[] replaced(byte[] body, List<Leaf> leaves, List<String> texts) {
    var edits = new Edits();
    for (int i = 0; i < leaves.size(); i++) {
      Leaf leaf = leaves.get(i);
      if (!leaf.text().equals(texts.get(i))) {
        edits.add(leaf.from(), leaf.to(), JsonText.quoted(texts.get(i)));
      }
    }
    return edits.applied(body, 0, body.length);
  }

  private static List<Leaf> request(byte[] body, int from, int to) throws MalformedJson {
    var walk = new LeafWalk(body, from, to);
    JsonScanner scan = walk.scan();
    Token first = scan.next();
    if (first == Token.OBJECT) {
      while (scan.next() == Token.KEY) {
        String name = scan.text();
        Token value = scan.next();
        if (name.equals("params") && value == Token.OBJECT) {
          question(walk);
        } else if (!name.equals("custom_id")) {
          walk.anything(value, Place.OTHER);
        }
      }
    } else {
      walk.anything(first, Place.OTHER);
    }
    return walk.leaves();
  }

  private static void question(LeafWalk walk) throws MalformedJson {
    JsonScanner scan = walk.scan();
    while (scan.next() == Token.KEY) {
      String name = scan.text();
      Token value = scan.next();
      switch (name) {
        case "system" -> walk.content(value, Place.SYSTEM);
        case "messages" -> messages(walk, value);
        case "tools" -> tools(walk, value);
        case "metadata" -> walk.anything(value, Place.METADATA);
        case "output_config", "output_format" -> walk.schema(value);
        case "model",
            "anthropic_version",
            "anthropic_beta",
            "betas",
            "cache_control",
            "container",
            "context_management",
            "fallback_credit_token",
            "fallbacks",
            "inference_geo",
            "mcp_servers",
            "service_tier",
            "speed",
            "thinking",
            "tool_choice" ->
            scan.skip(value);
        default -> walk.anything(value, Place.OTHER);
      }
    }
  }

  private static void tools(LeafWalk walk, Token value) throws MalformedJson {
    JsonScanner scan = walk.scan();
    if (value != Token.ARRAY) {
      walk.anything(value, Place.TOOL_DEFINITION);
      return;
    }
    for (Token item = scan.next(); item != Token.ARRAY_END; item = scan.next()) {
      if (item == Token.OBJECT) {
        walk.tool();
      } else {
        walk.anything(item, Place.TOOL_DEFINITION);
      }
    }
  }

  private static void messages(LeafWalk walk, Token value) throws MalformedJson {
    JsonScanner scan = walk.scan();
    if (value != Token.ARRAY) {
      walk.anything(value, Place.OTHER);
      return;
    }
    int number = 0;
    for (Token item = scan.next(); item != Token.ARRAY_END; item = scan.next()) {
      walk.message(number++);
      if (item == Token.OBJECT) {
        walk.message();
      } else {
        walk.anything(item, Place.OTHER);
      }
    }
    walk.message(-1);
  }
}
