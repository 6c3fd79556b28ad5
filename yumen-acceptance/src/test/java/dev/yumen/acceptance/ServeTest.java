package dev.yumen.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a new user does first. */
class ServeTest {
  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void a_gateway_without_settings_prints_how_to_try_it_and_answers() throws Exception {
    try (var yumen = RunningYumen.serve()) {
      var answer = http.send(question(yumen, "Hello", false), BodyHandlers.ofString());

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("\"type\":\"message\"", "Hello");
      assertThat(yumen.output()).anyMatch(line -> line.contains("claude -p"));
      assertThat(yumen.awaitOutput(line -> line.contains("\"endpoint\":\"messages\"")))
          .contains("\"status\":200")
          .doesNotContain("Hello");
    }
  }

  @Test
  void a_wrong_key_is_refused_in_the_shape_of_the_api() throws Exception {
    try (var yumen = RunningYumen.serve()) {
      var wrong =
          HttpRequest.newBuilder(yumen.url().resolve("/v1/messages"))
              .header("x-api-key", "sk-ant-wrong")
              .POST(BodyPublishers.ofString("{}"))
              .build();

      var answer = http.send(wrong, BodyHandlers.ofString());

      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.headers().firstValue("x-should-retry")).hasValue("false");
      assertThat(answer.body()).contains("authentication_error", "credential_invalid");
    }
  }

  @Test
  void a_running_stream_is_finished_before_the_gateway_stops() throws Exception {
    try (var yumen = RunningYumen.serve()) {
      HttpResponse<Stream<String>> answer =
          http.send(question(yumen, "Tell me more", true), BodyHandlers.ofLines());
      var lines = answer.body().iterator();
      assertThat(lines.next()).isEqualTo("event: message_start");

      yumen.terminate();

      String last = "";
      while (lines.hasNext()) {
        String line = lines.next();
        last = line.startsWith("event:") ? line : last;
      }
      assertThat(last).isEqualTo("event: message_stop");
      assertThat(yumen.exitCode()).isZero();
    }
  }

  @Test
  void a_busy_port_is_told_in_one_sentence() throws Exception {
    try (var busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var yumen = RunningYumen.run("serve", "--port", Integer.toString(busy.getLocalPort()))) {
      assertThat(yumen.exitCode()).isEqualTo(1);

      assertThat(yumen.complaints())
          .singleElement()
          .asString()
          .contains("port " + busy.getLocalPort() + " is in use", "choose another");
    }
  }

  @Test
  void settings_that_are_wrong_are_told_with_their_line(@TempDir Path directory) throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("yumen.yaml"), "listen:\n  prot: 8080\nproviders: []\n");

    try (var yumen = RunningYumen.run("serve", "--config", file.toString())) {
      assertThat(yumen.exitCode()).isEqualTo(1);

      assertThat(yumen.complaints())
          .anyMatch(line -> line.contains("yumen.yaml:2:3") && line.contains("port"));
    }
  }

  @Test
  void help_names_every_command_and_each_explains_itself() {
    try (var help = RunningYumen.run("--help")) {
      assertThat(help.exitCode()).isZero();
      assertThat(String.join("\n", help.output())).contains("serve", "check", "keys", "simulate");
    }
    for (String command : new String[] {"serve", "check", "keys", "simulate"}) {
      try (var help = RunningYumen.run(command, "--help")) {
        assertThat(help.exitCode()).isZero();
        assertThat(String.join("\n", help.output())).contains("Usage: yumen " + command);
      }
    }
  }

  private static HttpRequest question(RunningYumen yumen, String words, boolean stream) {
    URI url = yumen.url().resolve("/v1/messages");
    String body =
        """
        {"model":"claude-sonnet-5","max_tokens":200,"stream":%s,
         "messages":[{"role":"user","content":"%s"}]}
        """
            .formatted(stream, words);
    return HttpRequest.newBuilder(url)
        .header("authorization", "Bearer " + yumen.key())
        .header("anthropic-version", "2023-06-01")
        .header("content-type", "application/json")
        .POST(BodyPublishers.ofString(body))
        .build();
  }
}
