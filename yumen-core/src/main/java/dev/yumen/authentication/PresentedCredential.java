package dev.yumen.authentication;

import dev.yumen.exchange.Headers;
import dev.yumen.exchange.Reason;
import dev.yumen.exchange.Refused;
import java.util.HashSet;

/**
 * The one credential that counts among the header fields: {@code Authorization: Bearer …} (RFC 6750
 * section 2.1) before {@code x-api-key}. There is no second try: when the first is wrong, the other
 * is not looked at, because a request that is let in by whichever header happens to fit cannot be
 * reasoned about. Both are read alike, since clients send keys and tokens in either.
 */
final class PresentedCredential {
  /** In characters. Tokens of common identity providers have 1 to 4 KiB. */
  private static final int LONGEST = 8 * 1024;

  private static final String SCHEME = "Bearer ";

  private PresentedCredential() {}

  /**
   * Returns the credential, not yet verified.
   *
   * @throws Refused with {@code CREDENTIAL_MISSING}, or {@code CREDENTIAL_INVALID} when it cannot
   *     be read
   */
  static String in(Headers headers) throws Refused {
    var authorization = headers.all("authorization");
    if (!authorization.isEmpty()) {
      if (new HashSet<>(authorization).size() > 1) {
        throw invalid("Authorization was sent more than once with different values. Send it once.");
      }
      return checked("Authorization", bearer(authorization.getFirst().strip()));
    }
    var apiKey = headers.all("x-api-key");
    if (apiKey.isEmpty()) {
      throw new Refused(
          Reason.CREDENTIAL_MISSING,
          "No credential was sent. Send your key as `Authorization: Bearer …` or `x-api-key`.");
    }
    if (new HashSet<>(apiKey).size() > 1) {
      throw invalid("x-api-key was sent more than once with different values. Send it once.");
    }
    return checked("x-api-key", apiKey.getFirst().strip());
  }

  /** The scheme is compared without regard to case (RFC 9110 section 11.1). */
  private static String bearer(String value) throws Refused {
    if (value.equalsIgnoreCase("Bearer")) {
      return "";
    }
    if (!value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw invalid(
          "Authorization does not begin with `Bearer`. Send your key as `Authorization: Bearer …`.");
    }
    return value.substring(SCHEME.length()).strip();
  }

  private static String checked(String field, String credential) throws Refused {
    if (credential.isEmpty()) {
      throw invalid(
          field + " holds no credential. Check that the variable it is taken from is set.");
    }
    if (credential.length() > LONGEST) {
      throw invalid("The credential in " + field + " is longer than 8192 characters.");
    }
    for (int i = 0; i < credential.length(); i++) {
      var c = credential.charAt(i);
      if (c <= ' ' || c > '~') {
        throw invalid(
            "The credential in " + field + " holds a space or a character outside of ASCII.");
      }
    }
    return credential;
  }

  private static Refused invalid(String detail) {
    return new Refused(Reason.CREDENTIAL_INVALID, detail);
  }
}
