package dev.yumen.server.http;

import dev.yumen.exchange.Abandoned;
import dev.yumen.exchange.Refused;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One result that a serving thread waits for and the loop brings. It is settled at once, and the
 * thread is woken at the end of the turn, see {@link Loop#wake}.
 */
public final class Awaited<T> {
  private final Loop loop;
  private final CompletableFuture<T> future = new CompletableFuture<>();
  private boolean settled;
  private @Nullable T result;

  /** A result that the loop will bring. */
  public Awaited(Loop loop) {
    this.loop = loop;
  }

  /** Brings the result; false when it was settled before. On the loop only. */
  public boolean succeed(T brought) {
    if (settled) {
      return false;
    }
    settled = true;
    result = brought;
    loop.wake(() -> future.complete(brought));
    return true;
  }

  /** Brings a refusal instead; false when it was settled before. On the loop only. */
  public boolean fail(Refused refused) {
    if (settled) {
      return false;
    }
    settled = true;
    loop.wake(() -> future.completeExceptionally(refused));
    return true;
  }

  /** Whether the result or a refusal was brought. On the loop only. */
  public boolean isSettled() {
    return settled;
  }

  /** What was brought; null before, and after a refusal. On the loop only. */
  public @Nullable T result() {
    return result;
  }

  /**
   * Waits for the result, blocking the calling virtual thread.
   *
   * @throws Abandoned when the thread was interrupted
   */
  public T await() throws Refused, Abandoned {
    try {
      return future.get();
    } catch (InterruptedException e) {
      throw new Abandoned();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Refused refused) {
        throw refused;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
