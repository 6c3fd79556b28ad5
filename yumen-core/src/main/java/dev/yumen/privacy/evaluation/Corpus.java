package dev.yumen.privacy.evaluation;

import dev.yumen.privacy.detection.DataType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Labelled texts as lines of JSON:
 *
 * <pre>{"text": "电话 …", "spans": [{"type": "cn-mobile", "start": 3, "end": 14}], "set": "chat"}
 * </pre>
 *
 * <p>Offsets count Unicode code points, as Python does. {@code set} and {@code types} may be left
 * out.
 */
public final class Corpus {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Corpus() {}

  /**
   * Reads line by line, so that a corpus may be larger than memory; empty lines are skipped.
   *
   * @throws IOException when a line has not the form; the message says which and why
   */
  public static void read(Reader reader, Consumer<Sample> each) throws IOException {
    var lines = new BufferedReader(reader);
    int number = 0;
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      try {
        each.accept(sample(JSON.readTree(line)));
      } catch (JacksonException | IllegalArgumentException e) {
        throw new IOException("line " + number + ": " + e.getMessage(), e);
      }
    }
  }

  /** One line of the form, without its line end. */
  public static String line(Sample sample) {
    var text = sample.text();
    var node = JSON.createObjectNode();
    node.put("set", sample.set());
    node.put("text", text);
    var spans = node.putArray("spans");
    for (var span : sample.spans()) {
      spans
          .addObject()
          .put("type", span.type().id())
          .put("start", text.codePointCount(0, span.start()))
          .put("end", text.codePointCount(0, span.end()));
    }
    if (!sample.types().isEmpty()) {
      var types = node.putArray("types");
      sample.types().stream().sorted().forEach(type -> types.add(type.id()));
    }
    return JSON.writeValueAsString(node);
  }

  private static Sample sample(JsonNode node) {
    var text = string(node, "text");
    var spans = new ArrayList<Sample.Span>();
    for (var span : node.path("spans")) {
      spans.add(
          new Sample.Span(
              DataType.of(string(span, "type")),
              offset(span, "start", text),
              offset(span, "end", text)));
    }
    var types = EnumSet.noneOf(DataType.class);
    for (var type : node.path("types")) {
      types.add(DataType.of(type.asString()));
    }
    var set = node.path("set").isString() ? node.path("set").asString() : "corpus";
    return new Sample(set, text, spans, types);
  }

  private static String string(JsonNode node, String name) {
    var value = node.path(name);
    if (!value.isString()) {
      throw new IllegalArgumentException("the member \"" + name + "\" must be a string");
    }
    return value.asString();
  }

  private static int offset(JsonNode span, String name, String text) {
    var value = span.path(name);
    if (!value.isInt()) {
      throw new IllegalArgumentException("the member \"" + name + "\" must be a whole number");
    }
    try {
      return text.offsetByCodePoints(0, value.asInt());
    } catch (IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("offset " + value + " lies outside the text", e);
    }
  }
}
