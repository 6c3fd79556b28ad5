package dev.yumen.server.http;

import dev.yumen.exchange.Reason;
import dev.yumen.exchange.Refused;
import dev.yumen.exchange.Sink;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.function.Consumer;

/** Collects a body within the budget for all bodies. On the loop, but for the waiting. */
final class WholeBody implements Sink {
  /** Room at first, when the length is not known, and the most when it is. */
  private static final int FIRST = 16 * 1024;

  private static final int FIRST_DECLARED = 128 * 1024;

  private final long length;
  private final BodyBudget budget;
  private final Consumer<Refused> refuse;
  private final Awaited<byte[]> bytes;

  private byte[] collected = new byte[0];
  private int size;
  private long reserved;

  /**
   * @param length declared length; -1 when unknown
   * @param refuse how to stop the body when the budget is used up
   */
  WholeBody(Loop loop, long length, BodyBudget budget, Consumer<Refused> refuse) {
    this.bytes = new Awaited<>(loop);
    this.length = length;
    this.budget = budget;
    this.refuse = refuse;
  }

  /** The body once it is whole, or {@link Refused}. */
  Awaited<byte[]> bytes() {
    return bytes;
  }

  @Override
  public void bytes(byte[] more) {
    add(Buffer.buffer(more));
  }

  /** Takes bytes without a copy in between. */
  void add(Buffer more) {
    int needed = size + more.length();
    if (needed > collected.length && !grow(needed)) {
      return;
    }
    more.getBytes(collected, size);
    size = needed;
  }

  private boolean grow(int needed) {
    long room =
        length > 0
            ? Math.min(length, Math.max(FIRST_DECLARED, collected.length * 2L))
            : Math.max(FIRST, collected.length * 2L);
    room = Math.max(needed, room);
    if (!budget.take(room - collected.length)) {
      refuse.accept(
          new Refused(
              Reason.OVERLOADED,
              "The gateway holds as many request bodies as it can. Try again shortly."));
      return false;
    }
    reserved += room - collected.length;
    collected = Arrays.copyOf(collected, (int) room);
    return true;
  }

  @Override
  public void end() {
    bytes.succeed(size == collected.length ? collected : Arrays.copyOf(collected, size));
    collected = new byte[0];
  }

  @Override
  public void broken(String why) {
    refused(new Refused(Reason.BODY_INCOMPLETE, why));
  }

  @Override
  public void refused(Refused refused) {
    bytes.fail(refused);
    collected = new byte[0];
  }

  /** Gives the budget back; nothing may come after. */
  void release() {
    budget.giveBack(reserved);
    reserved = 0;
  }
}
