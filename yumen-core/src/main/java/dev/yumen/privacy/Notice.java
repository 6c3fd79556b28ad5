package dev.yumen.privacy;

import dev.yumen.json.JsonScanner;
import dev.yumen.json.JsonScanner.Token;
import dev.yumen.json.MalformedJson;
import java.nio.charset.StandardCharsets;

/**
 * Tells a model what pseudonyms are, in one text at the end of the system prompt. It is the same
 * for every request and stands behind whatever the caller marked for caching there.
 */
public final class Notice {
  private static final String TEXT =
      "Words made of a label in capitals, an underscore and eight capitals or digits stand for values"
          + " that are withheld. Copy them exactly, character by character, and do not translate,"
          + " split or explain them. Two that share the label and the first five characters behind it"
          + " mean one value written in two ways.";

  private Notice() {}

  /**
   * The body with the notice; without one when {@code system} is neither text nor a list.
   *
   * @throws MalformedJson when the body is no JSON
   */
  public static byte[] added(byte[] body) throws MalformedJson {
    var scan = new JsonScanner(body);
    if (scan.next() != Token.OBJECT) {
      return body;
    }
    int opening = scan.to();
    boolean empty = true;
    while (scan.next() == Token.KEY) {
      empty = false;
      boolean system = scan.is("system");
      Token value = scan.next();
      if (system) {
        return behind(body, scan, value);
      }
      scan.skip(value);
    }
    String member = "\"system\":" + quoted(TEXT) + (empty ? "" : ",");
    return inserted(body, opening, opening, member);
  }

  private static byte[] behind(byte[] body, JsonScanner scan, Token value) throws MalformedJson {
    if (value == Token.STRING) {
      String text = scan.text();
      String longer = text.isEmpty() ? TEXT : text + "\n\n" + TEXT;
      return inserted(body, scan.from(), scan.to(), quoted(longer));
    }
    if (value != Token.ARRAY) {
      return body;
    }
    int from = scan.to();
    scan.skip(value);
    boolean empty = new String(body, from, scan.from() - from, StandardCharsets.UTF_8).isBlank();
    String block = (empty ? "" : ",") + "{\"type\":\"text\",\"text\":" + quoted(TEXT) + "}";
    return inserted(body, scan.from(), scan.from(), block);
  }

  private static String quoted(String text) {
    return '"' + JsonText.escaped(text) + '"';
  }

  private static byte[] inserted(byte[] body, int from, int to, String text) {
    var edits = new Edits();
    edits.add(from, to, text.getBytes(StandardCharsets.UTF_8));
    return edits.applied(body, 0, body.length);
  }
}
