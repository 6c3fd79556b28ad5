package dev.yumen.server.http;

import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;

/** Waiting for what must happen, with a bound that only a hang reaches. */
final class Waiting {
  private Waiting() {}

  static <T> T on(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("it did not happen", e);
    }
  }
}
