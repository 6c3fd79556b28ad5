package dev.yumen.upstream;

import dev.yumen.exchange.Abandoned;
import dev.yumen.exchange.Answer;
import dev.yumen.exchange.Prompt;
import dev.yumen.exchange.Refused;
import dev.yumen.exchange.Route;

/** Asks a provider. */
public interface Upstream {

  /**
   * Sends the prompt along the route and blocks the calling virtual thread until the answer is
   * whole, or, for a stream or a long download, until its head is here. Interrupting the thread
   * abandons the question and frees the provider's connection at once.
   *
   * @throws Refused with {@code PROVIDER_UNREACHABLE}, {@code PROVIDER_TIMEOUT}, {@code
   *     PROVIDER_BROKEN} or {@code SHUTTING_DOWN}
   * @throws Abandoned when the thread was interrupted
   */
  Answer ask(Route route, Prompt prompt) throws Refused, Abandoned;
}
