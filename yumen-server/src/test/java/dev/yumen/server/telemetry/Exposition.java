package dev.yumen.server.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A scrape, read as strictly as Prometheus does (text format 0.0.4): every sample belongs to a
 * declared metric, names and labels have the allowed form, no sample comes twice.
 *
 * @param types the type of each metric by its declared name
 * @param samples values by {@code name{label="value",…}}, labels in alphabetical order
 */
record Exposition(Map<String, String> types, Map<String, Double> samples) {
  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\\n]|\\\\[\\\\\"n])*)\"(,|$)");

  static Exposition of(Metrics metrics) {
    var out = new ByteArrayOutputStream();
    metrics.scrape(out, "text/plain; version=0.0.4; charset=utf-8");
    return parse(out.toString(UTF_8));
  }

  static Exposition parse(String text) {
    if (!text.endsWith("\n")) {
      throw new AssertionError("the last line is not ended");
    }
    var types = new LinkedHashMap<String, String>();
    var samples = new HashMap<String, Double>();
    text.lines()
        .forEach(line -> {
          if (line.startsWith("# TYPE ")) {
            String[] words = line.split(" ", 4);
            if (types.put(words[2], words[3]) != null) {
              throw new AssertionError("declared twice: " + line);
            }
          } else if (!line.startsWith("# HELP ")) {
            sample(line, types, samples);
          }
        });
    return new Exposition(types, samples);
  }

  private static void sample(String line, Map<String, String> types, Map<String, Double> samples) {
    var sample = SAMPLE.matcher(line);
    if (!sample.matches()) {
      throw new AssertionError("not a sample: " + line);
    }
    String name = sample.group(1);
    String declared = name.replaceFirst("_(bucket|count|sum)$", "");
    if (!types.containsKey(name) && !"histogram".equals(types.get(declared))) {
      throw new AssertionError("not declared: " + line);
    }
    var labels = new TreeMap<String, String>();
    String rest = sample.group(2) == null ? "" : sample.group(2);
    while (!rest.isEmpty()) {
      var label = LABEL.matcher(rest);
      if (!label.lookingAt() || labels.put(label.group(1), label.group(2)) != null) {
        throw new AssertionError("not a label: " + line);
      }
      rest = rest.substring(label.end());
    }
    String value = sample.group(3).replace("Inf", "Infinity");
    var key = new StringBuilder(name);
    labels.forEach((label, text) -> key.append(' ').append(label).append('=').append(text));
    if (samples.put(key.toString(), Double.parseDouble(value)) != null) {
      throw new AssertionError("sampled twice: " + line);
    }
  }

  /** The value of a sample, written as {@code name label=value label=value}. */
  double value(String sample) {
    Double value = samples.get(sample);
    if (value == null) {
      throw new AssertionError("no sample " + sample + " in " + samples.keySet());
    }
    return value;
  }
}
