package dev.yumen.server.simulator;

import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The bytes of a recorded stream, with a wait after each frame. */
final class PacedFrames implements Iterator<Act> {
  private final byte[] body;
  private final Duration between;
  private int at;
  private boolean waits;

  PacedFrames(byte[] body, Duration between) {
    this.body = body;
    this.between = between;
  }

  @Override
  public boolean hasNext() {
    return at < body.length;
  }

  @Override
  public Act next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    if (waits) {
      waits = false;
      return new Act.Wait(between);
    }
    int from = at;
    at = end(from);
    waits = true;
    return new Act.Send(Arrays.copyOfRange(body, from, at));
  }

  /** Behind the next blank line. */
  private int end(int from) {
    for (int i = from; i + 1 < body.length; i++) {
      if (body[i] == '\n' && body[i + 1] == '\n') {
        return i + 2;
      }
    }
    return body.length;
  }
}
