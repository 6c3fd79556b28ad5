package dev.yumen.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Law 2 from outside: credentials and words are sent along every path that could spill them, at the
 * noisiest level there is, and then searched in all that the gateway ever said.
 */
class LeakTest {
  private static final String PROVIDER_KEY = "sk-ant-api03-canaryOfTheProvider0123456789";
  private static final String SECRET = "canary secret for tokens, longer than 32 bytes";
  private static final String MAIL = "canary.person@mail.example.com";
  private static final String PHONE = "13912345678";
  private static final String WORDS = "canary words of a prompt";

  @TempDir private Path directory;

  @Test
  void neither_credentials_nor_words_come_out_where_they_do_not_belong() throws Exception {
    var keys = CallerKeys.shared();
    Files.writeString(directory.resolve("credential"), PROVIDER_KEY);
    Files.writeString(directory.resolve("secret"), SECRET);
    String token = mint();
    try (var provider = new ScriptedProvider(LeakTest::answer);
        var yumen = RunningYumen.serve(settings(provider, keys))) {
      var callers =
          List.of(keys.key(), token, keys.key() + "x", "sk-ant-wrong-canary", token + "x");

      var answers = new ArrayList<String>();
      for (String credential : callers) {
        for (String model : List.of("whole", "stream", "cut", "echo", "error")) {
          answers.add(ask(yumen, credential, model));
        }
        answers.add(ask(yumen, credential, "not \\q json"));
      }
      String metrics = get(yumen.adminUrl().resolve("/metrics"));
      yumen.awaitExchange(one -> one.path("id").asString().equals(id(answers.getLast())));
      yumen.terminate();
      yumen.exitCode();

      String said = String.join("\n", yumen.output()) + String.join("\n", yumen.complaints());
      assertThat(said + metrics)
          .doesNotContain(PROVIDER_KEY, SECRET, MAIL, PHONE, WORDS, token, keys.key())
          .doesNotContain("sk-ant-wrong-canary", "canary-cookie", "canary-session");
      assertThat(yumen.complaints())
          .anyMatch(line -> line.contains(" DEBUG ") || line.contains(" TRACE "));
      assertThat(answers).noneMatch(answer -> answer.contains(PROVIDER_KEY));
      assertThat(provider.received()).hasSizeGreaterThanOrEqualTo(10);
      assertThat(provider.received())
          .extracting(HttpMessage::everything)
          .allMatch(request -> request.contains(PROVIDER_KEY))
          .noneMatch(request -> request.contains(keys.key()))
          .noneMatch(request -> request.contains(token))
          .noneMatch(request -> request.contains("canary-cookie"));
    }
  }

  private Path settings(ScriptedProvider provider, CallerKeys keys) throws IOException {
    return Files.writeString(
        directory.resolve("yumen.yaml"),
        """
        admin: {port: 0}
        providers:
          - name: scripted
            base-url: "%s"
            credential: {x-api-key: "${file:credential}"}
        authentication:
          keys: {file: %s}
          tokens: [{issuer: "https://apps.example.com", secret: "${file:secret}"}]
        telemetry: {log-level: trace}
        """
            .formatted(provider.url(), keys.file()));
  }

  private static String mint() {
    try (var minting =
        RunningYumen.run(
            Map.of("TOKEN_SECRET", SECRET),
            "tokens",
            "mint",
            "--issuer",
            "https://apps.example.com",
            "--secret-env",
            "TOKEN_SECRET",
            "--subject",
            "ci")) {
      assertThat(minting.exitCode()).as("%s", minting.complaints()).isZero();
      return minting.output().getFirst();
    }
  }

  private static String ask(RunningYumen yumen, String credential, String model)
      throws IOException {
    String head =
        """
        POST /v1/messages?session=canary-session HTTP/1.1
        authorization: Bearer %1$s
        x-api-key: %1$s
        cookie: canary-cookie=%1$s
        x-contact: %2$s %3$s
        user-agent: agent sk-ant-wrong-canary %2$s\
        """
            .formatted(credential, MAIL, PHONE)
            .replace("\n", "\r\n");
    String body =
        """
        {"model":"%s","stream":true,"messages":[{"role":"user","content":"%s, %s, %s"}]}\
        """
            .formatted(model, WORDS, MAIL, PHONE);
    return RawCaller.ask(yumen.url(), head, body.getBytes(UTF_8)).everything();
  }

  /** Gives back what it got, as a debugging provider might, or breaks in the middle of it. */
  private static void answer(HttpMessage request, ScriptedProvider.Connection connection)
      throws IOException {
    String event = "event: ping\ndata: {\"type\": \"ping\", \"text\":\"" + WORDS + "\"}\n\n";
    String stop = "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
    String stream = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n";
    if (request.text().contains("\"stream\"") && request.text().contains("\"model\":\"stream\"")) {
      connection.send(stream, (event + stop).getBytes(UTF_8));
    } else if (request.text().contains("\"model\":\"cut\"")) {
      connection.send(stream + "content-length: 1000\r\n\r\n" + event + "event: " + WORDS);
      connection.close();
    } else if (request.text().contains("\"model\":\"error\"")) {
      connection.send(
          "HTTP/1.1 400 Bad\r\ncontent-type: text/plain\r\nx-debug: " + MAIL + "\r\n",
          request.text().getBytes(UTF_8));
    } else {
      connection.send(
          "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n",
          "{\"type\":\"message\",\"text\":\"%s\"}".formatted(WORDS).getBytes(UTF_8));
    }
  }

  private static String id(String answer) {
    return answer.replaceFirst("(?s).*yumen-request-id: (\\S+).*", "$1");
  }

  private static String get(URI uri) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
        .body();
  }
}
