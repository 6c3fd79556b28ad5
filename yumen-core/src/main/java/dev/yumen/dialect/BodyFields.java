package dev.yumen.dialect;

import dev.yumen.exchange.Reason;
import dev.yumen.exchange.Refused;
import dev.yumen.json.JsonScanner;
import dev.yumen.json.JsonScanner.Token;
import dev.yumen.json.MalformedJson;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What the gateway looks up in a request body. A member that appears twice is refused, because two
 * readers could take different ones, and a check would guard the wrong one.
 *
 * @param models the models named; empty when there is none
 * @param streaming whether {@code stream} is true
 */
record BodyFields(Set<String> models, boolean streaming) {

  /** Longest model name, in characters. Longer ones are no model's. */
  private static final int LONGEST_MODEL = 256;

  /** Reads {@code model} and {@code stream} of one question. */
  static BodyFields ofQuestion(byte[] body) throws Refused {
    try {
      var scan = new JsonScanner(body);
      object(scan.next());
      BodyFields fields = members(scan);
      end(scan);
      return fields;
    } catch (MalformedJson e) {
      throw malformed(e);
    }
  }

  /** Reads the model of each question of a batch. */
  static BodyFields ofBatch(byte[] body) throws Refused {
    var models = new LinkedHashSet<String>();
    try {
      var scan = new JsonScanner(body);
      object(scan.next());
      var seen = new HashSet<String>();
      while (scan.next() == Token.KEY) {
        once(seen, scan.text());
        boolean requests = scan.is("requests");
        Token value = scan.next();
        if (requests && value == Token.ARRAY) {
          requests(scan, models);
        } else {
          scan.skip(value);
        }
      }
      end(scan);
    } catch (MalformedJson e) {
      throw malformed(e);
    }
    return new BodyFields(models, false);
  }

  private static void requests(JsonScanner scan, Set<String> models) throws MalformedJson, Refused {
    for (Token item = scan.next(); item != Token.ARRAY_END; item = scan.next()) {
      object(item);
      var seen = new HashSet<String>();
      while (scan.next() == Token.KEY) {
        once(seen, scan.text());
        boolean params = scan.is("params");
        Token value = scan.next();
        if (params && value == Token.OBJECT) {
          models.addAll(members(scan).models);
        } else {
          scan.skip(value);
        }
      }
    }
  }

  /** Reads the members of the object just entered, its end included. */
  private static BodyFields members(JsonScanner scan) throws MalformedJson, Refused {
    String model = null;
    boolean streaming = false;
    var seen = new HashSet<String>();
    while (scan.next() == Token.KEY) {
      String name = scan.text();
      once(seen, name);
      Token value = scan.next();
      if (name.equals("model")) {
        if (value != Token.STRING || scan.to() - scan.from() > LONGEST_MODEL) {
          throw new Refused(
              Reason.BODY_MALFORMED, "model: a string of at most 256 characters was expected.");
        }
        model = scan.text();
      } else if (name.equals("stream")) {
        streaming = value == Token.TRUE;
        scan.skip(value);
      } else {
        scan.skip(value);
      }
    }
    return new BodyFields(model == null ? Set.of() : Set.of(model), streaming);
  }

  private static void object(Token first) throws Refused {
    if (first != Token.OBJECT) {
      throw new Refused(Reason.BODY_MALFORMED, "A JSON object was expected.");
    }
  }

  private static void once(Set<String> seen, String name) throws Refused {
    if (!seen.add(name)) {
      throw new Refused(
          Reason.BODY_MALFORMED, "A member of the JSON object appears twice. Send it once.");
    }
  }

  private static void end(JsonScanner scan) throws MalformedJson {
    while (scan.next() != Token.END) {
      throw new IllegalStateException("a scanner passed the end of its document");
    }
  }

  private static Refused malformed(MalformedJson e) {
    return new Refused(
        Reason.BODY_MALFORMED, "The body is not valid JSON: " + e.getMessage() + ".");
  }
}
