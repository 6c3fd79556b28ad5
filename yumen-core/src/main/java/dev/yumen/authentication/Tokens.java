package dev.yumen.authentication;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.yumen.exchange.Caller;
import dev.yumen.exchange.Reason;
import dev.yumen.exchange.Refused;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies JSON Web Tokens as RFC 8725 advises. The unverified {@code iss} chooses the issuer and
 * does nothing else; the issuer's keys decide on the algorithms (section 3.1); then come the
 * signature, the times, the audience (sections 3.8 and 3.9) and the caller.
 *
 * <p>A verified token is remembered until it expires or its issuer's keys change, under its SHA-256
 * and never as itself: a signature costs ten times the hash and more. Who cannot sign learns
 * nothing of the settings: an unknown issuer, a foreign algorithm, an unknown key and a wrong
 * signature are answered by one sentence, and the cause is logged at debug level. A token for no
 * known secret takes as long as one for a known. Thread-safe.
 */
public final class Tokens {
  private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);

  /** About 4 MiB. */
  private static final int MOST_REMEMBERED = 10_000;

  private final Map<String, TokenIssuer> issuers;
  private final SharedSecret decoy;
  private final InstantSource clock;
  private final Cache<Fingerprint, Verified> remembered;

  /**
   * Takes the issuers.
   *
   * @param random makes a secret that nobody has, for tokens of nobody
   * @param clock decides what is expired
   * @throws IllegalArgumentException when two issuers have the same name
   */
  public Tokens(Collection<TokenIssuer> issuers, SecureRandom random, InstantSource clock) {
    var byName = new HashMap<String, TokenIssuer>();
    for (var issuer : issuers) {
      if (byName.put(issuer.issuer(), issuer) != null) {
        throw new IllegalArgumentException("two issuers are named " + issuer.issuer());
      }
    }
    this.issuers = Map.copyOf(byName);
    var secret = new byte[32];
    random.nextBytes(secret);
    this.decoy = new SharedSecret(secret);
    this.clock = clock;
    this.remembered =
        Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfter(
                Expiry.<Fingerprint, Verified>creating(
                    (_, verified) -> Duration.between(clock.instant(), verified.end())))
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .executor(Runnable::run)
            .build();
  }

  /**
   * Verifies a token as its holder sends it. May block while keys are fetched.
   *
   * @throws Refused with {@code CREDENTIAL_INVALID}, or {@code CREDENTIAL_UNVERIFIABLE} when the
   *     issuer's keys are not known and cannot be fetched
   */
  Caller identify(String presented) throws Refused {
    var now = clock.instant();
    var fingerprint = Fingerprint.of(presented);
    var known = remembered.getIfPresent(fingerprint);
    if (known != null && known.holds(now)) {
      return known.caller();
    }
    var verified = verify(CompactToken.parse(presented), now);
    remembered.put(fingerprint, verified);
    return verified.caller();
  }

  private Verified verify(CompactToken token, Instant now) throws Refused {
    var issuer = issuers.get(token.issuer());
    if (issuer == null) {
      throw nobodys(token, "its issuer is not among the settings");
    }
    if (!issuer.keys().algorithms().contains(token.algorithm())) {
      throw nobodys(token, "its algorithm does not belong to the keys of its issuer");
    }
    var keys = issuer.keys().current(now);
    var fitting = keys.fitting(token);
    if (fitting.isEmpty()) {
      keys = issuer.keys().newerThan(keys, now);
      fitting = keys.fitting(token);
    }
    if (fitting.isEmpty()) {
      throw unverified("its issuer has no key with its kid and alg");
    }
    if (fitting.stream().noneMatch(key -> key.signed(token))) {
      throw unverified("its signature is wrong");
    }
    var caller = issuer.caller(token.claims(), now);
    return new Verified(caller, issuer.end(token.claims()), issuer.keys(), keys);
  }

  /** Does the work that a token of a known issuer costs, then refuses. */
  private Refused nobodys(CompactToken token, String why) throws Refused {
    var secret =
        new CompactToken(
            "HS256", null, token.issuer(), token.claims(), token.signedPart(), token.signature());
    var _ = decoy.current(Instant.EPOCH).fitting(secret).getFirst().signed(secret);
    return unverified(why);
  }

  private static Refused unverified(String why) {
    LOG.debug("A token is refused: {}", why);
    return new Refused(
        Reason.CREDENTIAL_INVALID,
        "This token could not be verified. Send an access token of an issuer that this gateway"
            + " trusts, whole and unchanged.");
  }

  /** What was found of a token, and by which keys. */
  private record Verified(Caller caller, Instant end, SigningKeys issuer, VerificationKeys keys) {

    boolean holds(Instant now) throws Refused {
      return now.isBefore(end) && issuer.current(now) == keys;
    }
  }

  /** The SHA-256 of a token. */
  private record Fingerprint(long first, long second, long third, long fourth) {

    static Fingerprint of(String token) {
      try {
        var sha256 = MessageDigest.getInstance("SHA-256").digest(token.getBytes(US_ASCII));
        var longs = ByteBuffer.wrap(sha256).asLongBuffer();
        return new Fingerprint(longs.get(), longs.get(), longs.get(), longs.get());
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has SHA-256", e);
      }
    }
  }
}
