package dev.yumen.authentication;

import dev.yumen.exchange.Caller;
import dev.yumen.exchange.Reason;
import dev.yumen.exchange.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An issuer whose tokens are taken, and what they must hold (RFC 7519 section 4.1, RFC 8725
 * sections 3.8 and 3.9).
 *
 * @param issuer the {@code iss}, compared exactly
 * @param audience the {@code aud} must hold it; null does not look at it
 * @param keys with what its signatures are verified
 * @param clockSkew how far its clock may differ from the gateway's
 * @param lifetime the longest time from {@code iat} to {@code exp}; without {@code iat}, from now
 *     to {@code exp} with the skew added
 * @param tenantClaim the claim that names the tenant; the subject when it is absent
 * @param modelsClaim the claim with the allowed models
 * @param models allowed models when that claim is absent
 */
public record TokenIssuer(
    String issuer,
    @Nullable String audience,
    SigningKeys keys,
    Duration clockSkew,
    Duration lifetime,
    String tenantClaim,
    String modelsClaim,
    List<String> models) {

  /**
   * Checks the texts and spans and copies the list.
   *
   * @throws IllegalArgumentException when a text is empty or a span has no sense
   */
  public TokenIssuer {
    if (issuer.isEmpty() || issuer.chars().anyMatch(c -> c <= ' ')) {
      throw new IllegalArgumentException("issuer must not be empty or hold blanks");
    }
    if (audience != null && audience.isEmpty()) {
      throw new IllegalArgumentException("audience must not be empty; leave it out to take any");
    }
    if (clockSkew.isNegative()) {
      throw new IllegalArgumentException("the clock skew must not be negative");
    }
    if (!lifetime.isPositive()) {
      throw new IllegalArgumentException("the lifetime must be more than nothing");
    }
    models = List.copyOf(models);
  }

  /**
   * Returns who sent a token whose signature was verified, so that what is wrong with it may be
   * told.
   *
   * @throws Refused with {@code CREDENTIAL_INVALID}
   */
  Caller caller(Claims claims, Instant now) throws Refused {
    checkTimes(claims, now);
    if (audience != null && !claims.holds("aud", audience)) {
      throw refused(
          "This token is not meant for this gateway: its claim aud does not hold "
              + audience
              + ". Ask its issuer for one that does.");
    }
    var subject = claims.text("sub");
    if (subject == null) {
      // RFC 9068 section 2.2, and what providers of OpenID Connect put there.
      subject = claims.text("client_id");
    }
    if (subject == null) {
      subject = claims.text("azp");
    }
    var name = subject == null ? issuer : subject;
    var tenant = claims.text(tenantClaim);
    var allowed = claims.texts(modelsClaim);
    return new Caller(
        subject == null ? issuer : issuer + " " + subject,
        name,
        tenant == null ? name : tenant,
        allowed == null ? models : allowed);
  }

  /** From when on a token with these claims is no longer taken. */
  Instant end(Claims claims) throws Refused {
    return expiry(claims).plus(clockSkew);
  }

  private void checkTimes(Claims claims, Instant now) throws Refused {
    var expires = expiry(claims);
    if (!now.isBefore(expires.plus(clockSkew))) {
      throw refused("This token expired at " + expires + ". Get a new one from its issuer.");
    }
    var notBefore = claims.time("nbf");
    if (notBefore != null && notBefore.isAfter(now.plus(clockSkew))) {
      throw refused("This token is not valid before " + notBefore + ".");
    }
    var issued = claims.time("iat");
    if (issued != null && issued.isAfter(now.plus(clockSkew))) {
      throw refused(
          "This token was issued at "
              + issued
              + ", which lies in the future. Check the clock of its issuer.");
    }
    var latest = issued == null ? now.plus(lifetime).plus(clockSkew) : issued.plus(lifetime);
    if (expires.isAfter(latest)) {
      throw refused(
          "This token lives too long: exp may be at most "
              + lifetime.toSeconds()
              + " seconds after iat, or after now when iat is absent.");
    }
  }

  private static Instant expiry(Claims claims) throws Refused {
    var expires = claims.time("exp");
    if (expires == null) {
      throw refused("This token never expires. Get one with the claim exp.");
    }
    return expires;
  }

  private static Refused refused(String detail) {
    return new Refused(Reason.CREDENTIAL_INVALID, detail);
  }
}
