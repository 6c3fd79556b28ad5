package dev.yumen.upstream;

import dev.yumen.exchange.Endpoint;
import dev.yumen.exchange.Headers;
import dev.yumen.exchange.Prompt;
import dev.yumen.exchange.Provider;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * What of a request goes to a provider: everything, but for the caller's credentials, what belongs
 * to one hop only (RFC 9110 section 7.6.1), and what proxies before the gateway say of the caller's
 * network. The provider's own credential takes their place.
 */
public final class Forwarding {
  private static final Set<String> KEPT_HERE =
      Set.of(
          "authorization",
          "x-api-key",
          "proxy-authorization",
          "proxy-authenticate",
          "proxy-connection",
          "cookie",
          "host",
          "connection",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "http2-settings",
          "content-length",
          "expect",
          "forwarded",
          "via",
          "x-real-ip");

  private Forwarding() {}

  /** The header fields for the provider, without host and length. */
  public static Headers headers(Prompt prompt, Provider provider) {
    Set<String> named = namedByConnection(prompt.headers());
    boolean read = isRead(prompt.endpoint());
    var headers = new Headers.Builder();
    prompt
        .headers()
        .forEach((name, value) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          boolean kept =
              KEPT_HERE.contains(lower)
                  || lower.startsWith("x-forwarded-")
                  || lower.startsWith("yumen-")
                  || named.contains(lower)
                  || (read && lower.equals("accept-encoding"));
          if (!kept) {
            headers.add(name, value);
          }
        });
    if (read) {
      headers.add("accept-encoding", "identity");
    }
    return headers.addAll(provider.credential()).build();
  }

  /** Whether the gateway reads answers of this endpoint, so that they must not come compressed. */
  public static boolean isRead(Endpoint endpoint) {
    return switch (endpoint) {
      case MESSAGES,
          COUNT_TOKENS,
          BATCH_CREATE,
          BATCHES,
          MODELS,
          MODEL,
          COMPLETE,
          CHAT_COMPLETIONS ->
          true;
      case BATCH_RESULTS, FILES, OTHER -> false;
    };
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
