package dev.yumen.benchmarks.load;

/** Counts events and finds their stamps, however the bytes are cut. On the loop only. */
final class EventReader {

  /** Told of each event with a stamp. */
  interface Listener {
    /** The moment the provider wrote it. */
    void stamped(long nanos);
  }

  private final Listener listener;
  private long events;
  private boolean afterLine;
  private int digits = -1;
  private long stamp;

  EventReader(Listener listener) {
    this.listener = listener;
  }

  /** Whole events seen. */
  long events() {
    return events;
  }

  void read(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      byte c = bytes[i];
      if (digits >= 0) {
        stamp = stamp << 4 | Character.digit(c, 16);
        if (++digits == Wire.STAMP_DIGITS) {
          digits = -1;
          listener.stamped(stamp);
        }
      } else if (c == '\n') {
        if (afterLine) {
          events++;
        }
        afterLine = true;
      } else {
        afterLine = false;
        if (c == Wire.MARK) {
          digits = 0;
          stamp = 0;
        }
      }
    }
  }
}
