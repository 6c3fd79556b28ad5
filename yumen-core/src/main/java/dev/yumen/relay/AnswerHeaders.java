package dev.yumen.relay;

import dev.yumen.exchange.Headers;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * What of a provider's header fields reaches the caller: everything, but for what belongs to one
 * hop only (RFC 9110 section 7.6.1), cookies, and fields that would bind the caller to the
 * provider's own origin.
 */
final class AnswerHeaders {
  private static final Set<String> KEPT_HERE =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "content-length",
          "set-cookie",
          "alt-svc",
          "strict-transport-security");

  private AnswerHeaders() {}

  /**
   * Returns the fields for the caller.
   *
   * @param status a provider's 401 means that the gateway's own credential was refused, which no
   *     retry heals; SDKs and Claude Code would try for a minute without being told
   * @param id the exchange's own name
   */
  static Headers forCaller(int status, Headers provider, String id) {
    Set<String> named = namedByConnection(provider);
    var headers = new Headers.Builder();
    provider.forEach((name, value) -> {
      String lower = name.toLowerCase(Locale.ROOT);
      if (!KEPT_HERE.contains(lower) && !named.contains(lower)) {
        headers.add(name, value);
      }
    });
    if (!provider.has("request-id")) {
      headers.add("request-id", id);
    }
    if (status == 401 && !provider.has("x-should-retry")) {
      headers.add("x-should-retry", "false");
    }
    return headers.add("yumen-request-id", id).add("yumen-origin", "provider").build();
  }

  /** Returns the fields of an answer the gateway made itself. */
  static Headers own(Headers headers, String id) {
    return headers.and("request-id", id).and("yumen-request-id", id).and("yumen-origin", "gateway");
  }

  private static Set<String> namedByConnection(Headers headers) {
    var lines = headers.all("connection");
    if (lines.isEmpty()) {
      return Set.of();
    }
    var names = new HashSet<String>();
    for (String line : lines) {
      for (String name : line.split(",", -1)) {
        names.add(name.strip().toLowerCase(Locale.ROOT));
      }
    }
    return names;
  }
}
