package dev.yumen.authentication;

import dev.yumen.exchange.Caller;
import dev.yumen.exchange.Reason;
import dev.yumen.exchange.Refused;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** All keys at one moment. Immutable; a change of keys is a new object. */
public final class Keys {
  /**
   * What is verified when the id is unknown, so that the answer takes as long as for a known one.
   */
  private static final KeyText NOBODY = new KeyText("0".repeat(12), "0".repeat(43));

  private final Map<String, Key> byId;
  private final SecretHash decoy;

  /**
   * Takes the keys as they are now.
   *
   * @param random makes the salt of a decoy
   * @throws IllegalArgumentException when two keys have the same id
   */
  public Keys(Collection<Key> keys, SecureRandom random) {
    var byId = new HashMap<String, Key>(keys.size() * 2);
    for (var key : keys) {
      if (byId.put(key.id(), key) != null) {
        throw new IllegalArgumentException("two keys have the id " + key.id());
      }
    }
    this.byId = Map.copyOf(byId);
    this.decoy = SecretHash.of(KeyText.random(random).secret(), random);
  }

  /** Returns the number of keys, revoked and expired ones included. */
  public int size() {
    return byId.size();
  }

  /**
   * Verifies a key as its holder sends it. Whether the id is known does not show in the time taken;
   * that a key is expired or revoked is told only to who has its secret.
   *
   * @throws Refused with {@code CREDENTIAL_INVALID}
   */
  Caller identify(String presented, Instant now) throws Refused {
    var read = KeyText.parse(presented);
    var text = read == null ? NOBODY : read;
    var key = byId.get(text.id());
    var hash = key == null ? decoy : key.hash();
    var right = hash.matches(text.secret());
    if (read == null) {
      throw new Refused(Reason.CREDENTIAL_INVALID, misshapen(presented));
    }
    if (key == null || !right) {
      throw new Refused(
          Reason.CREDENTIAL_INVALID,
          "This key is not known. Check that it belongs to this gateway, or ask its operator for a"
              + " new one.");
    }
    if (key.revoked() != null) {
      throw new Refused(
          Reason.CREDENTIAL_INVALID,
          "Key " + key.id() + " was revoked. Ask the operator of the gateway for a new one.");
    }
    if (key.expired(now)) {
      throw new Refused(
          Reason.CREDENTIAL_INVALID,
          "Key "
              + key.id()
              + " expired at "
              + key.expires()
              + ". Ask the operator of the gateway for a new one.");
    }
    return new Caller(key.id(), key.name(), key.tenant(), key.models());
  }

  private static String misshapen(String presented) {
    return presented.startsWith(KeyText.PREFIX)
        ? "This key was mistyped or cut off: its checksum does not fit. Copy it again, all 65"
            + " characters."
        : "This is not a credential of this gateway. Send one of its keys, which begin with ym_.";
  }
}
