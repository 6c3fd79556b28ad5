package dev.yumen.benchmarks.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Writes the events of all streams. Paced streams lie on a wheel with one spoke for each
 * millisecond of their period; streams at full speed get one event each turn of the event loop, so
 * that events bunch only when a relay falls behind. On the loop only.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a connection that fails is closed and seen so
final class Pacer {
  private static final int DAY = 86_400_000;

  private final EventLoop loop;
  private final ByteBuf end = Wire.streamEnd();
  private final byte[] delta = Wire.delta();
  private final int stampAt = indexOfMark(delta) + 1;
  private final List<Stream> fast = new ArrayList<>();
  private final List<Wheel> wheels = new ArrayList<>();
  private boolean turning;

  Pacer(EventLoop loop) {
    this.loop = loop;
  }

  /** A stream that runs. */
  final class Stream {
    private final Channel channel;
    private final long id;
    private int left;

    private Stream(Channel channel, long id, int events) {
      this.channel = channel;
      this.id = id;
      this.left = events;
    }

    long id() {
      return id;
    }

    boolean over() {
      return left <= 0;
    }

    /** Its connection ended. */
    void drop() {
      left = -1;
    }

    /** Writes an event if the connection has room. */
    private boolean speak() {
      if (left <= 0 || !channel.isWritable()) {
        return false;
      }
      Wire.stamp(delta, stampAt, System.nanoTime());
      ByteBuf out = PooledByteBufAllocator.DEFAULT.directBuffer(delta.length).writeBytes(delta);
      left--;
      if (left == 0) {
        channel.write(out, channel.voidPromise());
        channel.writeAndFlush(end.duplicate(), channel.voidPromise());
      } else {
        channel.writeAndFlush(out, channel.voidPromise());
      }
      return true;
    }
  }

  /**
   * Starts a stream.
   *
   * @param period milliseconds between events; 0 as fast as it takes them; a day or more: never
   */
  Stream start(Channel channel, long id, int events, int period) {
    var stream = new Stream(channel, id, events);
    if (period == 0) {
      fast.add(stream);
      wake();
    } else if (period < DAY) {
      wheel(period).add(stream);
    }
    return stream;
  }

  /** A stream may have room again. */
  void wake() {
    if (!turning && !fast.isEmpty()) {
      turning = true;
      loop.schedule(this::turn, 1, TimeUnit.MICROSECONDS);
    }
  }

  private void turn() {
    turning = false;
    boolean spoke = false;
    for (int i = fast.size() - 1; i >= 0; i--) {
      Stream stream = fast.get(i);
      spoke |= stream.speak();
      if (stream.over()) {
        fast.set(i, fast.getLast());
        fast.removeLast();
      }
    }
    if (spoke) {
      wake();
    }
  }

  private Wheel wheel(int period) {
    for (Wheel wheel : wheels) {
      if (wheel.spokes.size() == period) {
        return wheel;
      }
    }
    var wheel = new Wheel(period);
    wheels.add(wheel);
    return wheel;
  }

  private static int indexOfMark(byte[] bytes) {
    int i = 0;
    while (bytes[i] != Wire.MARK) {
      i++;
    }
    return i;
  }

  /** The streams of one period. */
  private final class Wheel {
    private final List<List<Stream>> spokes = new ArrayList<>();
    private final long began = System.nanoTime();
    private long done;
    private int added;

    Wheel(int period) {
      for (int i = 0; i < period; i++) {
        spokes.add(new ArrayList<>());
      }
      loop.scheduleAtFixedRate(this::turn, 1, 1, TimeUnit.MILLISECONDS);
    }

    void add(Stream stream) {
      // A step prime to the usual periods spreads streams that start together.
      added += 37;
      spokes.get(added % spokes.size()).add(stream);
    }

    private void turn() {
      long due = (System.nanoTime() - began) / 1_000_000;
      while (done < due) {
        done++;
        List<Stream> spoke = spokes.get((int) (done % spokes.size()));
        for (int i = spoke.size() - 1; i >= 0; i--) {
          Stream stream = spoke.get(i);
          stream.speak();
          if (stream.over()) {
            spoke.set(i, spoke.getLast());
            spoke.removeLast();
          }
        }
      }
    }
  }
}
