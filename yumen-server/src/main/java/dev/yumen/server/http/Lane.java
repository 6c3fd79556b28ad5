package dev.yumen.server.http;

import dev.yumen.Gateway;
import dev.yumen.exchange.Headers;
import dev.yumen.upstream.Upstream;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One event loop with its share of the connections: an instance of the HTTP server, and the
 * upstream that asks on the same loop. The spine runs on a virtual thread for each request.
 */
final class Lane extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
  private static final int LONGEST_LINE = 16 * 1024;

  /** As much of a body as is handled at once; the most that one read brings. */
  private static final int CHUNK = 64 * 1024;

  /** So that one upload that is held up does not hold up the others on its connection. */
  private static final int CONNECTION_WINDOW = 1024 * 1024;

  private final DoorOptions options;
  private final int port;
  private final Supplier<Generation> generations;
  private final Function<Loop, Upstream> upstreams;
  private final BodyBudget budget;
  private final Origins origins;
  private final Ids ids;
  private final InstantSource clock;
  private final LongSupplier nanos;

  /** Threads that serve; they may still write their audit entry when the reply is over. */
  private final AtomicInteger serving = new AtomicInteger();

  private final Promise<Void> idle = Promise.promise();
  private @Nullable HttpServer server;
  private @Nullable Loop loop;
  private @Nullable Connections connections;
  private @Nullable Generation generation;
  private @Nullable Gateway gateway;
  private int replying;
  private volatile boolean draining;

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
    var invalid = new InvalidRequests(ids, open);
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
        .invalidRequestHandler(invalid::answer)
        .requestHandler(request -> {
          if (!open.answers(request.connection())) {
            request.connection().close();
          } else if (!invalid.answerIfDoubtful(request) && !Probes.answer(request)) {
            serve(request, here, there, open);
          }
        })
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
            .setMaxChunkSize(CHUNK)
            .setTcpNoDelay(true)
            .setTcpKeepAlive(true)
            .setAcceptBacklog(1024)
            .setHandle100ContinueAutomatically(false)
            // Without TLS there is HTTP/1 only: to find out, the library would wait for the first
            // bytes of a connection, and while it waits nobody could end the connection. It would
            // also let every plain request ask to become HTTP/2 in the middle.
            .setHttp2ClearTextEnabled(false)
            .setHttp2ConnectionWindowSize(CONNECTION_WINDOW)
            .setInitialSettings(
                new Http2Settings()
                    .setMaxConcurrentStreams(100)
                    .setMaxHeaderListSize(options.header()))
            .setPerFrameWebSocketCompressionSupported(false)
            .setPerMessageWebSocketCompressionSupported(false)
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
    request.pause();
    open.begun(request.connection());
    replying++;
    var body = new HttpBody(request, here, budget, options.bodyTimeout());
    var reply =
        new HttpReply(
            request,
            body,
            here,
            open,
            options.stuckWriter(),
            () -> {
              open.ended(request.connection());
              replying--;
              checkIdle();
            });
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
    Gateway chosen = gateway(there);
    Thread thread = Thread.ofVirtual().unstarted(() -> serve(chosen, arrival, reply, here));
    reply.servedBy(thread);
    serving.incrementAndGet();
    if (body.isSettled()) {
      here.wake(thread::start);
    } else {
      here.run(() -> {
        body.settle();
        here.wake(thread::start);
      });
    }
  }

  /** On the exchange's own thread. */
  private void serve(Gateway chosen, HttpArrival arrival, HttpReply reply, Loop here) {
    try {
      chosen.serve(arrival, reply);
    } catch (RuntimeException | Error e) {
      LOG.error("{} was left without an end", arrival.id(), e);
      here.run(reply::reset);
    } finally {
      if (serving.decrementAndGet() == 0 && draining) {
        here.run(this::checkIdle);
      }
    }
  }

  private void checkIdle() {
    if (draining && replying == 0 && serving.get() == 0) {
      idle.tryComplete();
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

  /**
   * Stops accepting, closes idle connections, and returns when every running exchange has ended and
   * every connection is closed.
   *
   * @param longest after this time connections are closed, whatever runs on them
   */
  Future<Void> drain(Duration longest) {
    Loop here = loop;
    HttpServer http = server;
    Connections open = connections;
    if (here == null || http == null || open == null) {
      return Future.succeededFuture();
    }
    here.run(() -> {
      here.close();
      open.closeIdle();
      draining = true;
      checkIdle();
    });
    return Future.all(http.shutdown(longest), idle.future()).mapEmpty();
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
