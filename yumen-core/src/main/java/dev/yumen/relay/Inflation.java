package dev.yumen.relay;

import dev.yumen.relay.Passage.Overlong;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;

/**
 * Decompresses gzip (RFC 1952) as it comes, so that each event goes on when it is there. Answers
 * are asked for uncompressed; some providers compress all the same. What follows the last member
 * and is no member itself is ignored, as gzip does. Must be closed: it holds native memory.
 */
final class Inflation implements AutoCloseable {
  private static final byte[] NOTHING = new byte[0];
  private static final int LONGEST_HEAD = 8 * 1024;
  private static final int SHORTEST_HEAD = 10;
  private static final int TRAILER = 8;

  private static final int CHECKSUM_FLAG = 2;
  private static final int EXTRA_FLAG = 4;
  private static final int NAME_FLAG = 8;
  private static final int COMMENT_FLAG = 16;

  /** The parts of a member, and what may follow the last one. */
  private enum Part {
    HEAD,
    CONTENT,
    TRAILER,
    PADDING
  }

  private final Inflater inflater = new Inflater(true);
  private final CRC32 checksum = new CRC32();
  private final byte[] buffer = new byte[8 * 1024];
  private Part part = Part.HEAD;
  private boolean anyMember;

  /** The beginning of a head or trailer that is not complete. */
  private byte[] pending = NOTHING;

  /**
   * Returns what the bytes decode to; may be empty.
   *
   * @param limit longest result, in bytes
   */
  byte[] take(byte[] bytes, int limit) throws DataFormatException, Overlong {
    byte[] input = join(pending, bytes);
    pending = NOTHING;
    var out = new ByteArrayOutputStream(Math.min(limit, 4 * input.length));
    int at = 0;
    while (at < input.length && part != Part.PADDING) {
      int next =
          switch (part) {
            case HEAD -> passHead(input, at);
            case CONTENT -> inflate(input, at, out, limit);
            case TRAILER -> passTrailer(input, at);
            case PADDING -> input.length;
          };
      if (next < 0) {
        pending = Arrays.copyOfRange(input, at, input.length);
        break;
      }
      at = next;
    }
    return out.toByteArray();
  }

  /** Whether the bytes may end here: members have come whole, and none has begun. */
  boolean complete() {
    return anyMember && pending.length == 0 && (part == Part.HEAD || part == Part.PADDING);
  }

  @Override
  public void close() {
    inflater.end();
  }

  /** Decodes a body that came whole. */
  static byte[] whole(byte[] bytes, int limit) throws DataFormatException, Overlong {
    try (var inflation = new Inflation()) {
      byte[] decoded = inflation.take(bytes, limit);
      if (!inflation.complete()) {
        throw new DataFormatException("it ends too early");
      }
      return decoded;
    }
  }

  /** Returns where the content begins; -1 when the head is not complete. */
  private int passHead(byte[] input, int from) throws DataFormatException {
    if (anyMember && (input[from] & 0xff) != (GZIPInputStream.GZIP_MAGIC & 0xff)) {
      part = Part.PADDING;
      return input.length;
    }
    int end = endOfHead(input, from);
    if (end < 0 && input.length - from > LONGEST_HEAD) {
      throw new DataFormatException("the head is too long");
    }
    part = end < 0 ? Part.HEAD : Part.CONTENT;
    return end;
  }

  /** Returns where the trailer begins, or the end of the input. */
  private int inflate(byte[] input, int from, ByteArrayOutputStream out, int limit)
      throws DataFormatException, Overlong {
    inflater.setInput(input, from, input.length - from);
    for (int n = inflater.inflate(buffer); n > 0; n = inflater.inflate(buffer)) {
      if (out.size() + n > limit) {
        throw new Overlong();
      }
      checksum.update(buffer, 0, n);
      out.write(buffer, 0, n);
    }
    if (inflater.finished()) {
      part = Part.TRAILER;
    }
    return input.length - inflater.getRemaining();
  }

  /** Returns where another member may begin (RFC 1952 section 2.2); -1 when more must come. */
  private int passTrailer(byte[] input, int from) throws DataFormatException {
    if (input.length - from < TRAILER) {
      return -1;
    }
    boolean sound =
        number(input, from) == (int) checksum.getValue()
            && number(input, from + 4) == (int) inflater.getBytesWritten();
    if (!sound) {
      throw new DataFormatException("checksum or length differ");
    }
    inflater.reset();
    checksum.reset();
    anyMember = true;
    part = Part.HEAD;
    return from + TRAILER;
  }

  /** Four bytes, the least significant first. */
  private static int number(byte[] bytes, int at) {
    return (bytes[at] & 0xff)
        | (bytes[at + 1] & 0xff) << 8
        | (bytes[at + 2] & 0xff) << 16
        | (bytes[at + 3] & 0xff) << 24;
  }

  private static int endOfHead(byte[] bytes, int from) throws DataFormatException {
    if (bytes.length - from < SHORTEST_HEAD) {
      return -1;
    }
    int magic = (bytes[from] & 0xff) | (bytes[from + 1] & 0xff) << 8;
    if (magic != GZIPInputStream.GZIP_MAGIC || bytes[from + 2] != 8) {
      throw new DataFormatException("not gzip");
    }
    int flags = bytes[from + 3];
    int at = from + SHORTEST_HEAD;
    if ((flags & EXTRA_FLAG) != 0) {
      if (bytes.length < at + 2) {
        return -1;
      }
      at += 2 + ((bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8);
    }
    if ((flags & NAME_FLAG) != 0) {
      at = afterZero(bytes, at);
    }
    if (at >= 0 && (flags & COMMENT_FLAG) != 0) {
      at = afterZero(bytes, at);
    }
    if (at >= 0 && (flags & CHECKSUM_FLAG) != 0) {
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
}
