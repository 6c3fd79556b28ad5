package dev.yumen.benchmarks.load;

import io.netty.buffer.ByteBuf;

/**
 * Reads HTTP/1.1 answers just far enough: status, where the body ends (by length or by chunks), and
 * its bytes. On the loop only.
 */
final class AnswerReader {

  /** What is told of an answer. */
  interface Listener {
    /** Some of its body. */
    void body(byte[] bytes, int from, int to);

    /** It is whole. */
    void end(int status);
  }

  private enum State {
    HEAD,
    LENGTH,
    CHUNK_SIZE,
    CHUNK,
    CHUNK_END,
    TRAILER
  }

  private static final byte[] SCRATCH = new byte[256 * 1024];

  private final Listener listener;
  private final byte[] line = new byte[512];
  private int lineLength;
  private State state = State.HEAD;
  private int status;
  private long left;
  private boolean chunked;

  AnswerReader(Listener listener) {
    this.listener = listener;
  }

  /** Takes what came and leaves it read. */
  void read(ByteBuf in) {
    while (in.isReadable()) {
      int length = Math.min(in.readableBytes(), SCRATCH.length);
      in.readBytes(SCRATCH, 0, length);
      int at = 0;
      while (at < length) {
        at = step(SCRATCH, at, length);
      }
    }
  }

  private int step(byte[] bytes, int from, int to) {
    return switch (state) {
      case LENGTH, CHUNK -> {
        int end = (int) Math.min(to, from + left);
        listener.body(bytes, from, end);
        left -= end - from;
        if (left == 0) {
          if (state == State.LENGTH) {
            over();
          } else {
            left = 2;
            state = State.CHUNK_END;
          }
        }
        yield end;
      }
      case CHUNK_END -> {
        if (--left == 0) {
          state = State.CHUNK_SIZE;
        }
        yield from + 1;
      }
      case HEAD, CHUNK_SIZE, TRAILER -> {
        byte c = bytes[from];
        if (c == '\n') {
          line();
          lineLength = 0;
        } else if (c != '\r' && lineLength < line.length) {
          line[lineLength++] = c;
        }
        yield from + 1;
      }
    };
  }

  private void line() {
    switch (state) {
      case HEAD -> headLine();
      case CHUNK_SIZE -> {
        left = 0;
        for (int i = 0; i < lineLength; i++) {
          left = left * 16 + Character.digit(line[i], 16);
        }
        state = left == 0 ? State.TRAILER : State.CHUNK;
      }
      case TRAILER -> {
        if (lineLength == 0) {
          over();
        }
      }
      case LENGTH, CHUNK, CHUNK_END -> throw new IllegalStateException();
    }
  }

  private void headLine() {
    if (lineLength == 0) {
      state = chunked ? State.CHUNK_SIZE : State.LENGTH;
      if (!chunked && left == 0) {
        over();
      }
    } else if (status == 0) {
      status = (line[9] - '0') * 100 + (line[10] - '0') * 10 + line[11] - '0';
    } else if (begins("content-length: ")) {
      for (int i = 16; i < lineLength; i++) {
        left = left * 10 + line[i] - '0';
      }
    } else if (begins("transfer-encoding: ")) {
      chunked = true;
    }
  }

  private boolean begins(String name) {
    if (lineLength < name.length()) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if ((line[i] | 0x20) != (name.charAt(i) | 0x20)) {
        return false;
      }
    }
    return true;
  }

  private void over() {
    int code = status;
    state = State.HEAD;
    status = 0;
    left = 0;
    chunked = false;
    listener.end(code);
  }
}
