package dev.yumen.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.yumen.acceptance.Recordings.Asked;
import dev.yumen.acceptance.Recordings.Recorded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Law 1 on recorded traffic: what passes through stays as it is, byte for byte. */
class ReplayTest {
  /** Fields of an answer that belong to one hop or would bind callers to the provider's origin. */
  private static final Set<String> KEPT_FROM_CALLERS =
      Set.of(
          "connection",
          "transfer-encoding",
          "content-length",
          "set-cookie",
          "alt-svc",
          "strict-transport-security",
          "keep-alive");

  /** Fields of a request that belong to one hop, or are a credential. */
  private static final Set<String> KEPT_FROM_PROVIDERS =
      Set.of(
          "connection", "host", "content-length", "authorization", "x-api-key", "accept-encoding");

  @TempDir private static Path directory;
  private static ScriptedProvider provider;
  private static RunningYumen yumen;
  private static String key;

  @BeforeAll
  static void start() throws IOException {
    var keys = CallerKeys.shared();
    key = keys.key();
    provider = new ScriptedProvider((_, _) -> {});
    Path settings =
        Files.writeString(
            directory.resolve("yumen.yaml"),
            """
            admin: {port: 0}
            providers:
              - name: recorded
                base-url: %s
                credential: {x-api-key: "${file:credential}"}
            authentication:
              keys: {file: %s}
            """
                .formatted(provider.url(), keys.file()));
    Files.writeString(directory.resolve("credential"), "provider-credential");
    yumen = RunningYumen.serve(settings);
  }

  @AfterAll
  static void stop() {
    yumen.close();
    provider.close();
  }

  static List<Recorded> answers() throws IOException {
    return Recordings.answers();
  }

  static List<Asked> requests() throws IOException {
    return Recordings.requests();
  }

  @Test
  void there_are_recordings_enough() throws IOException {
    assertThat(answers()).hasSizeGreaterThan(300);
    assertThat(answers().stream().filter(Recorded::isStream)).hasSizeGreaterThan(35);
    assertThat(requests()).hasSizeGreaterThan(50);
  }

  @ParameterizedTest
  @MethodSource("answers")
  void an_answer_reaches_the_caller_as_it_was_recorded(Recorded recorded) throws IOException {
    provider.follow((_, connection) -> play(recorded, connection));
    byte[] body = "{\"model\":\"m\",\"stream\":%s}".formatted(recorded.isStream()).getBytes(UTF_8);

    var answer = RawCaller.ask(yumen.url(), head("POST", "/v1/messages"), body);

    assertThat(answer.status()).isEqualTo(recorded.status());
    if (recorded.isStream() && !recorded.text().contains("\nevent: message_stop\n")) {
      // What is no complete message must not look like one.
      assertThat(answer.text()).startsWith(recorded.text()).contains("event: error\n");
    } else {
      assertThat(answer.body()).isEqualTo(recorded.body());
    }
    recorded
        .headers()
        .forEach((name, value) -> {
          if (!KEPT_FROM_CALLERS.contains(name.toLowerCase(Locale.ROOT))) {
            assertThat(answer.header(name)).as(name).contains(value);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("requests")
  void a_request_reaches_the_provider_as_it_was_recorded(Asked asked) throws IOException {
    provider.follow((_, connection) ->
        connection.send(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n",
            asked.method().equals("HEAD") ? new byte[0] : "{\"data\":[]}".getBytes(UTF_8)));
    var head = new StringBuilder(head(asked.method(), asked.target()));
    asked
        .headers()
        .forEach((name, value) -> {
          if (!KEPT_FROM_PROVIDERS.contains(name.toLowerCase(Locale.ROOT))) {
            head.append("\r\n").append(name).append(": ").append(value);
          }
        });

    var answer = RawCaller.ask(yumen.url(), head.toString(), asked.body().getBytes(UTF_8));

    if (!asked.target().startsWith("/v1/")) {
      // Probes are answered at the door, and other APIs are not served.
      assertThat(provider.received()).isEmpty();
      return;
    }
    assertThat(answer.status()).isEqualTo(200);
    assertThat(provider.received()).hasSize(1);
    var received = provider.received().getFirst();
    assertThat(received.method()).isEqualTo(asked.method());
    assertThat(received.target()).isEqualTo(asked.target().replace("/v1/v1/", "/v1/"));
    assertThat(received.text()).isEqualTo(asked.body());
    asked
        .headers()
        .forEach((name, value) -> {
          if (!KEPT_FROM_PROVIDERS.contains(name.toLowerCase(Locale.ROOT))) {
            assertThat(received.header(name)).as(name).containsExactly(value);
          }
        });
    assertThat(received.header("x-api-key")).containsExactly("provider-credential");
    assertThat(received.everything()).doesNotContain(key);
  }

  private static void play(Recorded recorded, ScriptedProvider.Connection connection)
      throws IOException {
    var head = new StringBuilder("HTTP/1.1 " + recorded.status() + " Recorded\r\n");
    recorded
        .headers()
        .forEach((name, value) -> {
          if (!name.matches("(?i)connection|transfer-encoding|content-length")) {
            head.append(name).append(": ").append(value).append("\r\n");
          }
        });
    connection.send(head.toString(), recorded.body());
  }

  private static String head(String method, String target) {
    return "%s %s HTTP/1.1\r\nAuthorization: Bearer %s".formatted(method, target, key);
  }
}
