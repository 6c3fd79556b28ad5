package dev.yumen.relay;

import dev.yumen.exchange.Meter;
import java.util.Arrays;

/**
 * Lets whole server-sent events pass, byte for byte, and holds back the beginning of one that is
 * not yet complete, so that a broken stream ends between events and something of the gateway's own
 * can follow. Lines end with LF, CR LF or CR, and an empty line ends an event (WHATWG HTML, section
 * 9.2.5).
 */
final class Events implements Passage {
  private final Meter meter;
  private final int longest;

  /** The beginning of an event that is not complete: {@code held[0..length)}. */
  private byte[] held = new byte[0];

  private int length;

  /** How far the bytes held were looked at, and where the line there begins. */
  private int scanned;

  private int lineStart;

  /** A line of data was seen since the last boundary; a block without one is no event. */
  private boolean data;

  /** The last boundary ended with CR: an LF that comes next belongs to it. */
  private boolean afterCr;

  private long events;

  /**
   * @param meter sees every whole event
   * @param longest when more bytes of an event than this are held and more come, it is too long
   */
  Events(Meter meter, int longest) {
    this.meter = meter;
    this.longest = longest;
  }

  @Override
  public Stretch take(byte[] bytes) throws Overlong {
    if (length == 0) {
      int boundary = scan(bytes, 0, bytes.length);
      if (boundary < bytes.length) {
        keep(bytes, boundary, bytes.length);
      }
      return new Stretch(bytes, 0, boundary);
    }
    if (length > longest) {
      throw new Overlong();
    }
    append(bytes);
    int boundary = scan(held, scanned, length);
    if (boundary == 0) {
      return Stretch.EMPTY;
    }
    byte[] whole = held;
    int end = length;
    held = new byte[0];
    length = 0;
    if (boundary < end) {
      keep(whole, boundary, end);
    }
    return new Stretch(whole, 0, boundary);
  }

  @Override
  public Stretch rest(boolean whole) {
    if (length == 0 || !whole) {
      return Stretch.EMPTY;
    }
    if (!meter.finished()) {
      // Some servers leave out the last empty line; the event may still be all there.
      meter.event(held, 0, length);
      events += meter.finished() ? 1 : 0;
    }
    return meter.finished() ? new Stretch(held, 0, length) : Stretch.EMPTY;
  }

  @Override
  public boolean finished() {
    return meter.finished();
  }

  @Override
  public boolean separable() {
    return true;
  }

  @Override
  public long events() {
    return events;
  }

  /**
   * Looks for ends of events, shows each event to the meter, and returns where the last one ends; 0
   * when there is none.
   *
   * @param from where looking begins; the bytes before were looked at in an earlier call
   */
  private int scan(byte[] bytes, int from, int to) {
    int eventStart = 0;
    int i = from;
    if (afterCr && eventStart == i && i < to) {
      afterCr = false;
      if (bytes[i] == '\n') {
        eventStart = ++i;
        lineStart = i;
      }
    }
    while (i < to) {
      byte c = bytes[i];
      if (c != '\n' && c != '\r') {
        i++;
        continue;
      }
      boolean empty = i == lineStart;
      if (c == '\r' && i + 1 == to && !empty) {
        break; // whether this line ends with CR or CR LF will be seen with the next bytes
      }
      boolean lone = c == '\r' && i + 1 == to;
      data |= isData(bytes, lineStart, i);
      i += c == '\r' && i + 1 < to && bytes[i + 1] == '\n' ? 2 : 1;
      lineStart = i;
      if (empty) {
        afterCr = lone;
        meter.event(bytes, eventStart, i);
        events += data ? 1 : 0;
        data = false;
        eventStart = i;
      }
    }
    scanned = i - eventStart;
    lineStart -= eventStart;
    return eventStart;
  }

  private static boolean isData(byte[] bytes, int from, int to) {
    return to - from >= 4
        && bytes[from] == 'd'
        && bytes[from + 1] == 'a'
        && bytes[from + 2] == 't'
        && bytes[from + 3] == 'a'
        && (to - from == 4 || bytes[from + 4] == ':');
  }

  private void keep(byte[] bytes, int from, int to) {
    length = to - from;
    held = Arrays.copyOfRange(bytes, from, from + Math.max(length, 256));
  }

  private void append(byte[] bytes) {
    int needed = length + bytes.length;
    if (needed > held.length) {
      held = Arrays.copyOf(held, Math.max(needed, held.length * 2));
    }
    System.arraycopy(bytes, 0, held, length, bytes.length);
    length = needed;
  }
}
