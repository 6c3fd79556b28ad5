package dev.yumen.server.http;

import dev.yumen.server.telemetry.Metrics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door for those who run the gateway: health, metrics, version. It asks for no credential, so
 * it shows nothing of the settings, of callers or of their words; it belongs on an address only
 * operators reach.
 */
public final class AdminDoor {
  private static final Logger LOG = LoggerFactory.getLogger(AdminDoor.class);

  /** A loop that takes no turn for this long is stuck; nothing on it may block. */
  private static final Duration STUCK = Duration.ofSeconds(2);

  private static final int IDLE_SECONDS = 75;
  private static final int HEADER = 16 * 1024;

  private static final String OPEN_METRICS = "application/openmetrics-text";
  private static final String TEXT = "text/plain";

  private final Vertx vertx;
  private final HttpServer server;
  private final Health health;
  private final Metrics metrics;
  private final String version;

  private AdminDoor(
      Vertx vertx, HttpServer server, Health health, Metrics metrics, String version) {
    this.vertx = vertx;
    this.server = server;
    this.health = health;
    this.metrics = metrics;
    this.version = version;
  }

  /**
   * Opens the door. Opened first and closed last, it tells of a start and of a drain.
   *
   * @param address literal IP address or host name
   * @param port 0 takes a free one
   * @param version of the gateway
   */
  public static Future<AdminDoor> open(
      Vertx vertx, String address, int port, Health health, Metrics metrics, String version) {
    HttpServer server =
        vertx.createHttpServer(
            new HttpServerOptions()
                .setMaxHeaderSize(HEADER)
                .setIdleTimeout(IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS));
    var door = new AdminDoor(vertx, server, health, metrics, version);
    return server.requestHandler(door::answer).listen(port, address).map(_ -> door);
  }

  /** The port it listens on. */
  public int port() {
    return server.actualPort();
  }

  /** Closes the door and its connections. */
  public Future<Void> close() {
    return server.close();
  }

  private void answer(HttpServerRequest request) {
    request.response().putHeader("cache-control", "no-store");
    String path = request.path();
    switch (path == null ? "" : path) {
      case "/health/live" -> ifRead(request, () -> live(request));
      case "/health/ready" -> ifRead(request, () -> ready(request));
      case "/metrics" -> ifRead(request, () -> metrics(request));
      case "/version" -> ifRead(request, () -> json(request, 200, version()));
      default -> json(request, 404, error("not_found", "No such path."));
    }
  }

  private static void ifRead(HttpServerRequest request, Runnable then) {
    HttpMethod method = request.method();
    if (HttpMethod.GET.equals(method) || HttpMethod.HEAD.equals(method)) {
      then.run();
      return;
    }
    request.response().putHeader("allow", "GET, HEAD");
    json(request, 405, error("method_not_allowed", "Only GET and HEAD."));
  }

  private void live(HttpServerRequest request) {
    health
        .pulse()
        .timeout(STUCK.toMillis(), TimeUnit.MILLISECONDS)
        .onComplete(
            _ -> json(request, 200, status("live", "The gateway runs.")),
            _ -> json(request, 503, status("stuck", "An event loop does not move.")));
  }

  private void ready(HttpServerRequest request) {
    Health.Stage stage = health.stage();
    json(request, stage == Health.Stage.READY ? 200 : 503, status(stage.label(), stage.reason()));
  }

  private void metrics(HttpServerRequest request) {
    String accept = request.getHeader("accept");
    double open = Accepted.quality(accept, OPEN_METRICS);
    String type =
        open > 0 && open >= Accepted.quality(accept, TEXT)
            ? OPEN_METRICS + "; version=1.0.0; charset=utf-8"
            : TEXT + "; version=0.0.4; charset=utf-8";
    boolean gzip = Accepted.quality(request.getHeader("accept-encoding"), "gzip") > 0;
    HttpServerResponse response =
        request
            .response()
            .putHeader("content-type", type)
            .putHeader("vary", "accept, accept-encoding");
    if (gzip) {
      response.putHeader("content-encoding", "gzip");
    }
    if (HttpMethod.HEAD.equals(request.method())) {
      response.end();
      return;
    }
    // Ordered: however many ask, one thread at most is busy with it.
    vertx
        .executeBlocking(() -> scrape(type, gzip), true)
        .onComplete(
            response::end,
            failure -> {
              LOG.error("the metrics could not be written", failure);
              response.headers().remove("content-encoding");
              json(request, 500, error("internal", "The metrics could not be written."));
            });
  }

  private Buffer scrape(String type, boolean gzip) throws IOException {
    var bytes = new ByteArrayOutputStream(32 * 1024);
    try (OutputStream out = gzip ? new GZIPOutputStream(bytes) : bytes) {
      metrics.scrape(out, type);
    }
    return Buffer.buffer(bytes.toByteArray());
  }

  private JsonObject version() {
    return new JsonObject()
        .put("name", "yumen")
        .put("version", version)
        .put("java", Runtime.version().toString());
  }

  private static JsonObject status(String status, String reason) {
    return new JsonObject().put("status", status).put("reason", reason);
  }

  private static JsonObject error(String error, String message) {
    return new JsonObject().put("error", error).put("message", message);
  }

  private static void json(HttpServerRequest request, int status, JsonObject body) {
    HttpServerResponse response = request.response();
    if (response.closed()) {
      return;
    }
    response.setStatusCode(status).putHeader("content-type", "application/json");
    Buffer bytes = body.toBuffer();
    if (HttpMethod.HEAD.equals(request.method())) {
      response.putHeader("content-length", Integer.toString(bytes.length())).end();
    } else {
      response.end(bytes);
    }
  }
}
