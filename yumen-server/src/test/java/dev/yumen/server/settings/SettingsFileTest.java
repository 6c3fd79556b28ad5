package dev.yumen.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yumen.server.settings.Settings.Admin;
import dev.yumen.server.settings.Settings.Authentication;
import dev.yumen.server.settings.Settings.Credential;
import dev.yumen.server.settings.Settings.KeySettings;
import dev.yumen.server.settings.Settings.Limits;
import dev.yumen.server.settings.Settings.Listen;
import dev.yumen.server.settings.Settings.LogLevel;
import dev.yumen.server.settings.Settings.ProviderSettings;
import dev.yumen.server.settings.Settings.Simulation;
import dev.yumen.server.settings.Settings.Telemetry;
import dev.yumen.server.settings.Settings.TimeoutSettings;
import dev.yumen.server.settings.Settings.Tls;
import dev.yumen.server.settings.Settings.TokenSettings;
import dev.yumen.server.settings.Settings.Traces;
import dev.yumen.server.settings.Settings.UnknownPaths;
import dev.yumen.server.telemetry.LogFormat;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsFileTest {
  private static final String LEAST = "providers: [{name: s, simulation: {}}]\n";

  @TempDir private Path path;
  private SettingsDirectory directory;

  @BeforeEach
  void a_directory_with_what_files_refer_to() throws IOException {
    directory = SettingsDirectory.in(path);
  }

  @Test
  void every_key_is_read_into_its_place() throws IOException {
    var secret = new Secret(SettingsDirectory.SECRET);

    var settings = directory.settings(SettingsDirectory.full());

    assertThat(settings.listen())
        .isEqualTo(
            new Listen(
                "0.0.0.0",
                8443,
                new Tls(path.resolve("tls/chain.pem"), path.resolve("tls/key.pem")),
                URI.create("https://llm.example.org/claude"),
                List.of("10.0.0.0/8", "::1"),
                UnknownPaths.REFUSE));
    assertThat(settings.admin()).isEqualTo(new Admin("localhost", 9191));
    assertThat(settings.providers())
        .containsExactly(
            new ProviderSettings(
                "anthropic",
                URI.create("https://api.anthropic.com"),
                new Credential(secret, null),
                List.of("claude-*"),
                new TimeoutSettings(
                    Duration.ofSeconds(3), Duration.ofMinutes(15), Duration.ofSeconds(90)),
                null),
            new ProviderSettings(
                "other",
                URI.create("http://127.0.0.1:4000/proxy"),
                new Credential(null, secret),
                List.of("gpt-*", "o3"),
                TimeoutSettings.DEFAULT,
                null),
            new ProviderSettings(
                "simulator",
                null,
                null,
                List.of("test-*"),
                TimeoutSettings.DEFAULT,
                new Simulation(path.resolve("script.json"), 0)));
    assertThat(settings.authentication())
        .isEqualTo(
            new Authentication(
                new KeySettings(Path.of("/etc/yumen/keys.json")),
                List.of(
                    new TokenSettings(
                        "https://id.example.org",
                        "yumen",
                        null,
                        URI.create("https://id.example.org/keys"),
                        Duration.ZERO,
                        Duration.ofHours(1),
                        "org",
                        "allowed",
                        List.of("claude-haiku-*")),
                    TokenSettings.signedWith("ci", secret))));
    assertThat(settings.limits())
        .isEqualTo(
            new Limits(
                16L << 20,
                128L << 20,
                1_000_000_000,
                1_000_000,
                32 << 10,
                2L << 30,
                Duration.ofSeconds(5),
                Duration.ofMillis(1500),
                Duration.ofMinutes(2),
                Duration.ofSeconds(20),
                Duration.ofSeconds(45),
                Duration.ZERO));
    assertThat(settings.telemetry())
        .isEqualTo(
            new Telemetry(
                false,
                LogLevel.DEBUG,
                LogFormat.JSON,
                new Traces(
                    URI.create("http://127.0.0.1:4318/v1/traces"),
                    Map.of("authorization", new Secret("Bearer " + SettingsDirectory.SECRET)),
                    0.25)));
  }

  @Test
  void a_file_need_only_name_its_providers() throws IOException {
    var settings = directory.settings("providers: [{name: simulator, simulation: {}}]");

    assertThat(settings)
        .isEqualTo(
            new Settings(
                Settings.defaults().listen(),
                Settings.defaults().admin(),
                Settings.defaults().providers(),
                new Authentication(new KeySettings(path.resolve("keys.json")), List.of()),
                Settings.defaults().limits(),
                Settings.defaults().telemetry()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing\n", "---\n", "\n\n"})
  void an_empty_file_is_a_problem_because_it_may_be_one_that_is_being_written(String yaml)
      throws IOException {
    assertThat(directory.read(yaml)).isInstanceOf(Reading.Invalid.class);
  }

  @Test
  void all_problems_are_reported_at_once_in_the_order_of_the_file() throws IOException {
    var yaml =
        """
        listen:
          prot: 8080
          address: http://0.0.0.0:80
        providers:
          - nmae: a
            base-url: ftp://example.org
            timeouts: {connect: 10}
        limits:
          body: 32M
        telmetry: {}
        """;

    assertThat(directory.problems(yaml))
        .containsExactly(
            "2:3: The key \"prot\" is unknown in listen; did you mean \"port\"?",
            "3:12: listen.address is \"http://0.0.0.0:80\", but must be an IP address or host name"
                + " alone, without brackets, scheme and port.",
            "5:5: providers[0].name is missing.",
            "5:5: The key \"nmae\" is unknown in providers[0]; did you mean \"name\"?",
            "6:15: providers[0].base-url is \"ftp://example.org\", but must be an http:// or"
                + " https:// address.",
            "7:25: providers[0].timeouts.connect is 10 without a unit; did you mean 10s?",
            "9:9: limits.body is \"32M\" with an unknown unit; did you mean \"MB\"?",
            "10:1: The key \"telmetry\" is unknown in this file; did you mean \"telemetry\"?");
  }

  @Test
  void a_problem_begins_with_file_line_and_column() throws IOException {
    var reading = (Reading.Invalid) directory.read(LEAST + "admin: {port: x}\n");

    assertThat(reading.problems().getFirst().toString())
        .isEqualTo(
            path.resolve("yumen.yaml")
                + ":2:15: admin.port is \"x\", but must be a whole number from 0 to 65535.");
  }

  @Test
  void a_long_list_of_problems_ends_somewhere() throws IOException {
    var yaml = LEAST + "x: 1\n".repeat(5000);

    assertThat(directory.problems(yaml)).hasSize(100);
  }

  @Test
  void a_file_that_is_not_there_is_a_problem_and_one_that_appears_is_a_change() throws IOException {
    var missing = directory.file().read();

    assertThat(missing).isInstanceOf(Reading.Invalid.class);
    assertThat(((Reading.Invalid) missing).problems().getFirst().sentence())
        .isEqualTo(path.resolve("yumen.yaml") + " cannot be read: it does not exist.");
    assertThat(missing.outdated()).isFalse();
    Files.writeString(directory.file().path(), LEAST);
    assertThat(missing.outdated()).isTrue();
  }

  @Test
  void a_directory_in_place_of_the_file_is_a_problem() {
    var reading = (Reading.Invalid) new SettingsFile(path, _ -> null).read();

    assertThat(reading.problems().getFirst().sentence()).contains("it is a directory");
  }

  @Test
  void a_reading_is_outdated_when_the_file_or_a_file_with_a_secret_changes() throws IOException {
    var reading = directory.read(SettingsDirectory.full());
    assertThat(reading.outdated()).isFalse();

    directory.secretFile("bearer", "another");
    assertThat(reading.outdated()).isTrue();

    var again = directory.file().read();
    assertThat(again.outdated()).isFalse();
    Files.setLastModifiedTime(directory.file().path(), FileTime.fromMillis(1));
    assertThat(again.outdated()).isTrue();
  }

  @Test
  void a_missing_secret_file_is_watched_too() throws IOException {
    Files.delete(path.resolve("secrets/bearer"));
    var reading = directory.read(SettingsDirectory.full());
    assertThat(reading).isInstanceOf(Reading.Invalid.class);

    directory.secretFile("bearer", "there");

    assertThat(reading.outdated()).isTrue();
  }

  @Test
  void a_secret_file_loses_its_last_line_break_and_nothing_else() throws IOException {
    directory.secretFile("bearer", "a b\r\n");
    assertThat(bearer()).isEqualTo("a b");

    directory.secretFile("bearer", "a");
    assertThat(bearer()).isEqualTo("a");
  }

  @Test
  void a_secret_file_that_every_user_may_read_is_a_warning() throws IOException {
    Files.setPosixFilePermissions(
        path.resolve("secrets/bearer"), PosixFilePermissions.fromString("rw-r--r--"));

    var reading = (Reading.Valid) directory.read(SettingsDirectory.full());

    assertThat(reading.warnings()).hasSize(1);
    assertThat(reading.warnings().getFirst().line()).isEqualTo(27);
    assertThat(reading.warnings().getFirst().sentence())
        .startsWith("providers[1].credential.bearer refers to ")
        .contains("chmod 600");
  }

  private String bearer() throws IOException {
    var credential = directory.settings(SettingsDirectory.full()).providers().get(1).credential();
    return credential.bearer().value();
  }
}
