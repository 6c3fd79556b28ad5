package dev.yumen.server.jwks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.yumen.authentication.PublishedKeys;
import dev.yumen.server.settings.Addresses;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Where an issuer publishes its keys (RFC 7517). The address comes from the settings and never from
 * a token, and no redirect leads away from it. Thread-safe.
 *
 * <p>The JDK's client is enough: keys are fetched once in minutes. Each fetch has its own, so that
 * nothing is kept open in between. A proxy is taken from the usual system properties.
 */
public final class JwksEndpoint implements PublishedKeys.Download {
  /** The whole fetch, from the name look-up to the last byte. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** In bytes; large providers publish 10 to 30 KiB. */
  private static final int LARGEST = 256 * 1024;

  private final URI address;
  private final Duration patience;

  /**
   * Takes the address; nothing is fetched yet.
   *
   * @throws IllegalArgumentException when it is neither https nor http on this machine, or holds
   *     credentials
   */
  public JwksEndpoint(URI address) {
    this(address, PATIENCE);
  }

  JwksEndpoint(URI address, Duration patience) {
    var host = address.getHost();
    if (address.getRawUserInfo() != null) {
      throw new IllegalArgumentException("the JWKS address must not hold credentials");
    }
    if (host == null
        || !("https".equalsIgnoreCase(address.getScheme())
            || ("http".equalsIgnoreCase(address.getScheme()) && Addresses.isLoopback(host)))) {
      throw new IllegalArgumentException(
          "the JWKS address must begin with https://, or be on this machine: " + address);
    }
    this.address = address;
    this.patience = patience;
  }

  @Override
  public String get() throws IOException {
    try (var client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(patience)
            .build()) {
      try {
        return fetch(client);
      } finally {
        client.shutdownNow();
      }
    }
  }

  private String fetch(HttpClient client) throws IOException {
    var request =
        HttpRequest.newBuilder(address)
            .header("accept", "application/jwk-set+json, application/json")
            .build();
    // The client's own timeout ends with the head of the answer.
    var answer =
        client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST));
    try {
      var response = answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
      if (response.statusCode() != 200) {
        throw failed("it answered with status " + response.statusCode(), null);
      }
      return new String(response.body(), UTF_8);
    } catch (TimeoutException e) {
      throw failed("it did not answer within " + patience.toMillis() + " ms", e);
    } catch (ExecutionException e) {
      throw failed(String.valueOf(e.getCause()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("the fetch was interrupted", e);
    } finally {
      answer.cancel(true);
    }
  }

  private static IOException failed(String why, @Nullable Exception cause) {
    return new IOException(why, cause);
  }
}
