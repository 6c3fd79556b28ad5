package dev.yumen.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yumen.authentication.CredentialAuthenticator;
import dev.yumen.authentication.KeyText;
import dev.yumen.authentication.Keys;
import dev.yumen.exchange.Caller;
import dev.yumen.exchange.Headers;
import dev.yumen.server.store.KeyFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

/** {@code yumen keys} as a person uses it, from the words typed to the file and the exit code. */
class KeysCommandTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  @TempDir private Path directory;
  private Instant now = Instant.parse("2026-11-24T12:00:00.123Z");

  @Test
  void a_created_key_is_printed_once_and_opens_the_gateway() throws Exception {
    var run = keys("create", "--name", "ci", "--tenant", "acme", "--models", "claude-*,test");

    assertThat(run.code).isZero();
    assertThat(run.err).isEmpty();
    assertThat(run.out).contains("it is shown only this once");
    assertThat(Files.readString(file())).doesNotContain(secret(run));
    var stored = new Keys(new KeyFile(file()).read(), RANDOM);
    assertThat(
            new CredentialAuthenticator(() -> stored, null, () -> now)
                .identify(Headers.of("x-api-key", run.value("key"))))
        .isEqualTo(new Caller(run.value("id"), "ci", "acme", List.of("claude-*", "test")));
  }

  @Test
  void a_key_is_for_all_models_for_ever_and_for_the_default_tenant_unless_told() throws Exception {
    var run = keys("create", "--name", "ci");

    var key = new KeyFile(file()).read().getFirst();
    assertThat(run.value("expires")).isEqualTo("never");
    assertThat(key.expires()).isNull();
    assertThat(key.models()).containsExactly("*");
    assertThat(key.tenant()).isEqualTo("default");
    assertThat(key.created()).isEqualTo("2026-11-24T12:00:00Z");
  }

  @ParameterizedTest
  @CsvSource({
    "12h, 2026-11-25T00:00:00Z",
    "90d, 2027-02-22T12:00:00Z",
    "4w, 2026-12-22T12:00:00Z",
    "2026-12-31, 2027-01-01T00:00:00Z",
    "2026-11-24, 2026-11-25T00:00:00Z",
  })
  void an_expiry_is_a_span_or_the_last_day(String expires, String end) throws Exception {
    var run = keys("create", "--name", "ci", "--expires", expires);

    assertThat(run.value("expires")).isEqualTo(end);
    assertThat(new KeyFile(file()).read().getFirst().expires()).isEqualTo(end);
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "0d", "-1d", "90", "90y", "2026-13-01", "2026-02-30", "999999d"})
  void an_expiry_that_cannot_be_read_is_wrong_usage(String expires) {
    var run = keys("create", "--name", "ci", "--expires=" + expires);

    assertThat(run.code).isEqualTo(2);
    assertThat(run.err).contains("15m, 12h, 90d or 4w");
    assertThat(file()).doesNotExist();
  }

  @Test
  void an_expiry_in_the_past_is_wrong_usage() {
    var run = keys("create", "--name", "ci", "--expires", "2026-11-23");

    assertThat(run.code).isEqualTo(2);
    assertThat(run.err).contains("--expires lies in the past.");
  }

  @Test
  void a_name_is_needed_and_must_be_printable() {
    assertThat(keys("create").code).isEqualTo(2);
    assertThat(keys("create", "--name", " ").err).contains("name must be 1 to 100 characters");
    assertThat(keys("create", "--name", "a\u001b[2J").code).isEqualTo(2);
    assertThat(file()).doesNotExist();
  }

  @Test
  void a_list_shows_every_key_and_its_state_but_no_secret() {
    var active = keys("create", "--name", "active");
    var shortLived = keys("create", "--name", "short", "--expires", "1h");
    var revoked = keys("create", "--name", "old", "--models", "a,b");
    keys("revoke", revoked.value("id"));
    now = now.plusSeconds(3600);

    var run = keys("list");

    assertThat(run.code).isZero();
    assertThat(run.out.lines().map(line -> line.replaceAll(" +", " ")))
        .containsExactly(
            "ID NAME TENANT STATE CREATED EXPIRES MODELS",
            active.value("id") + " active default active 2026-11-24T12:00:00Z never *",
            shortLived.value("id")
                + " short default expired 2026-11-24T12:00:00Z 2026-11-24T13:00:00Z *",
            revoked.value("id") + " old default revoked 2026-11-24T12:00:00Z never a,b");
    assertThat(run.out).doesNotContain(secret(active)).doesNotContain("sha256");
  }

  @Test
  void a_list_as_json_is_an_array_with_the_same_facts() {
    var made = keys("create", "--name", "ci", "--expires", "1h");

    var entries = JsonMapper.shared().readTree(keys("list", "--json").out);

    assertThat(entries.size()).isEqualTo(1);
    var entry = entries.get(0);
    assertThat(entry.get("id").asString()).isEqualTo(made.value("id"));
    assertThat(entry.get("state").asString()).isEqualTo("active");
    assertThat(entry.get("expires").asString()).isEqualTo("2026-11-24T13:00:00Z");
    assertThat(entry.get("revoked").isNull()).isTrue();
    assertThat(entry.get("models").get(0).asString()).isEqualTo("*");
    assertThat(entry.has("hash")).isFalse();
  }

  @Test
  void a_revoked_key_stays_revoked_since_the_first_time() throws Exception {
    var id = keys("create", "--name", "ci").value("id");

    var first = keys("revoke", id);
    now = now.plusSeconds(100);
    var second = keys("revoke", id);

    assertThat(first.code).isZero();
    assertThat(first.out).contains(id).contains("(ci) is revoked");
    assertThat(second.code).isZero();
    assertThat(second.out).contains("already revoked at 2026-11-24T12:00:00Z");
    assertThat(new KeyFile(file()).read().getFirst().revoked()).isEqualTo("2026-11-24T12:00:00Z");
  }

  @Test
  void revoking_what_is_not_there_fails_with_one_sentence() {
    keys("create", "--name", "ci");

    var run = keys("revoke", "0123456789ab");

    assertThat(run.code).isEqualTo(1);
    assertThat(run.err.lines()).hasSize(1);
    assertThat(run.err).contains("no key with the id 0123456789ab");
  }

  @Test
  void a_whole_key_given_in_place_of_its_id_is_not_repeated() {
    var made = keys("create", "--name", "ci");

    var run = keys("revoke", made.value("key"));

    assertThat(run.code).isEqualTo(1);
    assertThat(run.err).doesNotContain(secret(made));
  }

  @Test
  void failures_of_the_file_are_one_sentence_without_a_stack_trace() throws IOException {
    assertThat(keys("list").code).isEqualTo(1);
    assertThat(keys("list").err)
        .isEqualTo(
            "yumen keys: %s does not exist; `yumen keys create` makes it with the first key.%n"
                .formatted(file()));

    keys("create", "--name", "ci");
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));

    var run = keys("create", "--name", "other");
    assertThat(run.code).isEqualTo(1);
    assertThat(run.out).isEmpty();
    assertThat(run.err.lines()).hasSize(1);
    assertThat(run.err).contains("chmod 600");
  }

  @Test
  void without_a_command_it_says_which_there_are() {
    var run = keys();

    assertThat(run.code).isEqualTo(2);
    assertThat(run.err).contains("create, list or revoke").contains("Usage: keys");
  }

  @ParameterizedTest
  @ValueSource(strings = {"create", "list", "revoke"})
  void every_command_explains_itself_with_its_file(String command) {
    var run = keys(command, "--help");

    assertThat(run.code).isZero();
    assertThat(run.out).contains("--file").contains("keys.json");
  }

  private Path file() {
    return directory.resolve("keys.json");
  }

  private Run keys(String... words) {
    var out = new StringWriter();
    var err = new StringWriter();
    var line =
        new CommandLine(new KeysCommand(() -> now, RANDOM))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    var all = new String[words.length + 2];
    all[0] = "--file";
    all[1] = file().toString();
    System.arraycopy(words, 0, all, 2, words.length);
    return new Run(line.execute(all), out.toString(), err.toString());
  }

  private static String secret(Run run) {
    var text = KeyText.parse(run.value("key"));
    assertThat(text).isNotNull();
    return text.secret();
  }

  private record Run(int code, String out, String err) {
    String value(String name) {
      return out.lines()
          .filter(line -> line.startsWith(name + ": "))
          .map(line -> line.substring(name.length() + 2))
          .findFirst()
          .orElseThrow(() -> new AssertionError(out + err));
    }
  }
}
