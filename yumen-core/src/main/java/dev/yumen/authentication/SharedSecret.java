package dev.yumen.authentication;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.MACVerifier;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** A secret shared with the issuer, for HS256. */
public final class SharedSecret implements SigningKeys {
  /** As long as the hash (RFC 7518 section 3.2). */
  private static final int SHORTEST = 32;

  private static final Set<String> ALGORITHMS = Set.of("HS256");

  private final VerificationKeys keys;

  /**
   * Takes the secret.
   *
   * @param secret its UTF-8 bytes are the key; drawn at random, since who has one token can try
   *     guesses on it (RFC 8725 section 3.5)
   * @throws IllegalArgumentException when it has less than 32 bytes
   */
  public SharedSecret(String secret) {
    this(secret.getBytes(UTF_8));
  }

  SharedSecret(byte[] secret) {
    if (secret.length < SHORTEST) {
      throw new IllegalArgumentException(
          "a secret for HS256 must be at least 32 bytes long; this one has " + secret.length);
    }
    try {
      keys =
          new VerificationKeys(
              List.of(new VerificationKey(null, ALGORITHMS, new MACVerifier(secret))));
    } catch (JOSEException e) {
      throw new IllegalStateException("every Java platform has HMAC with SHA-256", e);
    }
  }

  @Override
  public Set<String> algorithms() {
    return ALGORITHMS;
  }

  @Override
  public VerificationKeys current(Instant now) {
    return keys;
  }

  @Override
  public VerificationKeys newerThan(VerificationKeys seen, Instant now) {
    return keys;
  }
}
