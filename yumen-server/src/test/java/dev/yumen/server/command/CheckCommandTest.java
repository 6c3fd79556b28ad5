package dev.yumen.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yumen.authentication.NewKey;
import dev.yumen.server.settings.SettingsDirectory;
import dev.yumen.server.store.KeyFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CheckCommandTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  private static final String TWO_PROVIDERS =
      """
      providers:
        - name: anthropic
          base-url: https://api.anthropic.com
          credential: {x-api-key: "${env:ANTHROPIC_KEY}"}
          models: [claude-*]
        - name: other
          base-url: http://127.0.0.1:1234
          models: [claude-haiku-*, llama-*]
      """;

  @TempDir private Path path;
  private SettingsDirectory directory;

  private record Run(int code, String out, String err) {}

  @BeforeEach
  void a_directory_with_what_files_refer_to() throws IOException {
    directory = SettingsDirectory.in(path);
  }

  @Test
  void problems_go_to_standard_error_each_on_a_line_with_its_place() throws IOException {
    var run = check("listen: {prot: 1}\nproviders: []\n");

    assertThat(run.code).isEqualTo(1);
    assertThat(run.out).isEmpty();
    assertThat(run.err.lines())
        .containsExactly(
            file() + ":1:10: The key \"prot\" is unknown in listen; did you mean \"port\"?",
            file()
                + ":2:12: providers is an empty list, but must be a list with at least one item.",
            "yumen check: " + file() + " cannot be used: 2 problems.");
  }

  @Test
  void an_explanation_says_who_gets_which_model_from_whom() throws IOException {
    var all = key("all", "*", null);
    var haiku = key("haiku", "claude-haiku-4", null);
    key("old", "*", NOW.minusSeconds(1));

    var run = check(TWO_PROVIDERS);

    assertThat(run.code).isZero();
    assertThat(run.err).isEmpty();
    assertThat(run.out.lines().map(line -> line.strip().replaceAll("  +", " | ")))
        .containsSubsequence(
            file() + " can be used.",
            "requests | http://127.0.0.1:8080",
            "health and metrics | http://127.0.0.1:9090",
            "anthropic | claude-* | https://api.anthropic.com | x-api-key",
            "other | claude-haiku-*, llama-* | http://127.0.0.1:1234 | none",
            "What names no model, such as files and lists of batches, goes to anthropic.",
            "key " + all + " (all) | acme | claude-* | anthropic",
            "llama-* | other",
            "* | nobody (404)",
            "key " + haiku + " (haiku) | acme | claude-haiku-4 | anthropic",
            "Expired or revoked keys that are not listed: 1.",
            "request | 32MiB",
            "requests in flight | a quarter of the heap",
            "Warnings",
            "Provider other is asked without a credential.");
    assertThat(run.out).doesNotContain("(old)").doesNotContain("canary");
  }

  @Test
  void everything_the_full_file_says_is_explained_without_a_secret() throws IOException {
    var run = check(SettingsDirectory.full());

    assertThat(run.code).isZero();
    assertThat(run.out)
        .contains("https://0.0.0.0:8443")
        .contains("Links in answers begin with https://llm.example.org/claude.")
        .contains("count when they come from 10.0.0.0/8, ::1.")
        .contains("Unknown paths below /v1/ are refused with 404.")
        .contains("simulated, without delay, " + path.resolve("script.json"))
        .contains("tokens of https://id.example.org")
        .contains("http://127.0.0.1:4318/v1/traces, share of new ones 0.25")
        .contains("A simulated provider stands beside real ones")
        .contains("The keys cannot be read, and the gateway would not start: /etc/yumen/keys.json")
        .doesNotContain("canary");
  }

  @Test
  void a_model_is_followed_to_its_provider() throws IOException {
    var all = key("all", "*", null);
    var opus = key("opus", "claude-opus-*", null);

    var run = check(TWO_PROVIDERS, "--model", "llama-4");

    assertThat(run.code).isZero();
    assertThat(run.out.lines().map(line -> line.strip().replaceAll("  +", " | ")))
        .containsSubsequence(
            "llama-4 goes to other, the first provider with a pattern that fits (claude-haiku-*,"
                + " llama-*).",
            "key " + all + " (all) | acme | yes",
            "key " + opus + " (opus) | acme | no");
  }

  @Test
  void a_model_without_a_provider_fails() throws IOException {
    key("all", "*", null);

    var run = check(TWO_PROVIDERS, "--model", "gpt-9");

    assertThat(run.code).isEqualTo(1);
    assertThat(run.out).contains("gpt-9 is served by no provider");
  }

  @Test
  void doubtful_settings_are_warned_about() throws IOException {
    key("old", "*", NOW.minusSeconds(1));
    var yaml =
        """
        listen: {address: 0.0.0.0}
        admin: {address: "::"}
        providers:
          - name: remote
            base-url: http://example.org
            credential: {bearer: "${env:ANTHROPIC_KEY}"}
          - name: never
            simulation: {}
            models: [test]
        """;

    assertThat(check(yaml).out)
        .contains("Keys and prompts cross the network unencrypted: listen.address is 0.0.0.0")
        .contains("Metrics are shown to everyone who reaches admin.address ::")
        .contains("Provider remote is asked over plain HTTP")
        .contains("A simulated provider stands beside real ones")
        .contains("Provider never is never asked for a model")
        .contains("No caller can authenticate: there is no active key");
  }

  @Test
  void settings_without_doubts_have_no_warnings() throws IOException {
    key("all", "*", null);
    var yaml =
        """
        listen: {address: 0.0.0.0, tls: {certificate: tls/chain.pem, key: tls/key.pem}}
        providers:
          - name: anthropic
            base-url: https://api.anthropic.com
            credential: {x-api-key: "${env:ANTHROPIC_KEY}"}
        """;

    assertThat(check(yaml).out).doesNotContain("Warnings");
  }

  @Test
  void a_key_for_models_that_nobody_serves_is_warned_about() throws IOException {
    var id = key("lost", "gpt-*", null);

    assertThat(check(TWO_PROVIDERS).out)
        .contains("Key " + id + " (lost) may ask only models that no provider serves.");
  }

  @Test
  void a_missing_file_is_a_problem_and_a_missing_word_is_wrong_usage() {
    var missing = run(path.resolve("none.yaml").toString());

    assertThat(missing.code).isEqualTo(1);
    assertThat(missing.err).contains("it does not exist");
    assertThat(run().code).isEqualTo(2);
    assertThat(run("--help").out).contains("--model").contains("Exit codes");
  }

  private String key(String name, String models, Instant expires) throws IOException {
    var key =
        NewKey.of(name, "acme", List.of(models), expires, NOW.minusSeconds(100), RANDOM).key();
    new KeyFile(path.resolve("keys.json"))
        .change(keys -> {
          var more = new ArrayList<>(keys);
          more.add(key);
          return more;
        });
    return key.id();
  }

  private Run check(String yaml, String... words) throws IOException {
    Files.writeString(file(), yaml);
    var all = new ArrayList<>(List.of(words));
    all.add(file().toString());
    return run(all.toArray(String[]::new));
  }

  private Run run(String... words) {
    var out = new StringWriter();
    var err = new StringWriter();
    int code =
        new CommandLine(new CheckCommand(() -> NOW, directory.environment()::get))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(words);
    return new Run(code, out.toString(), err.toString());
  }

  private Path file() {
    return directory.file().path();
  }
}
