package dev.yumen.authentication;

import dev.yumen.exchange.Caller;
import dev.yumen.exchange.Headers;
import dev.yumen.exchange.Refused;
import java.time.InstantSource;
import java.util.function.Supplier;

/** Identifies callers by key. */
public final class CredentialAuthenticator implements Authenticator {
  private final Supplier<Keys> keys;
  private final InstantSource clock;

  /**
   * Creates the stage.
   *
   * @param keys asked once per request, so that a change of keys counts from the next request on
   * @param clock decides what is expired
   */
  public CredentialAuthenticator(Supplier<Keys> keys, InstantSource clock) {
    this.keys = keys;
    this.clock = clock;
  }

  @Override
  public Caller identify(Headers headers) throws Refused {
    return keys.get().identify(PresentedCredential.in(headers), clock.instant());
  }
}
