package dev.yumen.authentication;

import dev.yumen.exchange.Refused;
import java.time.Instant;
import java.util.Set;

/**
 * With what the signatures of one issuer are verified: a secret shared with it, or the public keys
 * it publishes. Never both, so that a public key cannot be mistaken for a secret (RFC 8725 sections
 * 2.1 and 3.1). Thread-safe.
 */
public sealed interface SigningKeys permits SharedSecret, PublishedKeys {

  /** The values of {@code alg} that keys of this kind verify; every other one is refused. */
  Set<String> algorithms();

  /**
   * Returns the keys in force. The object stays the same for as long as the keys do, so that what
   * was verified once needs no second look. May block while keys are fetched.
   *
   * @throws Refused with {@code CREDENTIAL_UNVERIFIABLE} when there are none
   */
  VerificationKeys current(Instant now) throws Refused;

  /**
   * Returns the keys in force when those seen lack the one looked for: they may have been replaced
   * at the issuer. The same object when there are no newer ones.
   *
   * @throws Refused with {@code CREDENTIAL_UNVERIFIABLE} when the issuer cannot be asked
   */
  VerificationKeys newerThan(VerificationKeys seen, Instant now) throws Refused;
}
