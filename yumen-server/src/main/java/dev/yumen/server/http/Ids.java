package dev.yumen.server.http;

import java.util.random.RandomGenerator;

/**
 * Names for exchanges in the form SDKs know: {@code req_} and 24 characters of 62, which is 142
 * bits of randomness. They are names, not secrets.
 */
final class Ids {
  private static final char[] ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".toCharArray();
  private static final int LENGTH = 24;

  private final RandomGenerator random;

  Ids(RandomGenerator random) {
    this.random = random;
  }

  /** Returns a new name. On a lane's loop; the generator must bear several. */
  String next() {
    var id = new char[4 + LENGTH];
    "req_".getChars(0, 4, id, 0);
    long bits = 0;
    for (int i = 0; i < LENGTH; i++) {
      if (i % 10 == 0) {
        bits = random.nextLong() >>> 1;
      }
      id[4 + i] = ALPHABET[(int) (bits % ALPHABET.length)];
      bits /= ALPHABET.length;
    }
    return new String(id);
  }
}
