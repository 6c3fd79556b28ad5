package dev.yumen.upstream;

import dev.yumen.exchange.Endpoint;
import dev.yumen.exchange.Headers;
import dev.yumen.exchange.Prompt;
import dev.yumen.exchange.Provider;
import java.util.Locale;
import java.util.Set;

/**
 * What of a request goes to a provider: everything, but for the caller's credentials, what belongs
 * to one hop only, and what proxies before the gateway say of the caller's network. The provider's
 * own credential takes their place.
 */
public final class Forwarding {
  private static final Set<String> KEPT_HERE =
      Set.of(
          "authorization",
          "content-length",
          "cookie",
          "expect",
          "forwarded",
          "host",
          "via",
          "x-api-key",
          "x-real-ip");

  private Forwarding() {}

  /** The header fields for the provider, without host and length. */
  public static Headers headers(Prompt prompt, Provider provider) {
    boolean read = isRead(prompt.endpoint());
    Headers passed =
        prompt
            .headers()
            .endToEnd()
            .without(name -> isKeptHere(name, provider) || (read && isAcceptEncoding(name)));
    return read
        ? passed.and("accept-encoding", "identity").and(provider.credential())
        : passed.and(provider.credential());
  }

  private static boolean isKeptHere(String name, Provider provider) {
    // CGI and WSGI servers take an underscore for a hyphen: x_api_key would be a credential there.
    String plain = name.toLowerCase(Locale.ROOT).replace('_', '-');
    return KEPT_HERE.contains(plain)
        || plain.startsWith("x-forwarded-")
        || plain.startsWith("yumen-")
        || provider.credential().has(plain);
  }

  private static boolean isAcceptEncoding(String name) {
    return name.equalsIgnoreCase("accept-encoding");
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
}
