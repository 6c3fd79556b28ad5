package dev.yumen.server.simulator;

import org.jspecify.annotations.Nullable;

/** Decides what to answer: the script first, then the model's name, else what is usual. */
final class Responder {
  private final @Nullable Script script;
  private final Ids ids;
  private final Attempts attempts = new Attempts();

  Responder(@Nullable Script script, Ids ids) {
    this.script = script;
    this.ids = ids;
  }

  Answer answer(MessageRequest request) {
    var draft = new Draft();
    var situation = new Situation(request, attempts, ids);
    if (script != null && script.apply(draft, situation)) {
      return draft.answer(request);
    }
    if (Behaviours.areAskedBy(request.model())) {
      try {
        Behaviours.apply(request.model(), draft, situation);
      } catch (IllegalArgumentException e) {
        var failed = new Draft();
        failed.add(
            new Step.Fail(
                Failure.notFound("model: " + request.model() + " (" + e.getMessage() + ")")));
        return failed.answer(request);
      }
    }
    return draft.answer(request);
  }
}
