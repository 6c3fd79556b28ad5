package dev.yumen.privacy;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Stretches of bytes to be replaced, none overlapping, in any order. */
final class Edits {
  private record Edit(int from, int to, byte[] bytes) {}

  private final List<Edit> edits = new ArrayList<>();

  void add(int from, int to, byte[] bytes) {
    edits.add(new Edit(from, to, bytes));
  }

  boolean isEmpty() {
    return edits.isEmpty();
  }

  /** The bytes from..to with all edits made; the same array when there is none and it is whole. */
  byte[] applied(byte[] bytes, int from, int to) {
    if (edits.isEmpty() && from == 0 && to == bytes.length) {
      return bytes;
    }
    edits.sort(Comparator.comparingInt(Edit::from));
    var out = new ByteArrayOutputStream(to - from + 64);
    int at = from;
    for (Edit edit : edits) {
      out.write(bytes, at, edit.from - at);
      out.write(edit.bytes, 0, edit.bytes.length);
      at = edit.to;
    }
    out.write(bytes, at, to - at);
    return out.toByteArray();
  }
}
