package dev.yumen.relay;

import dev.yumen.exchange.Headers;
import java.util.Locale;
import java.util.Set;

/**
 * What of a provider's header fields reaches the caller: everything, but for what belongs to one
 * hop only, credentials a provider might echo, cookies, and fields that would bind the caller to
 * the provider's own origin. Names that begin with {@code yumen-} are the gateway's alone.
 */
final class AnswerHeaders {
  private static final Set<String> KEPT_HERE =
      Set.of(
          "alt-svc",
          "authorization",
          "content-length",
          "set-cookie",
          "strict-transport-security",
          "x-api-key");

  private AnswerHeaders() {}

  /**
   * Returns the fields for the caller.
   *
   * @param status a provider's 401 means that the gateway's own credential was refused, which no
   *     retry heals; SDKs and Claude Code would try for a minute without being told
   * @param id the exchange's own name
   */
  static Headers forCaller(int status, Headers provider, String id) {
    Headers passed =
        provider
            .endToEnd()
            .without(name -> {
              String lower = name.toLowerCase(Locale.ROOT);
              return KEPT_HERE.contains(lower) || lower.startsWith("yumen-");
            });
    var headers = new Headers.Builder().addAll(passed);
    if (!passed.has("request-id")) {
      headers.add("request-id", id);
    }
    if (status == 401 && !passed.has("x-should-retry")) {
      headers.add("x-should-retry", "false");
    }
    return headers.add("yumen-request-id", id).add("yumen-origin", "provider").build();
  }

  /** Returns the fields of an answer the gateway made itself. */
  static Headers own(Headers headers, String id) {
    return headers.and("request-id", id).and("yumen-request-id", id).and("yumen-origin", "gateway");
  }
}
