package dev.yumen.server.simulator;

import dev.yumen.server.simulator.Answer.Verbatim;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Behaviours that decide how an answer travels and where it breaks. */
final class FaultBehaviours {
  private static final int MOST_EVENTS = 1_000_000;

  static final List<Behaviour> ALL =
      List.of(
          new Behaviour("error", "-STATUS", "sim-error-529", FaultBehaviours::error),
          new Behaviour(
              "flaky",
              "-N",
              "sim-flaky-2",
              (draft, argument, situation) -> {
                if (situation.attempts().fails(situation.request(), argument.count(2, 100))) {
                  draft.add(new Step.Fail(Failure.overloaded()));
                }
              }),
          new Behaviour(
              "midstream-error",
              "-N",
              "sim-midstream-error-5",
              (draft, argument, _) ->
                  draft.interrupt(
                      argument.count(5, MOST_EVENTS), new Step.Fail(Failure.overloaded()))),
          new Behaviour(
              "cut",
              "-N",
              "sim-cut-5",
              (draft, argument, _) ->
                  draft.interrupt(argument.count(5, MOST_EVENTS), new Step.Cut())),
          new Behaviour(
              "early-end",
              "-N",
              "sim-early-end-5",
              (draft, argument, _) ->
                  draft.interrupt(argument.count(5, MOST_EVENTS), new Step.End())),
          new Behaviour(
              "slow-head",
              "-TIME",
              "sim-slow-head-5s",
              (draft, argument, _) ->
                  draft.deliver(how -> how.head(argument.time(Duration.ofSeconds(5))))),
          new Behaviour(
              "silence",
              "-TIME",
              "sim-silence-30s",
              (draft, argument, _) ->
                  draft.add(new Step.Wait(argument.time(Duration.ofSeconds(30))))),
          new Behaviour(
              "pings",
              "-TIME",
              "sim-pings-30s",
              (draft, argument, _) -> {
                var between = Duration.ofSeconds(1);
                Duration left = argument.time(Duration.ofSeconds(30));
                while (left.isPositive()) {
                  draft.add(new Step.Wait(left.compareTo(between) < 0 ? left : between));
                  draft.add(new Step.Ping());
                  left = left.minus(between);
                }
              }),
          new Behaviour(
              "pace",
              "-N",
              "sim-pace-20",
              (draft, argument, _) ->
                  draft.deliver(how -> how.tokensPerSecond(argument.count(20, MOST_EVENTS)))),
          new Behaviour(
              "chunks",
              "-N",
              "sim-chunks-37",
              (draft, argument, _) ->
                  draft.deliver(how -> how.chunk(argument.count(37, MOST_EVENTS)))),
          new Behaviour(
              "gzip", "", "sim-gzip", (draft, _, _) -> draft.deliver(how -> how.gzipped())),
          new Behaviour(
              "not-a-message",
              "",
              "sim-not-a-message",
              (draft, _, _) ->
                  draft.instead(
                      new Verbatim(
                          "{\"ok\":true}".getBytes(StandardCharsets.UTF_8), "application/json"))));

  private FaultBehaviours() {}

  private static void error(Draft draft, Behaviour.Argument argument, Situation situation) {
    draft.add(new Step.Fail(failure(argument.text())));
  }

  private static Failure failure(String text) {
    int hyphen = text.indexOf('-');
    String status = hyphen < 0 ? text : text.substring(0, hyphen);
    if (!status.matches("[45]\\d\\d")) {
      throw new IllegalArgumentException("a status from 400 to 599 is expected");
    }
    var failure = Failure.of(Integer.parseInt(status));
    return switch (hyphen < 0 ? "" : text.substring(hyphen + 1)) {
      case "" -> failure;
      case "edge" -> failure.with(Failure.Shape.EDGE);
      case "html" -> failure.with(Failure.Shape.HTML);
      case "region" ->
          new Failure(
              failure.status(), "forbidden", "Request not allowed", Failure.Shape.EDGE, Map.of());
      case "prompt" ->
          new Failure(
              failure.status(),
              "invalid_request_error",
              "prompt is too long: 1000001 tokens > 1000000 maximum");
      case "spend" ->
          new Failure(
              failure.status(),
              "rate_limit_error",
              "You have reached your specified API usage limits.");
      default ->
          throw new IllegalArgumentException(
              "after the status edge, html, region, prompt or spend is expected");
    };
  }
}
