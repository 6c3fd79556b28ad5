package dev.yumen.server.simulator;

import dev.yumen.server.simulator.Answer.Content;
import dev.yumen.server.simulator.Answer.Delivery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** An answer in the making: behaviours and scripts add to it, one after the other. */
final class Draft {
  private final List<Step> steps = new ArrayList<>();
  private boolean said;
  private @Nullable Stop stop;
  private @Nullable Interruption interruption;
  private @Nullable Content instead;
  private @Nullable ObjectNode usage;
  private Delivery delivery = Delivery.PLAIN;

  void add(Step step) {
    steps.add(step);
    said |=
        switch (step) {
          case Step.Text _, Step.Bulk _, Step.ToolUse _, Step.Fail _, Step.Cut _, Step.End _ ->
              true;
          case Step.Thinking _, Step.Block _, Step.Wait _, Step.Ping _, Step.Raw _ -> false;
        };
  }

  void addAll(List<? extends Step> more) {
    more.forEach(this::add);
  }

  /** The model says nothing more of its own accord. */
  void enough() {
    said = true;
  }

  void stop(Stop reason) {
    stop = reason;
  }

  void interrupt(int events, Step ending) {
    interruption = new Interruption(events, ending);
  }

  /** There is no message but this. */
  void instead(Content content) {
    instead = content;
  }

  void usage(ObjectNode members) {
    usage = members;
  }

  void deliver(UnaryOperator<Delivery> change) {
    delivery = change.apply(delivery);
  }

  /**
   * The answer. When nothing was said that ends a turn, the model answers as usual.
   *
   * @param request with its limits of length
   */
  Answer answer(MessageRequest request) {
    Content other = instead;
    Optional<Failure> failure = failsAtOnce();
    if (other == null && failure.isPresent()) {
      other = new Answer.Failed(failure.get());
    }
    if (other != null) {
      return new Answer(other, delivery);
    }
    if (!said) {
      addAll(DefaultAnswer.to(request));
    }
    var message = new Answer.Message(steps, stop, interruption, usage);
    return new Answer(OutputLimits.of(request).applied(message), delivery);
  }

  /** An error before anything else was done is a status, not an event. */
  private Optional<Failure> failsAtOnce() {
    for (Step step : steps) {
      if (step instanceof Step.Fail fail) {
        return Optional.of(fail.failure());
      }
      if (!(step instanceof Step.Wait)) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }
}
