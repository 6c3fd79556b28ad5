package dev.yumen.authentication;

import dev.yumen.exchange.Caller;
import dev.yumen.exchange.Headers;
import dev.yumen.exchange.Refused;

/** Answers who is asking. Thread-safe; may block the calling virtual thread. */
public interface Authenticator {

  /**
   * Verifies the credential in the header fields. The body is not needed and must not have been
   * read.
   *
   * @throws Refused with {@code CREDENTIAL_MISSING}, {@code CREDENTIAL_INVALID} or {@code
   *     CREDENTIAL_UNVERIFIABLE}
   */
  Caller identify(Headers headers) throws Refused;
}
