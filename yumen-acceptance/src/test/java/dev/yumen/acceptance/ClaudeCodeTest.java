package dev.yumen.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Claude Code with its base URL pointed at the gateway, and nothing else changed. A simulated
 * provider thinks for it, by a script.
 */
class ClaudeCodeTest {
  @TempDir private static Path directory;
  private static RunningYumen yumen;
  private static Path note;
  private static Path poem;

  @BeforeAll
  static void start() throws IOException {
    Client.CLAUDE_CODE.require();
    note = Files.writeString(directory.resolve("note.txt"), "The word is heron.\n");
    poem = directory.resolve("poem.txt");
    Files.writeString(
        directory.resolve("script.yaml"),
        """
        rules:
          - when: {text: read the note, call: 1}
            answer:
              - text: "I look. "
              - tool: {name: Read, input: {file_path: "%s"}}
          - when: {text: write a poem, call: 1}
            answer:
              - tool: {name: Write, input: {file_path: "%s", content: "A heron ✓ stands."}}
          - when: {text: ask another agent, call: 1}
            answer:
              - tool:
                  name: Agent
                  input: {description: look, prompt: the inner question}
          - when: {text: break once, call: 1}
            answer:
              - text: "Half an answ"
              - error: 529
        """
            .formatted(note, poem));
    Path settings =
        Files.writeString(
            directory.resolve("yumen.yaml"),
            """
            admin: {port: 0}
            providers:
              - name: simulator
                simulation: {script: script.yaml, tokens-per-second: 0}
            authentication:
              keys: {file: %s}
            """
                .formatted(CallerKeys.shared().file()));
    yumen = RunningYumen.serve(settings);
  }

  @AfterAll
  static void stop() {
    if (yumen != null) {
      yumen.close();
    }
  }

  @Test
  void a_prompt_is_answered() {
    String answer = claude(token(), "-p", "Good morning").ended();

    assertThat(answer).contains("You wrote: “Good morning”");
  }

  @Test
  void json_lines_tell_what_happened() {
    var lines = lines(claude(token(), "-p", "Hi", "--output-format", "stream-json", "--verbose"));

    assertThat(lines)
        .filteredOn(line -> line.path("type").asString().equals("assistant"))
        .singleElement()
        .satisfies(line -> assertThat(line.toString()).contains("You wrote: “Hi”"));
    assertThat(lines.getLast().path("subtype").asString()).isEqualTo("success");
    assertThat(lines.getLast().path("usage").path("output_tokens").asInt()).isPositive();
  }

  @Test
  void a_tool_reads_a_file_and_the_model_gets_to_see_it() {
    String answer = claude(token(), "-p", "Please read the note", "--allowedTools", "Read").ended();

    assertThat(answer).contains("The tool answered: “1\tThe word is heron.");
  }

  @Test
  void a_tool_writes_a_file() throws IOException {
    String answer = claude(token(), "-p", "Please write a poem", "--allowedTools", "Write").ended();

    assertThat(poem).content().isEqualTo("A heron ✓ stands.");
    assertThat(answer).contains("The tool answered: “File created successfully");
  }

  @Test
  void an_agent_asks_through_the_gateway_too() {
    int before = yumen.exchanges().size();

    String answer = claude(token(), "-p", "Please ask another agent").ended();

    assertThat(answer).contains("This is the simulated provider");
    assertThat(messages(before)).hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void a_wrong_key_stops_it_at_once() {
    int before = yumen.exchanges().size();

    var claude = claude(Map.of("ANTHROPIC_AUTH_TOKEN", "ym_wrong"), "-p", "Hello");

    assertThat(claude.ended()).contains("401");
    assertThat(claude.exitCode()).isEqualTo(1);
    assertThat(messages(before)).hasSize(1);
  }

  @Test
  void an_overloaded_provider_is_waited_for() {
    int before = yumen.exchanges().size();

    String answer = claude(token(), "-p", "Hello", "--model", "claude-sim-flaky-2").ended();

    assertThat(answer).contains("You wrote: “Hello”");
    assertThat(messages(before))
        .extracting(exchange -> exchange.path("status").asInt())
        .containsExactly(529, 529, 200);
  }

  @Test
  void an_answer_that_breaks_off_is_asked_for_again() {
    int before = yumen.exchanges().size();

    String answer = claude(token(), "-p", "Please break once").ended();

    assertThat(answer).contains("You wrote: “Please break once”").doesNotContain("Half an answ");
    assertThat(messages(before))
        .extracting(exchange -> exchange.path("streaming").asBoolean())
        .containsExactly(true, false);
  }

  @Test
  void the_authorization_header_counts_when_both_are_sent() {
    var both =
        Map.of("ANTHROPIC_AUTH_TOKEN", CallerKeys.shared().key(), "ANTHROPIC_API_KEY", "ym_other");

    assertThat(claude(both, "-p", "Both").ended()).contains("You wrote: “Both”");
  }

  @Test
  void an_api_key_is_as_good_as_a_token() {
    var key = Map.of("ANTHROPIC_API_KEY", CallerKeys.shared().key());

    assertThat(claude(key, "-p", "Key").ended()).contains("You wrote: “Key”");
  }

  @Test
  void a_helper_may_bring_the_key() {
    String helper = "{\"apiKeyHelper\":\"echo %s\"}".formatted(CallerKeys.shared().key());

    assertThat(claude(Map.of(), "-p", "Helper", "--settings", helper).ended())
        .contains("You wrote: “Helper”");
  }

  @Test
  void it_finds_the_models_of_the_gateway() throws IOException {
    Path home = Files.createTempDirectory("home");
    var environment = new HashMap<>(token());
    environment.put("CLAUDE_CODE_ENABLE_GATEWAY_MODEL_DISCOVERY", "1");
    environment.put("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "");

    String answer = claude(home, environment, "-p", "Discover").ended();

    assertThat(answer).contains("You wrote: “Discover”");
    assertThat(home.resolve(".claude/cache/gateway-models.json"))
        .content()
        .contains("claude-sonnet-5", "claude-haiku-4-5-20251001");
  }

  @Test
  void no_other_network_is_needed() throws Exception {
    String unshare = Client.UNSHARE.path();
    var allowed = new ProcessBuilder(unshare, "-rn", "ip", "link", "set", "lo", "up").start();
    if (allowed.waitFor() != 0) {
      Client.skip("this machine does not allow network namespaces");
    }
    String script =
        """
        ip link set lo up
        "$YUMEN" serve --port 0 > said & gateway=$!
        until grep -q '^key: ' said; do kill -0 $gateway || exit 1; sleep 0.1; done
        ANTHROPIC_BASE_URL=$(sed -n 's/^url: //p' said) ANTHROPIC_AUTH_TOKEN=$(sed -n 's/^key: //p' said) \
          "$CLAUDE" -p 'Hello from an island'
        kill $gateway
        """;
    var environment =
        Map.of(
            "YUMEN", Project.root().resolve("yumen").toString(),
            "CLAUDE", Client.CLAUDE_CODE.path());

    try (var island = ClientProcess.start(environment, unshare, "-rn", "sh", "-c", script)) {
      assertThat(island.ended()).contains("You wrote: “Hello from an island”");
    }
  }

  private static ClientProcess claude(Map<String, String> environment, String... arguments) {
    try {
      return claude(Files.createTempDirectory("home"), environment, arguments);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static ClientProcess claude(Path home, Map<String, String> more, String... arguments) {
    var environment = new HashMap<String, String>();
    environment.put("ANTHROPIC_BASE_URL", yumen.url().toString());
    environment.put("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1");
    environment.putAll(more);
    environment.values().removeIf(String::isEmpty);
    var line = new ArrayList<>(List.of(Client.CLAUDE_CODE.path()));
    line.addAll(List.of(arguments));
    return ClientProcess.start(home, environment, line.toArray(String[]::new));
  }

  private static Map<String, String> token() {
    return Map.of("ANTHROPIC_AUTH_TOKEN", CallerKeys.shared().key());
  }

  private static List<JsonNode> lines(ClientProcess claude) {
    Stream<String> lines = claude.ended().lines();
    return lines.<JsonNode>map(JsonMapper.shared()::readTree).toList();
  }

  /** What was asked of models since then. */
  private static List<JsonNode> messages(int before) {
    return yumen.exchanges().stream()
        .skip(before)
        .filter(exchange -> exchange.path("path").asString().equals("/v1/messages"))
        .toList();
  }
}
