package dev.yumen.server.simulator;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Rules that say what to answer to which request. The first whose conditions hold answers. */
final class Script {
  private final List<Rule> rules;

  Script(List<Rule> rules) {
    this.rules = List.copyOf(rules);
  }

  /** Adds the answer of the first rule that the request meets; false when it meets none. */
  boolean apply(Draft draft, Situation situation) {
    Rule first = null;
    // Each rule counts the requests that it is about, also those that another rule answers.
    for (Rule rule : rules) {
      if (rule.isMetBy(situation.request()) && first == null) {
        first = rule;
      }
    }
    if (first == null) {
      return false;
    }
    for (Part part : first.parts) {
      part.apply(draft, situation);
    }
    return true;
  }

  /** A part of an answer. */
  interface Part {
    void apply(Draft draft, Situation situation);
  }

  /** Conditions, and the answer to a request that meets them all. */
  static final class Rule {
    private final Pattern model;
    private final String text;
    private final Set<Integer> calls;
    private final List<Part> parts;
    private int count;

    /**
     * Makes a rule.
     *
     * @param model the model's name matches it wholly
     * @param text is in what the user wrote last; empty for any
     * @param calls the rule is for the first, second … request about which the other conditions
     *     hold; empty for all of them
     * @param parts in order
     */
    Rule(Pattern model, String text, Set<Integer> calls, List<Part> parts) {
      this.model = model;
      this.text = text;
      this.calls = Set.copyOf(calls);
      this.parts = List.copyOf(parts);
    }

    private boolean isMetBy(MessageRequest request) {
      if (!model.matcher(request.model()).matches() || !request.userText().contains(text)) {
        return false;
      }
      count++;
      return calls.isEmpty() || calls.contains(count);
    }
  }
}
