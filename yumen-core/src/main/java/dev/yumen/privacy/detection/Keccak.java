package dev.yumen.privacy.detection;

import java.util.Arrays;

/** Keccak-256 as Ethereum uses it: SHA-3 (FIPS 202) with the older padding. For short inputs. */
final class Keccak {
  private static final int RATE = 136;
  private static final int ROUNDS = 24;
  private static final long[] CONSTANTS = new long[ROUNDS];
  private static final int[] ROTATIONS = new int[ROUNDS];
  private static final int[] LANES = new int[ROUNDS];

  static {
    int register = 1;
    for (int round = 0; round < ROUNDS; round++) {
      for (int bit = 0; bit < 7; bit++) {
        if ((register & 1) == 1) {
          CONSTANTS[round] |= 1L << ((1 << bit) - 1);
        }
        register = register << 1 ^ (register >> 7) * 0x171;
      }
    }
    int x = 1;
    int y = 0;
    for (int t = 0; t < ROUNDS; t++) {
      ROTATIONS[t] = (t + 1) * (t + 2) / 2 % 64;
      int lane = (2 * x + 3 * y) % 5;
      x = y;
      y = lane;
      LANES[t] = x + 5 * y;
    }
  }

  private Keccak() {}

  /**
   * Hashes at most 135 bytes.
   *
   * @throws IllegalArgumentException when there are more
   */
  static byte[] hash256(byte[] input) {
    if (input.length >= RATE) {
      throw new IllegalArgumentException("one block at most");
    }
    var block = Arrays.copyOf(input, RATE);
    block[input.length] ^= 0x01;
    block[RATE - 1] ^= (byte) 0x80;
    var state = new long[25];
    for (int i = 0; i < RATE; i++) {
      state[i / 8] |= (block[i] & 0xffL) << (8 * (i % 8));
    }
    for (int round = 0; round < ROUNDS; round++) {
      permute(state, CONSTANTS[round]);
    }
    var hash = new byte[32];
    for (int i = 0; i < hash.length; i++) {
      hash[i] = (byte) (state[i / 8] >>> (8 * (i % 8)));
    }
    return hash;
  }

  private static void permute(long[] state, long constant) {
    var parity = new long[5];
    for (int i = 0; i < 25; i++) {
      parity[i % 5] ^= state[i];
    }
    for (int i = 0; i < 25; i++) {
      state[i] ^= parity[(i + 4) % 5] ^ Long.rotateLeft(parity[(i + 1) % 5], 1);
    }
    long moving = state[1];
    for (int t = 0; t < ROUNDS; t++) {
      long next = state[LANES[t]];
      state[LANES[t]] = Long.rotateLeft(moving, ROTATIONS[t]);
      moving = next;
    }
    for (int row = 0; row < 25; row += 5) {
      var old = Arrays.copyOfRange(state, row, row + 5);
      for (int i = 0; i < 5; i++) {
        state[row + i] = old[i] ^ (~old[(i + 1) % 5] & old[(i + 2) % 5]);
      }
    }
    state[0] ^= constant;
  }
}
