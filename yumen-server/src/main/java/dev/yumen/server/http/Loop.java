package dev.yumen.server.http;

import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * One event loop and the things on it that have patience. A caller's connection and the provider's
 * connection that answers it live on the same loop, so no byte crosses threads.
 */
public final class Loop {
  private final Context context;
  private final LongSupplier nanos;
  private final Set<Ticking> ticking = Collections.newSetFromMap(new IdentityHashMap<>());
  private List<Runnable> wakes = new ArrayList<>();
  private boolean closing;
  private boolean over;

  Loop(Context context, LongSupplier nanos) {
    this.context = context;
    this.nanos = nanos;
  }

  /** Runs the task on the loop, later. From any thread. */
  public void run(Runnable task) {
    context.runOnContext(_ -> task.run());
  }

  /**
   * Starts or continues a serving thread at the end of the turn. All that a turn wakes is woken by
   * one virtual thread, because from there it costs nothing, while from the loop each costs a
   * system call and, where both share a core, two changes of context. On the loop only.
   *
   * @param task starts a thread or completes what one waits for; must not block
   */
  public void wake(Runnable task) {
    if (wakes.isEmpty()) {
      run(this::wakeAll);
    }
    wakes.add(task);
  }

  private void wakeAll() {
    List<Runnable> all = wakes;
    wakes = new ArrayList<>();
    if (all.size() == 1) {
      all.getFirst().run();
    } else {
      Thread.startVirtualThread(() -> all.forEach(Runnable::run));
    }
  }

  /** The monotonic clock, in nanoseconds. From any thread. */
  public long now() {
    return nanos.getAsLong();
  }

  /** Begins to tick. On the loop only. */
  public void add(Ticking patient) {
    ticking.add(patient);
    if (over) {
      // What begins only now must not outlive what was ended before.
      run(patient::shutDown);
    }
  }

  /** Ends to tick. On the loop only. */
  public void remove(Ticking patient) {
    ticking.remove(patient);
  }

  void tick() {
    long now = now();
    for (Ticking patient : List.copyOf(ticking)) {
      patient.tick(now);
    }
  }

  /** Running exchanges may finish, their connections take no further ones. On the loop only. */
  void close() {
    closing = true;
  }

  /** Whether connections must not be used again. On the loop only. */
  boolean isClosing() {
    return closing;
  }

  /** Nothing may go on. On the loop only. */
  void shutDown() {
    over = true;
    for (Ticking patient : List.copyOf(ticking)) {
      patient.shutDown();
    }
  }
}
