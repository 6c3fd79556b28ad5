package dev.yumen.privacy.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.re2j.Pattern;
import dev.yumen.privacy.evaluation.Evaluation;
import dev.yumen.privacy.evaluation.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Bars on corpora of others. They are not part of the project: put them beside it or say where they
 * are with {@code YUMEN_SHARED}; without them these tests are skipped and say so.
 */
class SharedCorporaTest {
  private static final Path SHARED =
      Path.of(Objects.requireNonNullElse(System.getenv("YUMEN_SHARED"), "../../shared"));
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Detector detector = new StructuredDetector();

  /** One rule of gitleaks. */
  private record Rule(String id, Pattern pattern, double entropy) {
    boolean matches(String text) {
      var matcher = pattern.matcher(text);
      while (matcher.find()) {
        var secret = matcher.group();
        for (int group = 1; group <= matcher.groupCount(); group++) {
          if (matcher.group(group) != null && !matcher.group(group).isEmpty()) {
            secret = matcher.group(group);
            break;
          }
        }
        if (Entropy.of(secret) >= entropy) {
          return true;
        }
      }
      return false;
    }
  }

  @Test
  void samples_of_gitleaks_are_found_and_its_false_positives_are_not() throws IOException {
    var rules = rules(shared("pii/gitleaks/gitleaks.toml"));
    int secrets = 0;
    int missed = 0;
    int harmless = 0;
    int flagged = 0;
    for (var line : Files.readAllLines(shared("pii/gitleaks/rule_samples.jsonl"))) {
      var sample = JSON.readTree(line);
      var text = sample.get("text").asString();
      var id = sample.get("rule").asString();
      boolean found = detector.detect(text).stream().anyMatch(f -> f.type().secret());
      // Some samples are templates or stand in the wrong list: the rules themselves say which.
      if (sample.get("kind").asString().equals("tp")) {
        var rule = rules.get(id);
        if (rule != null && rule.matches(text)) {
          secrets++;
          missed += found ? 0 : 1;
        }
      } else if (rules.values().stream()
          .noneMatch(rule -> !rule.id().equals("generic-api-key") && rule.matches(text))) {
        harmless++;
        flagged += found ? 1 : 0;
      }
    }
    System.out.printf(
        "gitleaks: %d of %d secrets missed, %d of %d harmless samples flagged%n",
        missed, secrets, flagged, harmless);

    assertThat(secrets).isGreaterThan(100);
    assertThat(missed).isLessThanOrEqualTo(secrets * 5 / 100);
    assertThat(flagged).isLessThanOrEqualTo(harmless * 5 / 100);
  }

  @Test
  void structured_types_of_the_presidio_data_set_are_found() throws IOException {
    var types =
        Map.of(
            "CREDIT_CARD", DataType.PAYMENT_CARD,
            "PHONE_NUMBER", DataType.PHONE_NUMBER,
            "EMAIL_ADDRESS", DataType.EMAIL,
            "IBAN_CODE", DataType.IBAN,
            "US_SSN", DataType.US_SSN,
            "IP_ADDRESS", DataType.IP_ADDRESS);
    var evaluation = new Evaluation(detector, Evaluation.Match.OVERLAP);
    var file = shared("pii/presidio-research/synth_dataset_v2.json.gz");
    try (var in = new GZIPInputStream(Files.newInputStream(file))) {
      JSON.readTree(in).forEach(node -> evaluation.add(presidio(node, types)));
    }
    System.out.println(evaluation.table());

    assertThat(evaluation.total().recall().value()).isGreaterThanOrEqualTo(0.9);
    assertThat(evaluation.total().precision().value()).isGreaterThanOrEqualTo(0.95);
  }

  private static Sample presidio(JsonNode node, Map<String, DataType> types) {
    var text = node.get("full_text").asString();
    var spans = new ArrayList<Sample.Span>();
    for (var span : node.get("spans")) {
      var type = types.get(span.get("entity_type").asString());
      if (type != null) {
        spans.add(
            new Sample.Span(
                type,
                text.offsetByCodePoints(0, span.get("start_position").asInt()),
                text.offsetByCodePoints(0, span.get("end_position").asInt())));
      }
    }
    spans.sort(Comparator.comparingInt(Sample.Span::start));
    return new Sample("presidio", text, spans, Set.copyOf(types.values()));
  }

  /** The little of TOML that the file uses. */
  private static Map<String, Rule> rules(Path file) throws IOException {
    var rules = new HashMap<String, Rule>();
    String id = "";
    String regex = "";
    double entropy = 0;
    var lines = new ArrayList<>(Files.readAllLines(file));
    lines.add("[[rules]]");
    for (var line : lines) {
      if (line.equals("[[rules]]")) {
        if (!regex.isEmpty()) {
          rules.put(id, new Rule(id, Pattern.compile(regex), entropy));
        }
        regex = "";
        entropy = 0;
      } else if (line.startsWith("id = ")) {
        id = line.substring(6, line.length() - 1);
      } else if (line.startsWith("regex = '''")) {
        regex = line.substring(11, line.length() - 3);
      } else if (line.startsWith("entropy = ")) {
        entropy = Double.parseDouble(line.substring(10));
      }
    }
    return rules;
  }

  private static Path shared(String name) {
    var file = SHARED.resolve(name);
    if (!Files.exists(file)) {
      System.err.println("SKIPPED: " + file + " is not there; set YUMEN_SHARED to run this test");
    }
    assumeTrue(Files.exists(file), () -> file + " is not there");
    return file;
  }
}
