package dev.yumen.exchange;

import java.util.Locale;

/**
 * Every reason for which the gateway itself refuses, with the HTTP status, the error type of the
 * Messages API and whether the same request can succeed later. Codes are stable: they are part of
 * the contract, and {@code docs/reference/refusals.md} has a section for each.
 */
public enum Reason {
  /** No credential was sent. */
  CREDENTIAL_MISSING(401, "authentication_error", false),
  /** The credential is unknown, revoked, expired or malformed. */
  CREDENTIAL_INVALID(401, "authentication_error", false),
  /** What verifies the credential cannot be reached, for instance a JWKS endpoint. */
  CREDENTIAL_UNVERIFIABLE(503, "api_error", true),
  /** The caller may not ask this model. */
  MODEL_NOT_ALLOWED(403, "permission_error", false),
  /** No provider serves this model. */
  MODEL_UNKNOWN(404, "not_found_error", false),
  /** The models one request names belong to more than one provider. */
  MODELS_MIXED(400, "invalid_request_error", false),
  /** No such path. */
  PATH_UNKNOWN(404, "not_found_error", false),
  /** The path exists, the method does not. */
  METHOD_NOT_ALLOWED(405, "invalid_request_error", false),
  /** The request body is not what the endpoint takes. */
  BODY_MALFORMED(400, "invalid_request_error", false),
  /** The request body did not come whole, or came too slowly. */
  BODY_INCOMPLETE(408, "timeout_error", true),
  /** The request body is longer than the endpoint takes. */
  BODY_TOO_LARGE(413, "request_too_large", false),
  /** The request body is longer than the endpoint takes once decompressed. Anthropic's own code. */
  REQUEST_BODY_TOO_LARGE_AFTER_DECODING(413, "request_too_large", false),
  /** The content coding is not known. Anthropic's own code. */
  REQUEST_BODY_ENCODING_UNSUPPORTED(400, "invalid_request_error", false),
  /** The compressed body is damaged. Anthropic's own code. */
  REQUEST_BODY_ENCODING_INVALID(400, "invalid_request_error", false),
  /** The memory for requests in flight is used up. */
  OVERLOADED(529, "overloaded_error", true),
  /** The gateway is shutting down. */
  SHUTTING_DOWN(503, "api_error", true),
  /** The provider could not be reached. */
  PROVIDER_UNREACHABLE(502, "api_error", true),
  /** The provider did not answer in time. */
  PROVIDER_TIMEOUT(504, "timeout_error", true),
  /** The provider's answer broke off or was not HTTP. */
  PROVIDER_BROKEN(502, "api_error", true),
  /** A fault of the gateway. */
  INTERNAL(500, "api_error", true);

  private final int status;
  private final String type;
  private final boolean retry;

  Reason(int status, String type, boolean retry) {
    this.status = status;
    this.type = type;
    this.retry = retry;
  }

  /** The stable code, for instance {@code credential_missing}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The {@code error.type} of the Messages API. */
  public String type() {
    return type;
  }

  /** Whether the same request can succeed later; sent as {@code x-should-retry}. */
  public boolean retry() {
    return retry;
  }
}
