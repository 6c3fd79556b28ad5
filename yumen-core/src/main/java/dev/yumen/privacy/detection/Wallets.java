package dev.yumen.privacy.detection;

import dev.yumen.privacy.detection.Scan.Check;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;

/**
 * Addresses of cryptocurrency wallets: Base58Check, bech32 and bech32m (BIP 173, 350) and Ethereum.
 * Without a right checksum a run of letters and digits is more likely a hash.
 */
final class Wallets {
  private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final String BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
  private static final int[] GENERATOR = {
    0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3
  };
  private static final int BECH32M = 0x2bc830a3;
  private static final int ADDRESS_BYTES = 25;

  private final Scan scan;

  Wallets(Scan scan) {
    this.scan = scan;
  }

  /** Looks at a run of letters and digits. */
  void token(int start, int end) {
    int length = end - start;
    char first = scan.at(start);
    if (length == 42 && first == '0' && Chars.lowered(scan.at(start + 1)) == 'x') {
      ethereum(start, end);
    } else if (length <= 35
        && (first == '1' || first == '3' || first == 'L' || first == 'T' || first == 'D')) {
      if (base58Check(scan.substring(start, end))) {
        scan.propose(DataType.CRYPTO_ADDRESS, start, end, Check.PASSED);
      }
    } else if (length <= 62
        && (scan.matches(start, "bc1")
            || scan.matches(start, "tb1")
            || scan.matches(start, "ltc1")
            || scan.matches(start, "BC1"))) {
      if (bech32(scan.substring(start, end).toLowerCase(Locale.ROOT))) {
        scan.propose(DataType.CRYPTO_ADDRESS, start, end, Check.PASSED);
      }
    }
  }

  /** EIP-55 puts the checksum into the case of the letters; one case alone has none. */
  private void ethereum(int start, int end) {
    var text = scan.substring(start + 2, end);
    boolean hexadecimal = text.chars().allMatch(c -> Chars.hex((char) c));
    if (!hexadecimal) {
      return;
    }
    var lower = text.toLowerCase(Locale.ROOT);
    if (text.equals(lower) || text.equals(text.toUpperCase(Locale.ROOT))) {
      scan.propose(DataType.CRYPTO_ADDRESS, start, end, Check.NONE, 20);
    } else {
      boolean passed = text.equals(mixedCase(lower));
      scan.propose(DataType.CRYPTO_ADDRESS, start, end, passed ? Check.PASSED : Check.FAILED);
    }
  }

  /** The form with the checksum of forty lower case hexadecimal digits (EIP-55). */
  static String mixedCase(String lower) {
    var hash = Keccak.hash256(lower.getBytes(StandardCharsets.US_ASCII));
    var mixed = new StringBuilder(lower);
    for (int i = 0; i < mixed.length(); i++) {
      int nibble = hash[i / 2] >> (i % 2 == 0 ? 4 : 0) & 0xf;
      if (nibble >= 8) {
        mixed.setCharAt(i, Character.toUpperCase(mixed.charAt(i)));
      }
    }
    return mixed.toString();
  }

  private static boolean base58Check(String text) {
    var value = BigInteger.ZERO;
    int zeros = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = BASE58.indexOf(text.charAt(i));
      if (digit < 0) {
        return false;
      }
      zeros += digit == 0 && zeros == i ? 1 : 0;
      value = value.multiply(BigInteger.valueOf(58)).add(BigInteger.valueOf(digit));
    }
    var bytes = value.toByteArray();
    int sign = bytes.length > 1 && bytes[0] == 0 ? 1 : 0;
    int size = bytes.length - sign + zeros;
    if (size != ADDRESS_BYTES) {
      return false;
    }
    var address = new byte[ADDRESS_BYTES];
    System.arraycopy(bytes, sign, address, zeros, bytes.length - sign);
    var hash = sha256(sha256(Arrays.copyOf(address, 21)));
    return Arrays.equals(hash, 0, 4, address, 21, 25);
  }

  private static boolean bech32(String text) {
    int one = text.lastIndexOf('1');
    int check = 1;
    for (int i = 0; i < one; i++) {
      check = polymod(check) ^ (text.charAt(i) >> 5);
    }
    check = polymod(check);
    for (int i = 0; i < one; i++) {
      check = polymod(check) ^ (text.charAt(i) & 31);
    }
    for (int i = one + 1; i < text.length(); i++) {
      int value = BECH32.indexOf(text.charAt(i));
      if (value < 0) {
        return false;
      }
      check = polymod(check) ^ value;
    }
    return check == 1 || check == BECH32M;
  }

  private static int polymod(int check) {
    int top = check >>> 25;
    int next = (check & 0x1ffffff) << 5;
    for (int i = 0; i < 5; i++) {
      next ^= (top >> i & 1) == 1 ? GENERATOR[i] : 0;
    }
    return next;
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
