package dev.yumen;

import dev.yumen.dialect.ModelList;
import dev.yumen.exchange.Abandoned;
import dev.yumen.exchange.Answer;
import dev.yumen.exchange.Caller;
import dev.yumen.exchange.Prompt;
import dev.yumen.exchange.Provider;
import dev.yumen.exchange.Refused;
import dev.yumen.exchange.Route;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * The one question that goes to every provider: which models are there? One provider's own answer
 * is passed on as it is where nothing must be left out of it or changed.
 */
final class Models {
  private Models() {}

  /**
   * Asks one provider after another; one that cannot be reached contributes nothing.
   *
   * @throws Refused when none could be reached
   */
  static Answer ask(Gateway gateway, Caller caller, Prompt prompt) throws Refused, Abandoned {
    List<Route> routes = gateway.router().all();
    Provider first = routes.getFirst().provider();
    if (routes.size() == 1 && ModelList.isPlain(caller, prompt, first)) {
      return ask(gateway, routes.getFirst(), prompt);
    }
    Prompt everything = ModelList.unpaged(prompt);
    var answers = new LinkedHashMap<Provider, Answer.Whole>();
    Refused unreachable = null;
    for (Route route : routes) {
      try (Answer answer = ask(gateway, route, everything)) {
        if (answer instanceof Answer.Whole whole) {
          answers.put(route.provider(), whole);
        }
      } catch (Refused e) {
        unreachable = e;
      }
    }
    if (answers.isEmpty() && unreachable != null) {
      throw unreachable;
    }
    return ModelList.join(caller, prompt, answers);
  }

  private static Answer ask(Gateway gateway, Route route, Prompt prompt) throws Refused, Abandoned {
    return gateway.relay().plain(gateway.upstream().ask(route, prompt));
  }
}
