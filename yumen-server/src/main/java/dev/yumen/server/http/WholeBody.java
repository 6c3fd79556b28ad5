package dev.yumen.server.http;

import dev.yumen.exchange.Reason;
import dev.yumen.exchange.Refused;
import dev.yumen.exchange.Sink;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Collects a body within the budget for all bodies. On the loop, but for the future. */
final class WholeBody implements Sink {
  private static final int FIRST = 16 * 1024;

  private final long length;
  private final BodyBudget budget;
  private final Consumer<Refused> refuse;
  private final CompletableFuture<byte[]> bytes = new CompletableFuture<>();

  private byte[] collected = new byte[0];
  private int size;
  private long reserved;

  /**
   * @param length declared length; -1 when unknown
   * @param refuse how to stop the body when the budget is used up
   */
  WholeBody(long length, BodyBudget budget, Consumer<Refused> refuse) {
    this.length = length;
    this.budget = budget;
    this.refuse = refuse;
  }

  /** The body once it is whole, or {@link Refused}. */
  CompletableFuture<byte[]> bytes() {
    return bytes;
  }

  @Override
  public void bytes(byte[] more) {
    int needed = size + more.length;
    if (needed > collected.length) {
      long room = Math.max(needed, Math.max(FIRST, collected.length * 2L));
      room = length > 0 ? Math.max(needed, Math.min(room, length)) : room;
      if (!budget.take(room - collected.length)) {
        refuse.accept(
            new Refused(
                Reason.OVERLOADED,
                "The gateway holds as many request bodies as it can. Try again shortly."));
        return;
      }
      reserved += room - collected.length;
      collected = Arrays.copyOf(collected, (int) room);
    }
    System.arraycopy(more, 0, collected, size, more.length);
    size = needed;
  }

  @Override
  public void end() {
    bytes.complete(size == collected.length ? collected : Arrays.copyOf(collected, size));
    collected = new byte[0];
  }

  @Override
  public void broken(String why) {
    refused(new Refused(Reason.BODY_INCOMPLETE, why));
  }

  @Override
  public void refused(Refused refused) {
    bytes.completeExceptionally(refused);
    collected = new byte[0];
  }

  /** Gives the budget back; nothing may come after. */
  void release() {
    budget.giveBack(reserved);
    reserved = 0;
  }
}
