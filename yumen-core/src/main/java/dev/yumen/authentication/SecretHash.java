package dev.yumen.authentication;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/**
 * What is stored in place of a secret: SHA-256 of a 128-bit salt and the secret. One round is
 * enough, and only enough, because the secret holds 256 random bits: there is nothing to guess that
 * a slower function could protect. Immutable.
 */
public final class SecretHash {
  private static final String SCHEME = "sha256";
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;

  private final byte[] salt;
  private final byte[] hash;

  private SecretHash(byte[] salt, byte[] hash) {
    this.salt = salt;
    this.hash = hash;
  }

  /** Hashes the secret with a new salt. */
  public static SecretHash of(String secret, SecureRandom random) {
    var salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return new SecretHash(salt, hash(salt, secret));
  }

  /**
   * Reads the form that {@link #toString} writes.
   *
   * @throws IllegalArgumentException when it is not {@code sha256:<salt>:<hash>} with 16 and 32
   *     bytes in base64url
   */
  public static SecretHash parse(String text) {
    var parts = text.split(":", -1);
    if (parts.length == 3 && parts[0].equals(SCHEME)) {
      var salt = Base64.getUrlDecoder().decode(parts[1]);
      var hash = Base64.getUrlDecoder().decode(parts[2]);
      if (salt.length == SALT_BYTES && hash.length == HASH_BYTES) {
        return new SecretHash(salt, hash);
      }
    }
    throw new IllegalArgumentException(
        "hash must be sha256:<salt>:<hash> with 16 and 32 bytes in base64url");
  }

  /** Tells whether this is the hash of the secret, in a time that does not depend on either. */
  public boolean matches(String secret) {
    return MessageDigest.isEqual(hash, hash(salt, secret));
  }

  /** Returns {@code sha256:<salt>:<hash>} in base64url. */
  @Override
  public String toString() {
    var base64 = Base64.getUrlEncoder().withoutPadding();
    return SCHEME + ":" + base64.encodeToString(salt) + ":" + base64.encodeToString(hash);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SecretHash that
        && Arrays.equals(salt, that.salt)
        && MessageDigest.isEqual(hash, that.hash);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(salt);
  }

  private static byte[] hash(byte[] salt, String secret) {
    try {
      var sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(salt);
      return sha256.digest(secret.getBytes(US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
