package dev.yumen.privacy.detection;

import java.util.Arrays;

/** A growing list of ints without boxing. */
final class IntList {
  private static final int[] NONE = {};

  private int[] values = NONE;
  private int size;

  void add(int value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.max(16, size * 2));
    }
    values[size++] = value;
  }

  int get(int index) {
    return values[index];
  }

  int size() {
    return size;
  }
}
