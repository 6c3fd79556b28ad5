package dev.yumen.server.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What arrived can be read in a file, but no credential can. */
class RecorderTest {
  @TempDir private Path directory;

  @Test
  void each_request_is_a_line_that_is_there_when_the_answer_is() throws Exception {
    Path file = directory.resolve("requests.jsonl");
    String body = "{\"model\":\"sim-echo\", \"messages\" : [ \"\\u00fc ü\" ]}";
    try (var provider = new SimulatedProvider(null, file)) {
      provider.post("/v1/messages?beta=true", body);
      assertThat(Files.readAllLines(file)).hasSize(1);
      provider.send(
          HttpRequest.newBuilder(provider.address().resolve("/v1/models"))
              .header("authorization", "Bearer sk-ant-secret")
              .header("X-Trace", "1")
              .header("x-trace", "2"));
      provider.send(
          provider.request("/v1/files").POST(BodyPublishers.ofByteArray(new byte[] {(byte) 0xff})));
    }

    List<JsonNode> lines = Files.readAllLines(file).stream().map(Json::read).toList();
    assertThat(lines).hasSize(3);
    JsonNode first = lines.get(0);
    assertThat(first.path("method").asString()).isEqualTo("POST");
    assertThat(first.path("path").asString()).isEqualTo("/v1/messages");
    assertThat(first.path("query").path("beta").asString()).isEqualTo("true");
    assertThat(first.path("body").asString()).isEqualTo(body);
    assertThat(lines.get(1).path("headers").path("x-trace").asString()).isEqualTo("1,2");
    assertThat(lines.get(2).path("body_base64").asString()).isEqualTo("/w==");
  }

  @Test
  void credentials_are_masked_but_can_be_told_apart() throws Exception {
    Path file = directory.resolve("requests.jsonl");
    try (var provider = new SimulatedProvider(null, file)) {
      for (String key : List.of("sk-ant-one", "sk-ant-one", "sk-ant-two")) {
        provider.send(
            HttpRequest.newBuilder(provider.address().resolve("/v1/models"))
                .header("authorization", "Bearer " + key)
                .header("x-api-key", key));
      }
    }

    assertThat(Files.readString(file)).doesNotContain("sk-ant");
    List<JsonNode> headers =
        Files.readAllLines(file).stream().map(line -> Json.read(line).path("headers")).toList();
    assertThat(headers.get(0).path("authorization").asString())
        .matches("Bearer sha256:[0-9a-f]{12}")
        .isEqualTo("Bearer " + headers.get(0).path("x-api-key").asString())
        .isEqualTo(headers.get(1).path("authorization").asString())
        .isNotEqualTo(headers.get(2).path("authorization").asString());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }
}
