package dev.yumen.authentication;

import dev.yumen.exchange.Caller;
import dev.yumen.exchange.Headers;
import dev.yumen.exchange.Reason;
import dev.yumen.exchange.Refused;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Identifies callers by the one credential that counts: text with two dots is a token, all other is
 * a key.
 */
public final class CredentialAuthenticator implements Authenticator {
  private final @Nullable Supplier<Keys> keys;
  private final @Nullable Tokens tokens;
  private final InstantSource clock;

  /**
   * Creates the stage.
   *
   * @param keys asked once per request, so that a change of keys counts from the next request on;
   *     null takes no keys
   * @param tokens verifies tokens; null takes none
   * @param clock decides which keys are expired
   */
  public CredentialAuthenticator(
      @Nullable Supplier<Keys> keys, @Nullable Tokens tokens, InstantSource clock) {
    this.keys = keys;
    this.tokens = tokens;
    this.clock = clock;
  }

  @Override
  public Caller identify(Headers headers) throws Refused {
    var presented = PresentedCredential.in(headers);
    if (tokens != null
        && !presented.startsWith(KeyText.PREFIX)
        && CompactToken.looksLike(presented)) {
      return tokens.identify(presented);
    }
    if (keys != null) {
      return keys.get().identify(presented, clock.instant());
    }
    throw new Refused(
        Reason.CREDENTIAL_INVALID,
        "This is not a credential of this gateway. Send an access token, three parts joined by"
            + " dots, of an issuer that it trusts.");
  }
}
