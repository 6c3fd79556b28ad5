package dev.yumen;

import dev.yumen.audit.Audit;
import dev.yumen.authentication.Authenticator;
import dev.yumen.dialect.Dialect;
import dev.yumen.exchange.Abandoned;
import dev.yumen.exchange.Answer;
import dev.yumen.exchange.Arrival;
import dev.yumen.exchange.Caller;
import dev.yumen.exchange.Delivery;
import dev.yumen.exchange.Endpoint;
import dev.yumen.exchange.Prompt;
import dev.yumen.exchange.Reason;
import dev.yumen.exchange.Refusal;
import dev.yumen.exchange.Refused;
import dev.yumen.exchange.Reply;
import dev.yumen.exchange.Route;
import dev.yumen.relay.Relay;
import dev.yumen.routing.Router;
import dev.yumen.upstream.Upstream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The path one request takes, from arrival to audit. Read this class first.
 *
 * <p>The order of the stages is a promise to the people whose words pass through, so it is written
 * here and cannot be configured. What each stage does can be. A gateway is immutable: new settings
 * make a new one, and running exchanges finish on the old.
 */
public record Gateway(
    Authenticator authenticator,
    Dialect dialect,
    Router router,
    Upstream upstream,
    Relay relay,
    Audit audit) {

  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

  /** Serves one arrival on the calling virtual thread and returns when its reply has ended. */
  public void serve(Arrival arrival, Reply reply) {
    try (Audit.Trail trail = audit.begin(arrival)) {
      try {
        trail.answered(converse(arrival, reply, trail));
      } catch (Refused refused) {
        refuse(refused.refusal(), arrival, reply, trail);
      } catch (Abandoned e) {
        if (!reply.gone()) {
          refuse(new Refusal(Reason.SHUTTING_DOWN, "Try again."), arrival, reply, trail);
        }
      } catch (RuntimeException | Error e) {
        LOG.error("{} failed", arrival.id(), e);
        refuse(
            new Refusal(Reason.INTERNAL, "The gateway failed. Its log has the request id."),
            arrival,
            reply,
            trail);
      }
    }
  }

  private Delivery converse(Arrival arrival, Reply reply, Audit.Trail trail)
      throws Refused, Abandoned {
    Caller caller = authenticator.identify(arrival.headers());
    trail.caller(caller);
    Prompt prompt = dialect.read(arrival);
    trail.prompt(prompt);
    Route route = router.route(caller, prompt);
    trail.route(route);
    try (Answer answer = ask(caller, prompt, route)) {
      return relay.send(
          prompt,
          route.provider(),
          dialect.localise(prompt, answer, arrival.origin()),
          dialect.meter(prompt),
          arrival.id(),
          trail.began(),
          reply,
          refusal -> dialect.farewell(refusal, arrival.id()));
    }
  }

  private Answer ask(Caller caller, Prompt prompt, Route route) throws Refused, Abandoned {
    return prompt.endpoint() == Endpoint.MODELS
        ? Models.ask(this, caller, prompt)
        : relay.plain(upstream.ask(route, prompt));
  }

  private void refuse(Refusal refusal, Arrival arrival, Reply reply, Audit.Trail trail) {
    trail.refused(refusal);
    Relay.own(dialect.refuse(arrival, refusal), arrival.id(), reply);
  }
}
