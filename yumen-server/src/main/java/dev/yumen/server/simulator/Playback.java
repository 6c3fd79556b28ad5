package dev.yumen.server.simulator;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends one response act by act: events that are due together go out in one write, a full socket is
 * waited for, and a caller who leaves ends it. On one event loop.
 */
final class Playback {
  private static final int LARGEST_WRITE = 64 * 1024;
  private static final long BETWEEN_CHUNKS = 1;

  /** RFC 9113, section 7: without a code a reset stream of HTTP/2 looks like a finished one. */
  private static final long INTERNAL_ERROR = 2;

  private final Vertx vertx;
  private final HttpServerResponse response;
  private final Outgoing outgoing;
  private final @Nullable GzipCoding gzip;
  private final LongSupplier nanos;
  private Buffer pending = Buffer.buffer();
  private boolean gone;
  private boolean cut;
  private boolean ended;
  private long due;

  private Playback(Vertx vertx, HttpServerRequest request, Outgoing outgoing, LongSupplier nanos) {
    this.vertx = vertx;
    this.response = request.response();
    this.outgoing = outgoing;
    this.nanos = nanos;
    boolean accepted = String.valueOf(request.getHeader("accept-encoding")).contains("gzip");
    this.gzip = outgoing.delivery().gzip() && accepted ? new GzipCoding() : null;
  }

  /** Sends the response with these headers besides its own. */
  static void play(
      Vertx vertx,
      HttpServerRequest request,
      Map<String, String> headers,
      Outgoing outgoing,
      LongSupplier nanos) {
    var playback = new Playback(vertx, request, outgoing, nanos);
    playback.after(outgoing.delivery().head(), () -> playback.begin(headers));
  }

  private void begin(Map<String, String> headers) {
    if (response.closed()) {
      return;
    }
    response.closeHandler(_ -> gone = true);
    response.exceptionHandler(_ -> gone = true);
    response.setStatusCode(outgoing.status());
    headers.forEach(response::putHeader);
    outgoing.headers().forEach(response::putHeader);
    if (gzip != null) {
      response.putHeader("content-encoding", "gzip");
    }
    if (outgoing.length() >= 0 && gzip == null) {
      response.putHeader("content-length", Long.toString(outgoing.length()));
    } else {
      response.setChunked(true);
    }
    due = nanos.getAsLong();
    response.writeHead();
    run();
  }

  private void run() {
    while (!gone) {
      if (response.writeQueueFull()) {
        // Once: a later drain may come while a timer is awaited.
        response.drainHandler(_ -> {
          response.drainHandler(null);
          run();
        });
        return;
      }
      if (outgoing.delivery().chunk() > 0 && pending.length() > 0) {
        writeChunk();
        return;
      }
      if (pending.length() >= LARGEST_WRITE) {
        flush();
        continue;
      }
      if (cut || ended) {
        finish();
        return;
      }
      if (!outgoing.acts().hasNext()) {
        ended = true;
        if (gzip != null) {
          pending.appendBytes(gzip.end());
        }
        continue;
      }
      switch (outgoing.acts().next()) {
        case Act.Send send ->
            pending.appendBytes(gzip == null ? send.bytes() : gzip.code(send.bytes()));
        case Act.Cut _ -> cut = true;
        case Act.Wait wait -> {
          long ahead = ahead(wait.time());
          if (ahead > 0) {
            flush();
            vertx.setTimer(ahead, _ -> run());
            return;
          }
        }
      }
    }
  }

  /**
   * The milliseconds until the next act is due. Waits add up on one schedule, so that a pace of
   * thousands of tokens a second holds although timers count in milliseconds.
   */
  private long ahead(Duration time) {
    long now = nanos.getAsLong();
    due = Math.max(due, now - TimeUnit.SECONDS.toNanos(1)) + time.toNanos();
    return TimeUnit.NANOSECONDS.toMillis(due - now);
  }

  private void writeChunk() {
    int length = Math.min(outgoing.delivery().chunk(), pending.length());
    response.write(pending.slice(0, length));
    pending =
        length == pending.length() ? Buffer.buffer() : pending.slice(length, pending.length());
    vertx.setTimer(BETWEEN_CHUNKS, _ -> run());
  }

  private void flush() {
    if (pending.length() > 0) {
      response.write(pending);
      pending = Buffer.buffer();
    }
  }

  private void finish() {
    if (!cut) {
      flush();
      response.end();
      return;
    }
    if (pending.length() == 0) {
      response.reset(INTERNAL_ERROR);
      return;
    }
    // What was sent before must arrive, or the cut would fall elsewhere.
    response.write(pending).onComplete(_ -> response.reset(INTERNAL_ERROR));
  }

  private void after(Duration time, Runnable task) {
    if (time.isZero()) {
      task.run();
    } else {
      vertx.setTimer(Math.max(1, time.toMillis()), _ -> task.run());
    }
  }
}
