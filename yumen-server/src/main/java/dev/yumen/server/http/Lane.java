package dev.yumen.server.http;

import dev.yumen.Gateway;
import dev.yumen.exchange.Headers;
import dev.yumen.upstream.Upstream;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One event loop with its share of the connections: an instance of the HTTP server, and the
 * upstream that asks on the same loop. The spine runs on a virtual thread for each request.
 */
final class Lane extends VerticleBase {
  private static final int LONGEST_LINE = 16 * 1024;

  private final DoorOptions options;
  private final int port;
  private final Supplier<Generation> generations;
  private final Function<Loop, Upstream> upstreams;
  private final BodyBudget budget;
  private final Origins origins;
  private final Ids ids;
  private final InstantSource clock;
  private final LongSupplier nanos;

  private @Nullable HttpServer server;
  private @Nullable Loop loop;
  private @Nullable Generation generation;
  private @Nullable Gateway gateway;
  private @Nullable Connections connections;
  private int running;
  private Runnable onIdle = () -> {};

  Lane(DataDoor.Parts parts, int port) {
    this.options = parts.options();
    this.port = port;
    this.generations = parts.generations();
    this.upstreams = parts.upstreams();
    this.budget = parts.budget();
    this.origins = parts.origins();
    this.ids = parts.ids();
    this.clock = parts.clock();
    this.nanos = parts.nanos();
  }

  @Override
  public Future<?> start() {
    var here = new Loop(context, nanos);
    var there = upstreams.apply(here);
    var open = new Connections(here, options);
    loop = here;
    connections = open;
    vertx.setPeriodic(
        1000,
        _ -> {
          here.tick();
          open.tick();
        });
    HttpServer http = vertx.createHttpServer(serverOptions());
    server = http;
    return http.connectionHandler(open::opened)
        .invalidRequestHandler(InvalidRequests::answer)
        .requestHandler(request -> serve(request, here, there, open))
        .listen(port, options.address());
  }

  /** The port it listens on. */
  int actualPort() {
    return server == null ? port : server.actualPort();
  }

  private HttpServerOptions serverOptions() {
    var http =
        new HttpServerOptions()
            .setMaxHeaderSize(options.header())
            .setMaxInitialLineLength(LONGEST_LINE)
            .setTcpNoDelay(true)
            .setTcpKeepAlive(true)
            .setAcceptBacklog(1024)
            .setHandle100ContinueAutomatically(false)
            .setHttp2ClearTextEnabled(true)
            .setStrictThreadMode(true);
    DoorOptions.Tls tls = options.tls();
    if (tls != null) {
      http.setSsl(true)
          .setUseAlpn(true)
          .setKeyCertOptions(
              new PemKeyCertOptions()
                  .addCertPath(tls.certificate().toString())
                  .addKeyPath(tls.key().toString()));
    }
    return http;
  }

  private void serve(HttpServerRequest request, Loop here, Upstream there, Connections open) {
    if (Probes.answer(request)) {
      return;
    }
    request.pause();
    open.begun(request.connection());
    running++;
    var body = new HttpBody(request, here, budget, options.bodyTimeout());
    var reply =
        new HttpReply(request, body, here, options.stuckWriter(), () -> ended(request, open));
    var arrival =
        new HttpArrival(
            ids.next(),
            clock.instant(),
            request.method().name(),
            pathOf(request),
            request.query(),
            headersOf(request),
            origins.peer(request),
            origins.origin(request),
            body);
    Gateway serving = gateway(there);
    Thread thread = Thread.ofVirtual().unstarted(() -> serving.serve(arrival, reply));
    reply.servedBy(thread);
    thread.start();
  }

  private void ended(HttpServerRequest request, Connections open) {
    open.ended(request.connection());
    running--;
    if (running == 0) {
      onIdle.run();
    }
  }

  @SuppressWarnings("ReferenceEquality") // a generation is a state, not a value
  private Gateway gateway(Upstream there) {
    Generation now = generations.get();
    Gateway current = gateway;
    if (current == null || generation != now) {
      current = now.over(there);
      gateway = current;
      generation = now;
    }
    return current;
  }

  /** Completes with the loop's next turn. */
  Future<Void> pulse() {
    var turn = Promise.<Void>promise();
    if (loop != null) {
      loop.run(turn::complete);
    }
    return turn.future();
  }

  /** Stops accepting and returns when every running exchange has ended. */
  Future<Void> drain() {
    var idle = Promise.<Void>promise();
    Runnable begin =
        () -> {
          if (connections != null) {
            connections.closeIdle();
          }
          onIdle = idle::tryComplete;
          if (running == 0) {
            idle.tryComplete();
          }
        };
    if (loop != null) {
      loop.run(begin);
    }
    return idle.future();
  }

  /** Ends what still runs: streams with an error event, the rest with a refusal. */
  void shutDown() {
    Loop here = loop;
    if (here != null) {
      here.run(here::shutDown);
    }
  }

  private static String pathOf(HttpServerRequest request) {
    String path = request.path();
    return path == null || path.isEmpty() ? "/" : path;
  }

  private static Headers headersOf(HttpServerRequest request) {
    var headers = new Headers.Builder();
    request.headers().forEach((name, value) -> headers.add(name, value));
    return headers.build();
  }
}
