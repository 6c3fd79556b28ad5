package dev.yumen.benchmarks.micro;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.yumen.exchange.Arrival;
import dev.yumen.exchange.Headers;
import dev.yumen.exchange.Sink;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Requests as an SDK sends them. */
final class Questions {
  private static final String LINE =
      "The gate stood open all night, and whoever passed it was counted once; \\\"twice\\\" said"
          + " nobody.\\n";

  private Questions() {}

  /** A body of about so many KiB: one message of prose with an escape every forty characters. */
  static byte[] body(int kib) {
    String start =
        "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":1024,\"stream\":true,"
            + "\"messages\":[{\"role\":\"user\",\"content\":\"";
    return (start
            + LINE.repeat(Math.max(1, (kib * 1024 - start.length()) / LINE.length()))
            + "\"}]}")
        .getBytes(UTF_8);
  }

  /** Header fields with this credential. */
  static Headers headers(String key) {
    return Headers.of(
        "host", "127.0.0.1",
        "accept", "application/json",
        "accept-encoding", "gzip, deflate",
        "content-type", "application/json",
        "user-agent", "Anthropic/Python 0.75.0",
        "x-stainless-lang", "python",
        "x-stainless-package-version", "0.75.0",
        "x-stainless-os", "Linux",
        "x-stainless-arch", "x64",
        "x-stainless-runtime", "CPython",
        "x-stainless-runtime-version", "3.13.1",
        "x-stainless-async", "false",
        "x-stainless-retry-count", "0",
        "x-stainless-timeout", "600",
        "anthropic-version", "2023-06-01",
        "authorization", "Bearer " + key,
        "content-length", "1024");
  }

  /** A question that has arrived in whole. */
  static Arrival arrival(Headers headers, byte[] body) {
    return new Arrived(headers, new Whole(body));
  }

  private record Arrived(Headers headers, Arrival.Body body) implements Arrival {
    @Override
    public String id() {
      return "req_000000000000000000000000";
    }

    @Override
    public Instant at() {
      return Instant.EPOCH;
    }

    @Override
    public String method() {
      return "POST";
    }

    @Override
    public String path() {
      return "/v1/messages";
    }

    @Override
    public @Nullable String query() {
      return "beta=true";
    }

    @Override
    public String peer() {
      return "127.0.0.1";
    }

    @Override
    public String origin() {
      return "http://127.0.0.1";
    }
  }

  private record Whole(byte[] bytes) implements Arrival.Body {
    @Override
    public byte[] read(long limit) {
      return bytes;
    }

    @Override
    public long length() {
      return bytes.length;
    }

    @Override
    public void flow(long limit, Sink sink) {
      sink.bytes(bytes);
      sink.end();
    }

    @Override
    public void pause() {}

    @Override
    public void resume() {}
  }
}
