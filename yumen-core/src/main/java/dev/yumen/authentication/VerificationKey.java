package dev.yumen.authentication;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One key with what it may verify: the kind of key decides on the algorithms, never the token (RFC
 * 8725 section 3.1).
 *
 * @param id the {@code kid}; null fits every token
 * @param algorithms the values of {@code alg} it verifies
 * @param verifier verifies one signature; thread-safe
 */
record VerificationKey(@Nullable String id, Set<String> algorithms, JWSVerifier verifier) {
  private static final int SHORTEST_MODULUS = 2048;

  /** Both names mean the same for a key on this curve (RFC 8037, RFC 9864). */
  private static final Set<String> EDDSA = Set.of("EdDSA", "Ed25519");

  private static final Set<String> RSA = Set.of("RS256", "PS256");
  private static final Set<String> ECDSA = Set.of("ES256");

  /**
   * Returns what a published key verifies, or null when it is none of RSA with at least 2048 bits,
   * P-256 or Ed25519, or is not meant for signatures. Symmetric keys are never taken: what is
   * published is no secret.
   *
   * @throws JOSEException when the key is damaged, for instance not a point of its curve
   */
  static @Nullable VerificationKey of(JWK jwk) throws JOSEException {
    if (jwk.getKeyUse() != null && !KeyUse.SIGNATURE.equals(jwk.getKeyUse())) {
      return null;
    }
    if (jwk.getKeyOperations() != null && !jwk.getKeyOperations().contains(KeyOperation.VERIFY)) {
      return null;
    }
    return switch (jwk) {
      case RSAKey rsa when rsa.size() >= SHORTEST_MODULUS ->
          limited(jwk, RSA, new RSASSAVerifier(rsa.toRSAPublicKey()));
      case ECKey ec when Curve.P_256.equals(ec.getCurve()) ->
          limited(jwk, ECDSA, new ECDSAVerifier(ec.toECPublicKey()));
      case OctetKeyPair pair when Curve.Ed25519.equals(pair.getCurve()) ->
          limited(jwk, EDDSA, new Ed25519Verifier(pair.getDecodedX()));
      default -> null;
    };
  }

  /** Tells whether this key could have signed the token. */
  boolean fits(CompactToken token) {
    return algorithms.contains(token.algorithm())
        && (id == null || token.keyId() == null || id.equals(token.keyId()));
  }

  /** Tells whether this key signed the token. */
  boolean signed(CompactToken token) {
    try {
      var header = new JWSHeader(JWSAlgorithm.parse(token.algorithm()));
      return verifier.verify(header, token.signedPart(), token.signature());
    } catch (JOSEException e) {
      return false;
    }
  }

  /** A key that names its algorithm is used with no other (RFC 7517 section 4.4). */
  private static @Nullable VerificationKey limited(
      JWK jwk, Set<String> kind, JWSVerifier verifier) {
    if (jwk.getAlgorithm() == null) {
      return new VerificationKey(jwk.getKeyID(), kind, verifier);
    }
    var named = jwk.getAlgorithm().getName();
    if (!kind.contains(named)) {
      return null;
    }
    return new VerificationKey(
        jwk.getKeyID(), kind.equals(EDDSA) ? EDDSA : Set.of(named), verifier);
  }
}
