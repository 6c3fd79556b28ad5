package dev.yumen.privacy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * The secret from which the pseudonyms of one conversation are made, in one epoch of the master
 * secret. Without it nobody can tell what a pseudonym stands for or that two conversations speak of
 * the same person. Immutable.
 */
public final class ConversationKey {
  private static final byte[] SALT = "yumen pseudonyms 1".getBytes(StandardCharsets.US_ASCII);

  private final SecretKey key;

  private ConversationKey(SecretKey key) {
    this.key = key;
  }

  /**
   * Derives the key with HKDF-SHA-256 (RFC 5869).
   *
   * @param master the master secret of the epoch, at least 32 bytes
   * @param tenant whom the conversation belongs to
   * @param conversation which one it is, see {@link Conversation}
   * @throws IllegalArgumentException when the secret is shorter
   */
  public static ConversationKey derive(byte[] master, String tenant, String conversation) {
    if (master.length < 32) {
      throw new IllegalArgumentException("the master secret needs 32 bytes or more");
    }
    byte[] owner = tenant.getBytes(StandardCharsets.UTF_8);
    byte[] name = conversation.getBytes(StandardCharsets.UTF_8);
    // The length keeps ("ab", "c") and ("a", "bc") apart.
    byte[] info =
        ByteBuffer.allocate(4 + owner.length + name.length)
            .putInt(owner.length)
            .put(owner)
            .put(name)
            .array();
    var how = HKDFParameterSpec.ofExtract().addIKM(master).addSalt(SALT).thenExpand(info, 32);
    try {
      return new ConversationKey(KDF.getInstance("HKDF-SHA256").deriveKey("HmacSHA256", how));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK 25 has HKDF-SHA256", e);
    }
  }

  SecretKey key() {
    return key;
  }

  /** Prints no secret. */
  @Override
  public String toString() {
    return "ConversationKey";
  }
}
