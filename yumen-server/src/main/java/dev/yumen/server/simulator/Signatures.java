package dev.yumen.server.simulator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Signatures of thinking blocks. They are no secret, but they tell, as the real ones do, whether a
 * block comes back as it was sent.
 */
final class Signatures {
  private static final String OURS = "EqSim";
  private static final int LENGTH = 240;

  private Signatures() {}

  /** The signature of a block that shows this text. */
  static String of(String thinking) {
    var bytes = new byte[LENGTH];
    byte[] hash = thinking.getBytes(StandardCharsets.UTF_8);
    for (int at = 0; at < LENGTH; at += hash.length) {
      hash = sha256(hash);
      System.arraycopy(hash, 0, bytes, at, Math.min(hash.length, LENGTH - at));
    }
    return OURS + Base64.getEncoder().encodeToString(bytes);
  }

  /** Whether the signature is none of this provider's, or the text is still what it signed. */
  static boolean admits(String signature, String thinking) {
    return !signature.startsWith(OURS) || signature.equals(of(thinking));
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }
}
