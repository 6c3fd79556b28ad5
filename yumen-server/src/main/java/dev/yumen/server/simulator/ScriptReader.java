package dev.yumen.server.simulator;

import dev.yumen.server.simulator.Script.Part;
import dev.yumen.server.simulator.Script.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads a script, and the transcripts that it names, completely before anything is answered. */
final class ScriptReader {
  /** The keys of the conditions. */
  static final Set<String> CONDITIONS = Set.of("model", "text", "call");

  /** The keys of a rule. */
  static final Set<String> RULE = Set.of("when", "answer");

  private static final int MOST_CALLS = 1_000_000;

  private ScriptReader() {}

  /**
   * Reads the file. Blocks.
   *
   * @throws ScriptError when it is no script
   */
  static Script read(Path file) {
    ScriptNode root = root(file);
    ScriptNode rules = root.members(Set.of("rules")).get("rules");
    if (rules == null) {
      throw root.error("rules are expected");
    }
    return new Script(rules.list().stream().map(ScriptReader::rule).toList());
  }

  private static ScriptNode root(Path file) {
    var settings = LoadSettings.builder().setLabel(file.toString()).setUseMarks(true).build();
    try {
      String text = Files.readString(file);
      return new Compose(settings)
          .composeString(text)
          .map(node -> new ScriptNode(file, node))
          .orElseThrow(() -> new ScriptError(file + ":1: rules are expected"));
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      throw new ScriptError(file + ":" + line + ": " + e.getProblem());
    } catch (YamlEngineException e) {
      throw new ScriptError(file + ": " + e.getMessage());
    } catch (IOException e) {
      throw new ScriptError(file + " cannot be read (" + e + ")");
    }
  }

  private static Rule rule(ScriptNode node) {
    Map<String, ScriptNode> rule = node.members(RULE);
    Map<String, ScriptNode> when = new LinkedHashMap<>();
    ScriptNode conditions = rule.get("when");
    if (conditions != null) {
      when.putAll(conditions.members(CONDITIONS));
    }
    ScriptNode model = when.get("model");
    ScriptNode text = when.get("text");
    ScriptNode call = when.get("call");
    ScriptNode answer = rule.get("answer");
    if (answer == null) {
      throw node.error("an answer is expected");
    }
    var parts = new ArrayList<Part>();
    for (ScriptNode step : answer.list()) {
      parts.add(ScriptSteps.part(step));
    }
    return new Rule(
        glob(model == null ? "*" : model.text()),
        text == null ? "" : text.text(),
        call == null ? Set.of() : calls(call),
        parts);
  }

  private static Set<Integer> calls(ScriptNode node) {
    List<ScriptNode> numbers = node.isScalar() ? List.of(node) : node.list();
    var calls = new TreeSet<Integer>();
    numbers.forEach(number -> calls.add(number.number(1, MOST_CALLS)));
    return calls;
  }

  /** A pattern in which {@code *} stands for any text. */
  private static Pattern glob(String text) {
    var regex = new StringBuilder();
    for (String literal : text.split("\\*", -1)) {
      regex.append(regex.isEmpty() ? "" : ".*").append(Pattern.quote(literal));
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }
}
