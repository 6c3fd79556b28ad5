package dev.yumen.server.upstream;

import dev.yumen.exchange.Answer;
import dev.yumen.exchange.Headers;
import dev.yumen.exchange.Prompt;
import dev.yumen.exchange.Prompt.Content;
import dev.yumen.exchange.Provider;
import dev.yumen.exchange.Reason;
import dev.yumen.exchange.Refused;
import dev.yumen.exchange.Sink;
import dev.yumen.server.http.Awaited;
import dev.yumen.server.http.Loop;
import dev.yumen.server.http.Ticking;
import dev.yumen.server.http.Wire;
import dev.yumen.upstream.Forwarding;
import io.netty.buffer.Unpooled;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http2.Http2Error;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.StreamResetException;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** One question to one provider, until its answer is whole or flows. On the loop only. */
final class Question implements Ticking {
  private final Loop loop;
  private final HttpClientAgent client;
  private final Provider provider;
  private final Prompt prompt;
  private final long longest;
  private final Awaited<Answer> answer;

  /** Apart from the question, which need not outlive its answer's head together with its body. */
  private final AtomicBoolean sent = new AtomicBoolean();

  private @Nullable HttpClientRequest request;
  private boolean repeated;
  private boolean collecting;
  private boolean heldUp;
  private long heardAt;

  Question(Loop loop, HttpClientAgent client, Provider provider, Prompt prompt, long longest) {
    this.loop = loop;
    this.answer = new Awaited<>(loop);
    this.client = client;
    this.provider = provider;
    this.prompt = prompt;
    this.longest = longest;
  }

  /** Completes with the answer, or with {@link Refused}. */
  Awaited<Answer> answer() {
    return answer;
  }

  void ask() {
    heardAt = loop.now();
    loop.add(this);
    String base = provider.base().getRawPath() == null ? "" : provider.base().getRawPath();
    boolean https = "https".equals(provider.base().getScheme());
    int port = provider.base().getPort();
    client
        .request(
            new RequestOptions()
                .setMethod(HttpMethod.valueOf(prompt.method()))
                .setHost(provider.base().getHost())
                .setPort(port >= 0 ? port : https ? 443 : 80)
                .setSsl(https)
                .setURI(base + prompt.target())
                .setConnectTimeout(provider.timeouts().connect().toMillis()))
        .onComplete(this::connected, this::unreachable);
  }

  private void connected(HttpClientRequest open) {
    open.exceptionHandler(_ -> {}); // the response tells
    if (answer.isSettled()) {
      open.reset();
      return;
    }
    request = open;
    heardAt = loop.now();
    var fields = open.headers();
    Forwarding.headers(prompt, provider).forEach(fields::add);
    open.response().onComplete(this::answered, this::broken);
    switch (prompt.content()) {
      case Content.None _ -> end(open, null);
      case Content.Held(byte[] bytes) -> end(open, bytes);
      case Content.Flowing flowing -> flow(open, flowing);
    }
  }

  private void end(HttpClientRequest open, byte @Nullable [] bytes) {
    sent.set(true);
    if (bytes != null) {
      open.end(BufferInternal.buffer(Unpooled.wrappedBuffer(bytes)));
    } else {
      if (!prompt.method().equals("GET") && !prompt.method().equals("HEAD")) {
        open.putHeader("content-length", "0");
      }
      open.end();
    }
  }

  private void flow(HttpClientRequest open, Content.Flowing flowing) {
    long length = flowing.body().length();
    if (length > 0) {
      open.putHeader("content-length", Long.toString(length));
    } else {
      open.setChunked(true);
    }
    open.drainHandler(_ -> {
      heldUp = false;
      heardAt = loop.now();
      flowing.body().resume();
    });
    flowing.body().flow(flowing.limit(), new Upload(open, flowing));
  }

  /** Brings a body that flows to the provider, no faster than it takes it. */
  private final class Upload implements Sink {
    private final HttpClientRequest open;
    private final Content.Flowing flowing;

    Upload(HttpClientRequest open, Content.Flowing flowing) {
      this.open = open;
      this.flowing = flowing;
    }

    @Override
    public void bytes(byte[] bytes) {
      heardAt = loop.now();
      open.write(BufferInternal.buffer(Unpooled.wrappedBuffer(bytes)));
      if (open.writeQueueFull()) {
        heldUp = true;
        flowing.body().pause();
      }
    }

    @Override
    public void end() {
      heardAt = loop.now();
      heldUp = false;
      sent.set(true);
      open.end();
    }

    @Override
    public void broken(String why) {
      refused(new Refused(Reason.BODY_INCOMPLETE, why));
    }

    @Override
    public void refused(Refused refused) {
      refuse(refused);
    }
  }

  private void answered(HttpClientResponse response) {
    heardAt = loop.now();
    if (answer.isSettled()) {
      reset();
      return;
    }
    if (response.statusCode() < 200) {
      // Of the informational answers the library passes over 100 and 103; another is taken for the
      // answer itself, and what follows it would be lost.
      response.exceptionHandler(_ -> {});
      refuse(
          new Refused(
              Reason.PROVIDER_BROKEN,
              "The provider answered with the status " + response.statusCode() + "."));
      return;
    }
    Headers headers = headersOf(response);
    if (flows(headers)) {
      loop.remove(this);
      answer.succeed(new FlowingAnswer(loop, response, headers, sent::get));
    } else {
      collect(response, headers);
    }
  }

  /** Streams and downloads flow; everything else is held so that a broken one can be told. */
  private boolean flows(Headers headers) {
    String type = headers.first("content-type");
    boolean events = type != null && type.toLowerCase(Locale.ROOT).startsWith("text/event-stream");
    return events
        || switch (prompt.endpoint()) {
          case BATCH_RESULTS, FILES, OTHER -> true;
          default -> false;
        };
  }

  private void collect(HttpClientResponse response, Headers headers) {
    collecting = true;
    Buffer body = Buffer.buffer();
    response.handler(bytes -> {
      heardAt = loop.now();
      body.appendBuffer(bytes);
      if (body.length() > longest) {
        refuse(
            new Refused(
                Reason.PROVIDER_BROKEN,
                "The provider's answer is longer than the gateway holds. Ask for a stream."));
      }
    });
    response.exceptionHandler(this::broken);
    response.endHandler(_ -> {
      loop.remove(this);
      if (!sent.get()) {
        reset(); // it answered without hearing the question out
      }
      answer.succeed(new Answer.Whole(response.statusCode(), headers, body.getBytes()));
    });
  }

  /** The exchange was abandoned. */
  void abandon() {
    loop.remove(this);
    Answer done = answer.result();
    if (done != null) {
      done.close();
    } else if (answer.fail(new Refused(Reason.SHUTTING_DOWN, "The question was abandoned."))) {
      reset();
    }
  }

  @Override
  public void tick(long now) {
    long silent = now - heardAt;
    var timeouts = provider.timeouts();
    if (request == null) {
      if (silent > timeouts.connect().toNanos()) {
        unreachable(new TimeoutException());
      }
    } else if (collecting || heldUp) {
      if (silent > timeouts.idle().toNanos()) {
        refuse(new Refused(Reason.PROVIDER_TIMEOUT, "The provider fell silent. Try again."));
      }
    } else if (sent.get() && silent > timeouts.head().toNanos()) {
      refuse(
          new Refused(Reason.PROVIDER_TIMEOUT, "The provider did not answer in time. Try again."));
    }
  }

  @Override
  public void shutDown() {
    // The thread that waits is interrupted and abandons the question.
  }

  private void unreachable(Throwable cause) {
    if (cause instanceof HttpClosedException && mayRepeat()) {
      // The connection from the pool had just been closed: nothing was sent on it.
      repeat();
      return;
    }
    refuse(
        new Refused(
            Reason.PROVIDER_UNREACHABLE,
            "The provider " + provider.name() + " could not be reached: " + said(cause) + "."));
  }

  private void broken(Throwable cause) {
    if (!collecting && mayRepeat() && wasNotHeard(cause)) {
      repeat();
      return;
    }
    refuse(
        new Refused(
            Reason.PROVIDER_BROKEN,
            "The provider " + provider.name() + " broke off its answer. Try again."));
  }

  private boolean mayRepeat() {
    boolean flowed = request != null && prompt.content() instanceof Content.Flowing;
    return !repeated && !flowed && !answer.isSettled();
  }

  /**
   * Whether the same may be asked once more, because the provider says that it did nothing (RFC
   * 9113 section 8.7), or because the question is safe and met a connection that was being closed
   * (RFC 9110 section 9.2.2).
   */
  private boolean wasNotHeard(Throwable cause) {
    boolean safe = prompt.method().equals("GET") || prompt.method().equals("HEAD");
    return switch (cause) {
      case StreamResetException reset -> reset.getCode() == Http2Error.REFUSED_STREAM.code();
      case HttpClosedException _, IOException _ -> safe;
      default -> false;
    };
  }

  private void repeat() {
    repeated = true;
    request = null;
    sent.set(false);
    ask();
  }

  private void refuse(Refused refused) {
    loop.remove(this);
    if (answer.fail(refused)) {
      reset();
    }
  }

  private void reset() {
    if (request != null) {
      drop(request);
    }
  }

  /** Frees the provider at once: ends the stream, or the connection where it carries but one. */
  static void drop(HttpClientRequest request) {
    request.reset(Http2Error.CANCEL.code());
    if (request.version() != HttpVersion.HTTP_2) {
      Wire.cut(request.connection());
    }
  }

  private static String said(Throwable cause) {
    return switch (cause) {
      case UnknownHostException _ -> "its name is not known";
      case ConnectTimeoutException _ -> "it does not answer";
      case ConnectException _ -> "it refuses connections";
      case SSLException _ -> "TLS failed";
      default -> "it does not answer";
    };
  }

  private static Headers headersOf(HttpClientResponse response) {
    var headers = new Headers.Builder();
    response.headers().forEach((name, value) -> headers.add(name, value));
    return headers.build();
  }
}
