package dev.yumen.server.upstream;

import dev.yumen.exchange.Abandoned;
import dev.yumen.exchange.Answer;
import dev.yumen.exchange.Prompt;
import dev.yumen.exchange.Refused;
import dev.yumen.exchange.Route;
import dev.yumen.server.http.Loop;
import dev.yumen.server.http.Wire;
import dev.yumen.upstream.Upstream;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;

/**
 * Asks providers over HTTP/1.1, or HTTP/2 where TLS negotiates it, on one lane's event loop.
 * Connections are pooled for each provider and lane.
 */
public final class VertxUpstream implements Upstream {
  /** Streams hold a connection each; the operating system's limits come first. */
  private static final int MANY = 100_000;

  private static final int STREAMS = 100;

  /** Room for every stream of a connection: a slow caller must not hold up the others on it. */
  private static final int CONNECTION_WINDOW = STREAMS * 64 * 1024;

  /** As much of an answer as is handled at once; the most that one read brings. */
  private static final int CHUNK = 64 * 1024;

  private final Loop loop;
  private final HttpClientAgent plain;
  private final HttpClientAgent secure;
  private final long longest;

  /**
   * Makes the upstream of a lane. On its loop.
   *
   * @param longest longest answer that is held whole, in bytes
   */
  public VertxUpstream(Vertx vertx, Loop loop, long longest) {
    this.loop = loop;
    this.longest = longest;
    var pool = new PoolOptions().setHttp1MaxSize(MANY).setHttp2MaxSize(64).setMaxWaitQueueSize(-1);
    this.plain = client(vertx, options(), pool);
    this.secure =
        client(
            vertx,
            options()
                .setSsl(true)
                .setUseAlpn(true)
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2MultiplexingLimit(STREAMS)
                .setHttp2ConnectionWindowSize(CONNECTION_WINDOW)
                .setVerifyHost(true),
            pool);
  }

  private static HttpClientAgent client(Vertx vertx, HttpClientOptions options, PoolOptions pool) {
    return vertx
        .httpClientBuilder()
        .with(options)
        .with(pool)
        .withConnectHandler(connection -> {
          Wire.prepare(connection);
          connection.exceptionHandler(_ -> {}); // each request on it is told
        })
        .build();
  }

  private static HttpClientOptions options() {
    return new HttpClientOptions()
        .setKeepAlive(true)
        .setKeepAliveTimeout(30)
        .setMaxChunkSize(CHUNK)
        .setTcpNoDelay(true)
        .setTcpKeepAlive(true)
        .setMaxHeaderSize(64 * 1024)
        .setDecompressionSupported(false);
  }

  @Override
  public Answer ask(Route route, Prompt prompt) throws Refused, Abandoned {
    boolean https = "https".equals(route.provider().base().getScheme());
    var question = new Question(loop, https ? secure : plain, route.provider(), prompt, longest);
    loop.run(question::ask);
    try {
      return question.answer().await();
    } catch (Abandoned e) {
      loop.run(question::abandon);
      throw e;
    }
  }
}
