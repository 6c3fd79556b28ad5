package dev.yumen.server.simulator;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A provider that needs no key and no network: it speaks the Messages API on the loopback
 * interface, and answers by the name of the model or by a script. {@code
 * docs/reference/simulated-provider.md} tells what it can do.
 *
 * <p>One event loop serves it all. Nothing is kept when it is closed.
 */
public final class Simulator {
  private static final String LOOPBACK = "127.0.0.1";

  private final Vertx vertx;
  private final String deployment;
  private final int port;

  private Simulator(Vertx vertx, String deployment, int port) {
    this.vertx = vertx;
    this.deployment = deployment;
    this.port = port;
  }

  /**
   * Opens a provider; the future fails when the port is taken or the script cannot be read. From
   * any thread.
   */
  public static Future<Simulator> open(Vertx vertx, SimulatorOptions options) {
    var listener = new Listener(options);
    return vertx
        .deployVerticle(listener)
        .map(deployment -> new Simulator(vertx, deployment, listener.port()));
  }

  /** Where it listens, without a path: what clients call the base URL. */
  public URI address() {
    return URI.create("http://" + LOOPBACK + ":" + port);
  }

  /** Stops listening and cuts what is still going on. From any thread. */
  public Future<Void> close() {
    return vertx.undeploy(deployment);
  }

  private static final class Listener extends VerticleBase {
    private final SimulatorOptions options;
    private @Nullable HttpServer server;

    Listener(SimulatorOptions options) {
      this.options = options;
    }

    @Override
    public Future<?> start() {
      var ids = new Ids(options.random());
      var limits = new RateLimits(options.clock());
      var messages =
          new Messages(
              request ->
                  new Answer(
                      new Answer.Message(DefaultAnswer.to(request), null, null),
                      Answer.Delivery.PLAIN),
              limits,
              ids,
              options.random(),
              options.tokensPerSecond());
      var routes = new Routes(messages, new Models(List.of(), _ -> false));
      var requests =
          new Requests(
              vertx, call -> Future.succeededFuture(routes.answer(call)), ids, options.nanos());
      HttpServer http =
          vertx.createHttpServer(
              new HttpServerOptions()
                  .setTcpNoDelay(true)
                  .setHandle100ContinueAutomatically(true)
                  .setMaxHeaderSize(64 * 1024)
                  .setMaxInitialLineLength(16 * 1024));
      server = http;
      return http.requestHandler(requests::take).listen(options.port(), LOOPBACK);
    }

    int port() {
      return server == null ? options.port() : server.actualPort();
    }
  }
}
