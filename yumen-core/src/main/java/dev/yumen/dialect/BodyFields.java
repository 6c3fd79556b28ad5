package dev.yumen.dialect;

import dev.yumen.exchange.Reason;
import dev.yumen.exchange.Refused;
import dev.yumen.json.JsonScanner;
import dev.yumen.json.JsonScanner.Token;
import dev.yumen.json.MalformedJson;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * What the gateway looks up in a request body. A member that appears twice is refused, also where
 * only the case differs, because two readers could take different ones, and a check would guard the
 * wrong one. So is a question that names no model: it could be neither allowed nor routed.
 *
 * @param models the model asked, and those that it may be handed to ({@code fallbacks}) or may
 *     consult ({@code tools}); at least one for each question
 * @param streaming whether {@code stream} is true
 */
record BodyFields(Set<String> models, boolean streaming) {

  /** Longest model name as it is written, in bytes. Longer ones are no model's. */
  private static final int LONGEST_MODEL = 256;

  /** Reads one question. */
  static BodyFields ofQuestion(byte[] body) throws Refused {
    var models = new LinkedHashSet<String>();
    try {
      var scan = new JsonScanner(body);
      object(scan.next());
      boolean streaming = question(scan, models);
      scan.next(); // fails unless the document ends here
      return new BodyFields(models, streaming);
    } catch (MalformedJson e) {
      throw malformed(e);
    }
  }

  /** Reads each question of a batch. */
  static BodyFields ofBatch(byte[] body) throws Refused {
    var models = new LinkedHashSet<String>();
    try {
      var scan = new JsonScanner(body);
      object(scan.next());
      var seen = new HashSet<String>();
      while (scan.next() == Token.KEY) {
        String name = once(seen, scan);
        Token value = scan.next();
        if (!name.equals("requests")) {
          scan.skip(value);
        } else if (value == Token.ARRAY) {
          requests(scan, models);
        } else {
          throw expected("requests: a list was expected.");
        }
      }
      scan.next(); // fails unless the document ends here
    } catch (MalformedJson e) {
      throw malformed(e);
    }
    return new BodyFields(models, false);
  }

  private static void requests(JsonScanner scan, Set<String> models) throws MalformedJson, Refused {
    for (Token item = scan.next(); item != Token.ARRAY_END; item = scan.next()) {
      object(item);
      boolean asked = false;
      var seen = new HashSet<String>();
      while (scan.next() == Token.KEY) {
        String name = once(seen, scan);
        Token value = scan.next();
        if (name.equals("params") && value == Token.OBJECT) {
          question(scan, models);
          asked = true;
        } else {
          scan.skip(value);
        }
      }
      if (!asked) {
        throw expected("params: an object was expected in each request.");
      }
    }
  }

  /**
   * Reads the members of the question just entered, its end included, and returns whether it wants
   * a stream.
   */
  private static boolean question(JsonScanner scan, Set<String> models)
      throws MalformedJson, Refused {
    boolean named = false;
    boolean streaming = false;
    var others = new LinkedHashSet<String>();
    var seen = new HashSet<String>();
    while (scan.next() == Token.KEY) {
      String name = once(seen, scan);
      Token value = scan.next();
      switch (name) {
        case "model" -> {
          models.add(model(scan, value));
          named = true;
        }
        case "stream" -> {
          streaming = value == Token.TRUE;
          scan.skip(value);
        }
        case "fallbacks", "tools" -> others(scan, value, others);
        default -> scan.skip(value);
      }
    }
    if (!named) {
      throw expected("model: Field required");
    }
    models.addAll(others);
    return streaming;
  }

  private static String model(JsonScanner scan, Token value) throws MalformedJson, Refused {
    if (value != Token.STRING || scan.to() - scan.from() > LONGEST_MODEL) {
      throw expected("model: a string of at most 256 characters was expected.");
    }
    return scan.text();
  }

  /** Collects what each object in a list names as its model. */
  private static void others(JsonScanner scan, Token list, Set<String> models)
      throws MalformedJson, Refused {
    if (list != Token.ARRAY) {
      scan.skip(list);
      return;
    }
    for (Token item = scan.next(); item != Token.ARRAY_END; item = scan.next()) {
      if (item != Token.OBJECT) {
        scan.skip(item);
        continue;
      }
      while (scan.next() == Token.KEY) {
        boolean isModel = scan.text().equalsIgnoreCase("model");
        Token value = scan.next();
        if (isModel) {
          models.add(model(scan, value));
        } else {
          scan.skip(value);
        }
      }
    }
  }

  private static void object(Token first) throws Refused {
    if (first != Token.OBJECT) {
      throw expected("A JSON object was expected.");
    }
  }

  /** Returns the name of the member just reached. */
  private static String once(Set<String> seen, JsonScanner scan) throws MalformedJson, Refused {
    String name = scan.text();
    if (!seen.add(name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT))) {
      throw expected("A member of the JSON object appears twice. Send it once.");
    }
    return name;
  }

  private static Refused expected(String what) {
    return new Refused(Reason.BODY_MALFORMED, what);
  }

  private static Refused malformed(MalformedJson e) {
    return new Refused(
        Reason.BODY_MALFORMED, "The body is not valid JSON: " + e.getMessage() + ".");
  }
}
