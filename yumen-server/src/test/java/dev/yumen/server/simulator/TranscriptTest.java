package dev.yumen.server.simulator;

import static dev.yumen.server.simulator.SimulatedProvider.body;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recorded answers are sent again byte for byte. */
class TranscriptTest {
  private static final byte[] STREAM =
      ("event: message_start\ndata: {\"text\":\"日本語 🌊\"}   \n\n"
              + ": odd\r\n\r\nevent: x\ndata: no json\n\nunfinished")
          .getBytes(StandardCharsets.UTF_8);

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "chunks: 1",
        "chunks: 2",
        "chunks: 37",
        "chunks: 100000",
        "pace: 1000",
        "gzip: false"
      })
  void a_stream_arrives_as_it_was_at_any_chunking_and_pace(String how) throws Exception {
    Files.write(directory.resolve("a.sse"), STREAM);
    try (var provider = scripted("rules: [{answer: [{transcript: a.sse}, {" + how + "}]}]")) {

      var answer = provider.stream("claude-opus-5-5", "Hi");

      assertThat(answer.body()).isEqualTo(STREAM);
      assertThat(answer.headers().firstValue("content-type"))
          .hasValue("text/event-stream; charset=utf-8");
    }
  }

  @Test
  void the_recorded_head_can_be_sent_too() throws Exception {
    Files.writeString(directory.resolve("a.json"), "{\"error\": {}}  ");
    Files.writeString(
        directory.resolve("a.json.meta.json"),
        """
        {"response":{"status":418,"headers":{"Request-Id":"req_1","transfer-encoding":"chunked",
        "content-encoding":"gzip","x-other":"1"}}}\
        """);
    try (var provider = scripted("rules: [{answer: [{transcript: {file: a.json, head: true}}]}]")) {

      var answer = provider.ask("claude-opus-5-5", "Hi");

      assertThat(answer.statusCode()).isEqualTo(418);
      assertThat(answer.body()).asString().isEqualTo("{\"error\": {}}  ");
      assertThat(answer.headers().allValues("request-id")).containsExactly("req_1");
      assertThat(answer.headers().firstValue("x-other")).hasValue("1");
      assertThat(answer.headers().firstValue("content-encoding")).isEmpty();
      assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
    }
  }

  @Test
  void every_recorded_stream_arrives_as_it_was() throws Exception {
    List<Path> recordings = recordings();
    var script = new StringBuilder("rules:\n");
    for (int i = 0; i < recordings.size(); i++) {
      script.append(
          "  - {when: {model: m%d}, answer: [{transcript: '%s'}, {chunks: %d}]}\n"
              .formatted(i, recordings.get(i), 997 + i));
    }
    try (var provider = scripted(script.toString())) {
      for (int i = 0; i < recordings.size(); i++) {
        var answer = provider.post("/v1/messages", body("m" + i, "Hi", true));

        assertThat(answer.body())
            .as("%s", recordings.get(i))
            .isEqualTo(Files.readAllBytes(recordings.get(i)));
      }
    }
  }

  private static List<Path> recordings() throws IOException {
    Path shared =
        Path.of(Objects.requireNonNullElse(System.getenv("YUMEN_SHARED"), "../../shared"));
    Path fixtures = shared.resolve("fixtures").toAbsolutePath().normalize();
    if (!Files.isDirectory(fixtures)) {
      System.err.println("SKIPPED: there are no recorded streams at " + fixtures);
    }
    assumeTrue(Files.isDirectory(fixtures), "no recorded streams at " + fixtures);
    var recordings = new ArrayList<Path>();
    try (var files = Files.walk(fixtures)) {
      files.filter(file -> file.toString().endsWith(".sse")).sorted().forEach(recordings::add);
    }
    assertThat(recordings).isNotEmpty();
    return recordings;
  }

  private SimulatedProvider scripted(String script) throws IOException {
    Path file = directory.resolve("script.yaml");
    Files.writeString(file, script);
    return new SimulatedProvider(file, null);
  }
}
