package dev.yumen.server.simulator;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
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
  private static final int LONGEST_HEAD = 64 * 1024;
  private static final int LONGEST_LINE = 16 * 1024;

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
    return address(port);
  }

  private static URI address(int port) {
    return URI.create("http://" + LOOPBACK + ":" + port);
  }

  /** Stops listening and cuts what is still going on. From any thread. */
  public Future<Void> close() {
    return vertx.undeploy(deployment);
  }

  private static final class Listener extends VerticleBase {
    private final SimulatorOptions options;
    private @Nullable HttpServer server;
    private @Nullable Recorder recorder;

    Listener(SimulatorOptions options) {
      this.options = options;
    }

    @Override
    public Future<?> start() {
      return script().compose(script -> recorder().compose(_ -> listen(script)));
    }

    @Override
    public Future<?> stop() {
      return recorder == null ? Future.succeededFuture() : recorder.close();
    }

    int port() {
      return server == null ? options.port() : server.actualPort();
    }

    private Future<@Nullable Script> script() {
      Path file = options.script();
      return file == null
          ? Future.succeededFuture()
          : vertx.executeBlocking(() -> ScriptReader.read(file));
    }

    private Future<?> recorder() {
      Path file = options.record();
      return file == null
          ? Future.succeededFuture()
          : Recorder.open(vertx, file, options.clock()).onSuccess(opened -> recorder = opened);
    }

    private Future<HttpServer> listen(@Nullable Script script) {
      var ids = new Ids(options.random());
      Routes routes = routes(new Responder(script, ids), ids);
      var requests = new Requests(vertx, call -> answer(call, routes), ids, options.nanos());
      HttpServer http =
          vertx.createHttpServer(
              new HttpServerOptions()
                  .setTcpNoDelay(true)
                  .setHandle100ContinueAutomatically(true)
                  .setMaxHeaderSize(LONGEST_HEAD)
                  .setMaxInitialLineLength(LONGEST_LINE));
      server = http;
      return http.requestHandler(requests::take).listen(options.port(), LOOPBACK);
    }

    /** What is recorded is in the file before it is answered. */
    private Future<Outgoing> answer(Call call, Routes routes) {
      return recorder == null
          ? Future.succeededFuture(routes.answer(call))
          : recorder.record(call).map(_ -> routes.answer(call));
    }

    private Routes routes(Responder responder, Ids ids) {
      InstantSource clock = options.clock();
      var messages =
          new Messages(
              responder,
              new PromptCache(clock),
              new RateLimits(clock),
              ids,
              options.random(),
              options.tokensPerSecond());
      return new Routes(
          messages,
          new Batches(messages, ids, clock, () -> address(port())),
          new Models(Behaviours.ALL.stream().map(Behaviour::example).toList(), Behaviours::know),
          new UploadedFiles(ids, clock),
          new Completions(ids));
    }
  }
}
