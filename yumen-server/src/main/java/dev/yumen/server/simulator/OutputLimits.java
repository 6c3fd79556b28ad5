package dev.yumen.server.simulator;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a request wants the answer to end, whatever the model would say.
 *
 * @param tokens at most so many
 * @param sequences the first of these in the text ends it
 */
record OutputLimits(int tokens, List<String> sequences) {
  static OutputLimits of(MessageRequest request) {
    return new OutputLimits(request.maxTokens(), request.stopSequences());
  }

  /** The same message, or its beginning with the reason to stop. */
  Answer.Message applied(Answer.Message message) {
    var kept = new ArrayList<Step>();
    int left = tokens;
    for (Step step : message.steps()) {
      Step shorter = untilSequence(step);
      if (cost(shorter) > left) {
        Step rest = first(shorter, left);
        if (left > 0) {
          kept.add(rest);
        }
        return message.ended(kept, Stop.MAX_TOKENS);
      }
      left -= cost(shorter);
      kept.add(shorter);
      if (!shorter.equals(step)) {
        return message.ended(kept, Stop.sequence(sequenceIn(((Step.Text) step).text())));
      }
    }
    return message;
  }

  private Step untilSequence(Step step) {
    if (step instanceof Step.Text text && !sequenceIn(text.text()).isEmpty()) {
      String whole = text.text();
      return new Step.Text(whole.substring(0, whole.indexOf(sequenceIn(whole))), text.citations());
    }
    return step;
  }

  private String sequenceIn(String text) {
    String first = "";
    int at = Integer.MAX_VALUE;
    for (String sequence : sequences) {
      int here = text.indexOf(sequence);
      if (here >= 0 && here < at) {
        at = here;
        first = sequence;
      }
    }
    return first;
  }

  private static int cost(Step step) {
    return switch (step) {
      case Step.Text text -> Tokens.count(text.text());
      case Step.Thinking thinking -> Tokens.count(thinking.text());
      case Step.ToolUse tool -> Tokens.count(tool.input());
      // Bulk is asked for by size.
      case Step.Bulk _, Step.Block _, Step.Wait _, Step.Ping _, Step.Raw _ -> 0;
      case Step.Fail _, Step.Cut _, Step.End _ -> 0;
    };
  }

  private static Step first(Step step, int tokens) {
    return switch (step) {
      case Step.Text text -> new Step.Text(Tokens.first(text.text(), tokens), text.citations());
      case Step.Thinking one -> new Step.Thinking(Tokens.first(one.text(), tokens), one.shown());
      case Step.ToolUse tool ->
          new Step.ToolUse(
              tool.id(), tool.name(), Tokens.first(tool.input(), tokens), tool.server());
      default -> step;
    };
  }
}
