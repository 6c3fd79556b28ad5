package dev.yumen.relay;

import dev.yumen.relay.Passage.Overlong;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;

/**
 * Decompresses gzip (RFC 1952) as it comes, so that each event goes on when it is there. Answers
 * are asked for uncompressed; some providers compress all the same. Must be closed: it holds native
 * memory.
 */
final class Inflation implements AutoCloseable {
  private static final int TRAILER = 8;

  private final Inflater inflater = new Inflater(true);
  private final byte[] buffer = new byte[8 * 1024];
  private byte[] head = new byte[0];
  private boolean headPassed;
  private int trailer;

  /** Returns what the bytes decode to; may be empty. */
  byte[] take(byte[] bytes, int limit) throws DataFormatException, Overlong {
    byte[] input = bytes;
    int from = 0;
    if (!headPassed) {
      input = join(head, bytes);
      int end = endOfHead(input);
      if (end < 0) {
        head = input;
        return new byte[0];
      }
      headPassed = true;
      from = end;
    }
    if (inflater.finished()) {
      return skipTrailer(input, from, limit);
    }
    inflater.setInput(input, from, input.length - from);
    byte[] out = new byte[Math.max(256, input.length * 4)];
    int length = 0;
    while (true) {
      int n = inflater.inflate(buffer);
      if (n == 0) {
        break;
      }
      if (length + n > limit) {
        throw new Overlong();
      }
      out = length + n > out.length ? Arrays.copyOf(out, (length + n) * 2) : out;
      System.arraycopy(buffer, 0, out, length, n);
      length += n;
    }
    byte[] decoded = Arrays.copyOf(out, length);
    if (inflater.finished() && inflater.getRemaining() > 0) {
      return join(decoded, skipTrailer(input, input.length - inflater.getRemaining(), limit));
    }
    return decoded;
  }

  @Override
  public void close() {
    inflater.end();
  }

  /** Passes the checksum; another member may follow (RFC 1952 section 2.2). */
  private byte[] skipTrailer(byte[] input, int from, int limit)
      throws DataFormatException, Overlong {
    int skipped = Math.min(TRAILER - trailer, input.length - from);
    trailer += skipped;
    if (trailer < TRAILER || from + skipped == input.length) {
      return new byte[0];
    }
    inflater.reset();
    trailer = 0;
    headPassed = false;
    head = new byte[0];
    return take(Arrays.copyOfRange(input, from + skipped, input.length), limit);
  }

  /** Where a member's head ends; -1 when it is not complete. */
  private static int endOfHead(byte[] bytes) throws DataFormatException {
    if (bytes.length < 10) {
      return -1;
    }
    int magic = (bytes[0] & 0xff) | (bytes[1] & 0xff) << 8;
    if (magic != GZIPInputStream.GZIP_MAGIC || bytes[2] != 8) {
      throw new DataFormatException("not gzip");
    }
    int flags = bytes[3];
    int at = 10;
    if ((flags & 4) != 0) {
      if (bytes.length < at + 2) {
        return -1;
      }
      at += 2 + ((bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8);
    }
    if ((flags & 8) != 0) {
      at = afterZero(bytes, at);
    }
    if (at >= 0 && (flags & 16) != 0) {
      at = afterZero(bytes, at);
    }
    if (at >= 0 && (flags & 2) != 0) {
      at += 2;
    }
    return at > bytes.length ? -1 : at;
  }

  private static int afterZero(byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        return i + 1;
      }
    }
    return -1;
  }

  private static byte[] join(byte[] first, byte[] second) {
    if (first.length == 0) {
      return second;
    }
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  /** Decodes a body that came whole. */
  static byte[] whole(byte[] bytes, int limit) throws DataFormatException, Overlong {
    try (var inflation = new Inflation()) {
      byte[] decoded = inflation.take(bytes, limit);
      if (!inflation.inflater.finished()) {
        throw new DataFormatException("it ends too early");
      }
      return decoded;
    }
  }
}
