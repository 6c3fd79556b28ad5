package dev.yumen.server.jwks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is fetched from an issuer that behaves, and what one that does not can do. */
class JwksEndpointTest {
  private static final String KEYS = "{\"keys\":[]}";

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch end = new CountDownLatch(1);
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void the_document_is_fetched_each_time_it_is_asked_for() throws IOException {
    var requests = new AtomicInteger();
    serve(
        "/keys",
        exchange -> {
          requests.incrementAndGet();
          answer(exchange, 200, KEYS);
        });
    var endpoint = new JwksEndpoint(address("/keys"));

    assertThat(endpoint.get()).isEqualTo(KEYS);
    assertThat(endpoint.get()).isEqualTo(KEYS);
    assertThat(requests).hasValue(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 301, 302, 307, 308, 401, 404, 500, 503})
  void any_other_status_than_200_fails_and_is_named(int status) {
    serve("/keys", exchange -> answer(exchange, status, status == 204 ? "" : KEYS));

    assertThatThrownBy(() -> new JwksEndpoint(address("/keys")).get())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("status " + status);
  }

  @Test
  void a_redirect_is_not_followed() {
    var followed = new AtomicInteger();
    serve(
        "/other",
        exchange -> {
          followed.incrementAndGet();
          answer(exchange, 200, KEYS);
        });
    serve(
        "/keys",
        exchange -> {
          exchange.getResponseHeaders().add("location", address("/other").toString());
          answer(exchange, 302, "");
        });

    assertThatThrownBy(() -> new JwksEndpoint(address("/keys")).get())
        .hasMessageContaining("status 302");
    assertThat(followed).hasValue(0);
  }

  @Test
  void a_document_of_256_kib_is_taken_and_a_longer_one_is_not() throws IOException {
    serve("/fits", exchange -> answer(exchange, 200, " ".repeat(256 * 1024)));
    serve("/longer", exchange -> answer(exchange, 200, " ".repeat(256 * 1024 + 1)));

    assertThat(new JwksEndpoint(address("/fits")).get()).hasSize(256 * 1024);
    assertThatThrownBy(() -> new JwksEndpoint(address("/longer")).get())
        .isInstanceOf(IOException.class);
  }

  @Test
  void an_endless_document_is_cut_off() {
    serve(
        "/keys",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          var block = new byte[8192];
          while (end.getCount() > 0) {
            exchange.getResponseBody().write(block);
          }
        });

    assertThatThrownBy(() -> new JwksEndpoint(address("/keys")).get())
        .isInstanceOf(IOException.class);
  }

  @Test
  void an_issuer_that_keeps_silent_is_given_up() {
    serve("/keys", _ -> awaitEnd());

    assertThatThrownBy(() -> new JwksEndpoint(address("/keys"), Duration.ofMillis(200)).get())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("within 200 ms");
  }

  @Test
  void an_issuer_that_begins_an_answer_and_stops_is_given_up() {
    serve(
        "/keys",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          awaitEnd();
        });

    assertThatThrownBy(() -> new JwksEndpoint(address("/keys"), Duration.ofMillis(200)).get())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("within 200 ms");
  }

  @Test
  void an_issuer_that_is_not_there_is_told() {
    var address = address("/keys");
    server.stop(0);

    assertThatThrownBy(() -> new JwksEndpoint(address).get())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("ConnectException");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://issuer.example/keys",
        "http://127.0.0.1.issuer.example/keys",
        "http://localhost.issuer.example/keys",
        "http://10.0.0.1/keys",
        "http://[2001:db8::1]/keys",
        "http://127.0.0.1@issuer.example/keys",
        "ftp://issuer.example/keys",
        "file:///etc/keys",
        "https:///keys",
        "issuer.example/keys",
        "https://user:hunter2@issuer.example/keys",
        "http://user:hunter2@issuer.example/keys",
      })
  void an_address_that_is_not_safe_is_refused_at_start(String address) {
    assertThatThrownBy(() -> new JwksEndpoint(URI.create(address)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("JWKS address")
        .hasMessageNotContaining("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://issuer.example/keys",
        "HTTPS://issuer.example/keys",
        "https://issuer.example:8443/keys?version=1",
        "http://127.0.0.1:8080/keys",
        "http://[::1]:8080/keys",
        "http://localhost:8080/keys",
      })
  void an_address_that_is_encrypted_or_on_this_machine_is_taken(String address) {
    assertThatCode(() -> new JwksEndpoint(URI.create(address))).doesNotThrowAnyException();
  }

  private void serve(String path, HttpHandler handler) {
    server.createContext(path, handler);
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private void awaitEnd() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private URI address(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }
}
