package dev.yumen.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.models.messages.MessageCreateParams;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The gateway behind nginx that ends TLS, set up as {@code docs/guides/run-behind-nginx.md} says.
 */
class NginxTest {

  /** All that the SDKs can do they can do through nginx. */
  abstract static class Contract extends SdkContract {
    private Nginx nginx;

    @Override
    String reachedAt(String gateway) {
      nginx = Nginx.inFrontOf(gateway);
      return nginx.url();
    }

    Map<String, String> environment(String url, CallerKeys keys) {
      String trusted = nginx.certificate().toString();
      return Map.of(
          "YUMEN_URL", url,
          "YUMEN_KEY", keys.key(),
          "YUMEN_LIMITED_KEY", keys.limited(),
          "NODE_EXTRA_CA_CERTS", trusted,
          "SSL_CERT_FILE", trusted);
    }

    @AfterAll
    void stopNginx() {
      if (nginx != null) {
        nginx.close();
      }
    }
  }

  @Nested
  class TypeScriptSdk extends Contract {
    @Override
    void require() {
      Client.TYPESCRIPT_SDK.require();
    }

    @Override
    JsonNode use(String url, CallerKeys keys) {
      return TypeScriptSdkTest.contract("@anthropic-ai/sdk", environment(url, keys));
    }
  }

  @Nested
  class PythonSdk extends Contract {
    @Override
    void require() {
      Client.PYTHON_SDK.require();
    }

    @Override
    JsonNode use(String url, CallerKeys keys) {
      return PythonSdkTest.contract(Client.PYTHON_SDK, "async", environment(url, keys));
    }
  }

  /**
   * The provider sends the first words and goes on only when the caller has got them. A proxy that
   * held them back would wait for ever.
   */
  @Nested
  class EventByEvent {
    private static final String FIRST =
        """
        event: message_start
        data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-5","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":1,"output_tokens":1}}}

        event: content_block_start
        data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"first"}}

        """;
    private static final String REST =
        """
        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"rest"}}

        event: content_block_stop
        data: {"type":"content_block_stop","index":0}

        event: message_delta
        data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":2}}

        event: message_stop
        data: {"type":"message_stop"}

        """;

    @TempDir private static Path directory;
    private static ScriptedProvider provider;
    private static RunningYumen yumen;
    private static Nginx nginx;
    private final CountDownLatch seen = new CountDownLatch(1);

    @BeforeAll
    static void start() throws IOException {
      Client.NGINX.require();
      provider = new ScriptedProvider((_, _) -> {});
      Path settings =
          Files.writeString(
              directory.resolve("yumen.yaml"),
              """
              listen: {trusted-proxies: [127.0.0.1]}
              admin: {port: 0}
              providers: [{name: scripted, base-url: "%s"}]
              authentication: {keys: {file: %s}}
              """
                  .formatted(provider.url(), CallerKeys.shared().file()));
      yumen = RunningYumen.serve(settings);
      nginx = Nginx.inFrontOf(yumen.url().toString());
    }

    @AfterAll
    static void stop() {
      if (nginx != null) {
        nginx.close();
        yumen.close();
        provider.close();
      }
    }

    @Test
    void to_the_typescript_sdk() {
      Client.TYPESCRIPT_SDK.require();
      streams(
          "node",
          Project.clients().resolve("typescript/stream.mjs").toString(),
          "@anthropic-ai/sdk");
    }

    @Test
    void to_the_older_typescript_sdk() {
      Client.TYPESCRIPT_SDK_2023.require();
      streams(
          "node", Project.clients().resolve("typescript/stream.mjs").toString(), "anthropic-2023");
    }

    @Test
    void to_the_python_sdk() {
      streams(Client.PYTHON_SDK.path(), Project.clients().resolve("python/stream.py").toString());
    }

    @Test
    void to_the_older_python_sdk() {
      streams(
          Client.PYTHON_SDK_2023.path(), Project.clients().resolve("python/stream.py").toString());
    }

    @Test
    void to_the_java_sdk() throws Exception {
      provider.follow((_, connection) -> inTwo(connection));
      var trust = trust(nginx.certificate());
      var tls = SSLContext.getInstance("TLS");
      tls.init(null, new X509TrustManager[] {trust}, null);
      var client =
          AnthropicOkHttpClient.builder()
              .baseUrl(nginx.url())
              .apiKey(CallerKeys.shared().key())
              .sslSocketFactory(tls.getSocketFactory())
              .trustManager(trust)
              .build();
      var question =
          MessageCreateParams.builder().model("m").maxTokens(9).addUserMessage("Hi").build();

      List<String> texts;
      try (var stream = client.messages().createStreaming(question)) {
        texts =
            stream.stream()
                .flatMap(event -> event.contentBlockDelta().stream())
                .flatMap(delta -> delta.delta().text().stream())
                .map(delta -> delta.text())
                .peek(_ -> seen.countDown())
                .toList();
      }

      assertThat(texts).containsExactly("first", "rest");
    }

    private void streams(String... line) {
      provider.follow((_, connection) -> inTwo(connection));
      String trusted = nginx.certificate().toString();
      var environment =
          Map.of(
              "YUMEN_URL",
              nginx.url(),
              "YUMEN_KEY",
              CallerKeys.shared().key(),
              "NODE_EXTRA_CA_CERTS",
              trusted,
              "SSL_CERT_FILE",
              trusted);

      try (var client = ClientProcess.start(environment, line)) {
        client.awaitOutput("first"::equals);
        seen.countDown();

        assertThat(client.ended()).isEqualTo("first\nrest\ncomplete");
      }
    }

    private void inTwo(ScriptedProvider.Connection connection) throws IOException {
      connection.send("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n");
      connection.send("transfer-encoding: chunked\r\n\r\n");
      connection.send(chunk(FIRST));
      try {
        seen.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      connection.send(chunk(REST) + "0\r\n\r\n");
    }

    private static String chunk(String text) {
      return Integer.toHexString(text.getBytes(UTF_8).length) + "\r\n" + text + "\r\n";
    }
  }

  private static X509TrustManager trust(Path certificate)
      throws IOException, GeneralSecurityException {
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(certificate)) {
      store.setCertificateEntry(
          "nginx", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return (X509TrustManager) factory.getTrustManagers()[0];
  }
}
