package dev.yumen.authentication;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The keys of one issuer at one moment. Immutable; other keys are another object. */
final class VerificationKeys {
  private static final Logger LOG = LoggerFactory.getLogger(VerificationKeys.class);
  private static final JsonMapper MAPPER = JsonMapper.shared();

  /** Bounds what a token without {@code kid} costs, for which every key that fits is tried. */
  private static final int MOST = 100;

  private final List<VerificationKey> keys;

  VerificationKeys(List<VerificationKey> keys) {
    this.keys = List.copyOf(keys);
  }

  /**
   * Reads a JSON Web Key Set (RFC 7517 section 5). Keys that cannot verify a token are left out, as
   * that section demands: sets hold keys for encryption and of kinds yet to come.
   *
   * @throws ParseException when it is not a key set, or no key of it can verify a token
   */
  static VerificationKeys parse(String document) throws ParseException {
    var keys = new ArrayList<VerificationKey>();
    for (String jwk : members(document)) {
      try {
        var key = VerificationKey.of(JWK.parse(jwk));
        if (key != null) {
          keys.add(key);
        }
      } catch (ParseException | JOSEException | IllegalArgumentException e) {
        LOG.debug("A published key is left out: {}", e.getMessage());
      }
    }
    if (keys.isEmpty()) {
      throw new ParseException("the key set holds no key for RS256, PS256, ES256 or EdDSA", 0);
    }
    if (keys.size() > MOST) {
      throw new ParseException("the key set holds more than " + MOST + " keys", 0);
    }
    return new VerificationKeys(keys);
  }

  /** Returns the keys that could have signed the token, in the order they were published. */
  List<VerificationKey> fitting(CompactToken token) {
    return keys.stream().filter(key -> key.fits(token)).toList();
  }

  /** Returns the number of keys. */
  int size() {
    return keys.size();
  }

  private static List<String> members(String document) throws ParseException {
    try {
      var members = MAPPER.readTree(document).get("keys");
      if (members == null || !members.isArray()) {
        throw new ParseException("the key set has no array named keys", 0);
      }
      var jwks = new ArrayList<String>(members.size());
      members.valueStream().filter(JsonNode::isObject).forEach(jwk -> jwks.add(jwk.toString()));
      return jwks;
    } catch (JacksonException e) {
      throw new ParseException("the key set is not JSON", 0);
    }
  }
}
