package dev.yumen.exchange;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * A provider of models, as the settings name it.
 *
 * @param name its name in settings, logs and metrics
 * @param base what {@code /v1/…} is appended to; no slash at the end
 * @param credential the header fields that authenticate the gateway there
 * @param models patterns of the models it serves, see {@link Pattern}
 * @param timeouts how long to wait for it
 */
public record Provider(
    String name, URI base, Headers credential, List<String> models, Timeouts timeouts) {

  /** Copies the list. */
  public Provider {
    models = List.copyOf(models);
  }

  /** Tells whether the provider serves this model. */
  public boolean serves(String model) {
    return models.stream().anyMatch(pattern -> Pattern.matches(pattern, model));
  }

  /**
   * How long to wait for a provider.
   *
   * @param connect for the connection, TLS included
   * @param head for the head of the answer once the question is sent. Unary answers take minutes
   * @param idle for the next byte of an answer that has begun
   */
  public record Timeouts(Duration connect, Duration head, Duration idle) {
    /** Ten seconds, ten minutes as in the official SDKs, five minutes. */
    public static final Timeouts DEFAULT =
        new Timeouts(Duration.ofSeconds(10), Duration.ofMinutes(10), Duration.ofMinutes(5));
  }
}
