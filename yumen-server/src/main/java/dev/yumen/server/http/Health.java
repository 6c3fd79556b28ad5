package dev.yumen.server.http;

import io.vertx.core.Future;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * How far the gateway has come, for whoever sends it traffic or restarts it. It starts, is ready,
 * drains, and never goes back. Thread-safe.
 */
public final class Health {
  private volatile Stage stage = Stage.STARTING;
  private volatile Supplier<? extends Future<?>> pulse = Future::succeededFuture;

  /** The stages of a process's life, in order. */
  enum Stage {
    /** Not all of it is there yet. */
    STARTING("The gateway is starting."),
    /** It serves. */
    READY("The gateway serves."),
    /** It finishes what runs and wants no more. */
    DRAINING("The gateway is shutting down.");

    private final String reason;

    Stage(String reason) {
      this.reason = reason;
    }

    /** One word for programs. */
    String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** One sentence for people. */
    String reason() {
      return reason;
    }
  }

  /**
   * Says that requests are served.
   *
   * @param beat completes as soon as everything that serves has shown that it still moves, see
   *     {@link DataDoor#pulse}
   */
  public synchronized void ready(Supplier<? extends Future<?>> beat) {
    if (stage == Stage.STARTING) {
      pulse = beat;
      stage = Stage.READY;
    }
  }

  /** Says that no more traffic is wanted. To be said before the data door begins to close. */
  public synchronized void draining() {
    stage = Stage.DRAINING;
  }

  Stage stage() {
    return stage;
  }

  Future<?> pulse() {
    return pulse.get();
  }
}
