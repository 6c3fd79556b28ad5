package dev.yumen.server.http;

import java.util.concurrent.atomic.AtomicLong;

/** The memory that request bodies in flight may take together. Thread-safe. */
final class BodyBudget {
  private final long limit;
  private final AtomicLong taken = new AtomicLong();

  BodyBudget(long limit) {
    this.limit = limit;
  }

  /** Takes bytes if they are there. */
  boolean take(long bytes) {
    if (taken.addAndGet(bytes) <= limit) {
      return true;
    }
    taken.addAndGet(-bytes);
    return false;
  }

  /** Gives bytes back. */
  void giveBack(long bytes) {
    taken.addAndGet(-bytes);
  }
}
