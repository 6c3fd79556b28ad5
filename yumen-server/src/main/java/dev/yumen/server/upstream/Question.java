package dev.yumen.server.upstream;

import dev.yumen.exchange.Answer;
import dev.yumen.exchange.Headers;
import dev.yumen.exchange.Prompt;
import dev.yumen.exchange.Prompt.Content;
import dev.yumen.exchange.Provider;
import dev.yumen.exchange.Reason;
import dev.yumen.exchange.Refused;
import dev.yumen.exchange.Sink;
import dev.yumen.server.http.Loop;
import dev.yumen.server.http.Ticking;
import dev.yumen.upstream.Forwarding;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.internal.buffer.BufferInternal;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** One question to one provider, until its answer is whole or flows. On the loop only. */
final class Question implements Ticking {
  private final Loop loop;
  private final HttpClientAgent client;
  private final Provider provider;
  private final Prompt prompt;
  private final long longest;
  private final CompletableFuture<Answer> answer = new CompletableFuture<>();

  private @Nullable HttpClientRequest request;
  private boolean collecting;
  private boolean sent;
  private long heardAt;

  Question(Loop loop, HttpClientAgent client, Provider provider, Prompt prompt, long longest) {
    this.loop = loop;
    this.client = client;
    this.provider = provider;
    this.prompt = prompt;
    this.longest = longest;
  }

  /** Completes with the answer, or with {@link Refused}. */
  CompletableFuture<Answer> answer() {
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
    if (answer.isDone()) {
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
    sent = true;
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
    open.drainHandler(_ -> flowing.body().resume());
    flowing
        .body()
        .flow(
            flowing.limit(),
            new Sink() {
              @Override
              public void bytes(byte[] bytes) {
                heardAt = loop.now();
                open.write(BufferInternal.buffer(Unpooled.wrappedBuffer(bytes)));
                if (open.writeQueueFull()) {
                  flowing.body().pause();
                }
              }

              @Override
              public void end() {
                heardAt = loop.now();
                sent = true;
                open.end();
              }

              @Override
              public void broken(String why) {
                refuse(new Refused(Reason.BODY_INCOMPLETE, why));
              }
            });
  }

  private void answered(HttpClientResponse response) {
    heardAt = loop.now();
    if (answer.isDone()) {
      reset();
      return;
    }
    Headers headers = headersOf(response);
    if (flows(headers)) {
      loop.remove(this);
      answer.complete(new FlowingAnswer(loop, response, headers));
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
      answer.complete(new Answer.Whole(response.statusCode(), headers, body.getBytes()));
    });
  }

  /** The exchange was abandoned. */
  void abandon() {
    loop.remove(this);
    Answer done = answer.isDone() && !answer.isCompletedExceptionally() ? answer.join() : null;
    if (done != null) {
      done.close();
    } else {
      answer.completeExceptionally(new CompletionException("abandoned", null));
      reset();
    }
  }

  @Override
  public void tick(long now) {
    long silent = now - heardAt;
    if (collecting && silent > provider.timeouts().idle().toNanos()) {
      refuse(new Refused(Reason.PROVIDER_TIMEOUT, "The provider fell silent. Try again."));
    } else if (!collecting && sent && silent > provider.timeouts().head().toNanos()) {
      refuse(
          new Refused(Reason.PROVIDER_TIMEOUT, "The provider did not answer in time. Try again."));
    }
  }

  @Override
  public void shutDown() {
    // The thread that waits is interrupted and abandons the question.
  }

  private void unreachable(Throwable cause) {
    refuse(
        new Refused(
            Reason.PROVIDER_UNREACHABLE,
            "The provider " + provider.name() + " could not be reached: " + said(cause) + "."));
  }

  private void broken(Throwable cause) {
    refuse(
        new Refused(
            Reason.PROVIDER_BROKEN,
            "The provider " + provider.name() + " broke off its answer. Try again."));
  }

  private void refuse(Refused refused) {
    loop.remove(this);
    if (answer.completeExceptionally(refused)) {
      reset();
    }
  }

  private void reset() {
    if (request != null) {
      request.reset();
    }
  }

  private static String said(Throwable cause) {
    return switch (cause) {
      case UnknownHostException _ -> "its name is not known";
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
