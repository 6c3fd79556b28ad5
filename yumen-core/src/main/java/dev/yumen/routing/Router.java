package dev.yumen.routing;

import dev.yumen.exchange.Caller;
import dev.yumen.exchange.Endpoint;
import dev.yumen.exchange.Prompt;
import dev.yumen.exchange.Provider;
import dev.yumen.exchange.Reason;
import dev.yumen.exchange.Refused;
import dev.yumen.exchange.Route;
import java.util.List;

/**
 * Decides where a prompt may go. The first provider that serves the model gets it; what names no
 * model goes to the first provider of all. Thread-safe.
 *
 * @param providers in the order of the settings; at least one
 */
public record Router(List<Provider> providers) {

  /** Copies the list. */
  public Router {
    providers = List.copyOf(providers);
    if (providers.isEmpty()) {
      throw new IllegalArgumentException("no provider");
    }
  }

  /**
   * Returns the one route of a prompt.
   *
   * @throws Refused with {@code MODEL_NOT_ALLOWED}, {@code MODEL_UNKNOWN} or {@code MODELS_MIXED}
   */
  public Route route(Caller caller, Prompt prompt) throws Refused {
    for (String model : prompt.models()) {
      if (!caller.mayAsk(model)) {
        throw new Refused(
            Reason.MODEL_NOT_ALLOWED,
            "Your credential does not allow the model "
                + quoted(model)
                + ". GET /v1/models lists those it allows.");
      }
    }
    Provider chosen = null;
    for (String model : prompt.models()) {
      Provider provider = serving(model);
      if (chosen != null && !chosen.equals(provider)) {
        throw new Refused(
            Reason.MODELS_MIXED,
            "The models named here belong to different providers of this gateway. Send one request"
                + " for each.");
      }
      chosen = provider;
    }
    if (chosen == null && prompt.endpoint() == Endpoint.OTHER && !caller.mayAskAll()) {
      throw new Refused(
          Reason.MODEL_NOT_ALLOWED,
          "Your credential is limited to certain models, and which model this path would use cannot"
              + " be told. Use a credential without that limit.");
    }
    return new Route(chosen == null ? providers.getFirst() : chosen);
  }

  /** Returns a route to every provider, for what is asked of all. */
  public List<Route> all() {
    return providers.stream().map(Route::new).toList();
  }

  private Provider serving(String model) throws Refused {
    for (Provider provider : providers) {
      if (provider.serves(model)) {
        return provider;
      }
    }
    throw new Refused(
        Reason.MODEL_UNKNOWN,
        "model: "
            + quoted(model)
            + " is served by no provider of this gateway. GET /v1/models lists those that are.");
  }

  private static String quoted(String model) {
    return model.length() > 100 ? model.substring(0, 100) + "…" : model;
  }
}
