package dev.yumen.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the people who run a gateway do while it runs. */
class OperationTest {
  private static final String EVENT = "event: ping\ndata: {\"type\": \"ping\"}\n\n";
  private static final String STOP = "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
  private static final String SECRET = "a secret for tokens of 32 bytes or more";

  @TempDir private Path directory;
  private Path settings;
  private ScriptedProvider old;
  private ScriptedProvider other;
  private RunningYumen yumen;
  private final CountDownLatch finish = new CountDownLatch(1);

  @BeforeEach
  void start() throws IOException {
    settings = directory.resolve("yumen.yaml");
    old = new ScriptedProvider((_, connection) -> answer(connection, "old"));
    other = new ScriptedProvider((_, connection) -> answer(connection, "new"));
    Files.copy(CallerKeys.shared().file(), directory.resolve("keys.json"));
    Files.writeString(directory.resolve("secret"), SECRET);
    write(settings(old));
    yumen = RunningYumen.serve(settings);
  }

  @AfterEach
  void stop() {
    finish.countDown();
    yumen.close();
    old.close();
    other.close();
  }

  @Test
  void new_settings_count_for_new_requests_and_a_running_stream_finishes_on_the_old()
      throws Exception {
    old.follow((_, connection) -> streamUntilTold(connection));
    var started = new CountDownLatch(1);
    var stream = CompletableFuture.supplyAsync(() -> ask(CallerKeys.shared().key(), true, started));
    assertThat(started.await(120, TimeUnit.SECONDS)).isTrue();

    write(settings(other));
    yumen.hangUp();
    yumen.awaitComplaint(line -> line.contains("settings 2 are in force"));

    assertThat(ask(CallerKeys.shared().key()).text()).isEqualTo("{\"from\":\"new\"}");
    finish.countDown();
    assertThat(stream.get(120, TimeUnit.SECONDS).text()).isEqualTo(EVENT + STOP);
  }

  @Test
  void a_changed_file_is_noticed_without_a_signal() throws Exception {
    write(settings(other));

    yumen.awaitComplaint(line -> line.contains("settings 2 are in force"));

    assertThat(ask(CallerKeys.shared().key()).text()).isEqualTo("{\"from\":\"new\"}");
  }

  @Test
  void settings_that_are_wrong_are_reported_and_change_nothing() throws Exception {
    write(settings(other).replace("providers:", "provider:"));
    yumen.hangUp();

    yumen.awaitComplaint(line -> line.contains("yumen.yaml:") && line.contains("providers"));

    assertThat(ask(CallerKeys.shared().key()).text()).isEqualTo("{\"from\":\"old\"}");
  }

  @Test
  void a_key_counts_once_it_is_made_and_no_longer_once_it_is_revoked() throws Exception {
    Path keys = directory.resolve("keys.json");

    String made = CallerKeys.create(keys, "late", "*");
    awaitStatus(made, 200);
    try (var revoked =
        RunningYumen.run("keys", "--file", keys.toString(), "revoke", made.substring(3, 15))) {
      assertThat(revoked.exitCode()).as("%s", revoked.complaints()).isZero();
    }

    awaitStatus(made, 401);
    assertThat(ask(CallerKeys.shared().key()).status()).isEqualTo(200);
  }

  @Test
  void keys_are_still_followed_when_new_settings_cannot_be_used() throws Exception {
    write(settings(old).replace("https://apps.example.com", "blanks within"));
    yumen.hangUp();
    yumen.awaitComplaint(line -> line.contains("Tokens cannot be verified"));

    String made = CallerKeys.create(directory.resolve("keys.json"), "late", "*");

    awaitStatus(made, 200);
  }

  @Test
  void a_token_that_is_minted_is_taken_for_the_models_it_names() throws Exception {
    String token;
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
            "ci",
            "--tenant",
            "platform",
            "--models",
            "claude-*")) {
      assertThat(minting.exitCode()).as("%s", minting.complaints()).isZero();
      token = minting.output().getFirst();
    }

    assertThat(ask(token).status()).isEqualTo(200);
    var exchange = yumen.awaitExchange(one -> one.path("caller").asString("").equals("ci"));
    assertThat(exchange.path("tenant").asString()).isEqualTo("platform");
    assertThat(ask(token.substring(0, token.length() - 2) + "AA").status()).isEqualTo(401);
  }

  @Test
  void a_gateway_whose_callers_have_left_stops_at_once() throws Exception {
    old.follow((_, connection) -> streamUntilTold(connection));
    String head = head(CallerKeys.shared().key());
    RawCaller.ask(yumen.url(), head, question(true), body -> body.length == EVENT.length());
    yumen.awaitExchange(one -> one.path("ending").asString().equals("caller"));

    yumen.terminate();

    assertThat(yumen.exitCode()).isZero();
  }

  @Test
  void a_second_start_builds_nothing() throws Exception {
    Path built = Project.root().resolve("yumen-server/target/yumen/built");
    var before = Files.getLastModifiedTime(built);

    try (var again = RunningYumen.run("--version")) {
      assertThat(again.exitCode()).isZero();
      assertThat(again.complaints()).isEmpty();
    }

    assertThat(Files.getLastModifiedTime(built)).isEqualTo(before);
  }

  @Test
  void an_older_java_on_the_path_does_not_matter() throws Exception {
    Path bin = Files.createDirectory(directory.resolve("bin"));
    for (String tool : List.of("java", "javac")) {
      Files.writeString(bin.resolve(tool), "#!/bin/sh\necho 'too old' >&2\nexit 1\n");
      assertThat(bin.resolve(tool).toFile().setExecutable(true)).isTrue();
    }

    String path = bin + ":" + System.getenv("PATH");
    try (var version = RunningYumen.run(Map.of("PATH", path), "--version")) {
      assertThat(version.exitCode()).as("%s", version.complaints()).isZero();
    }
  }

  @Test
  void a_machine_without_a_jdk_is_told_what_to_install() {
    String script =
        """
        mount -t tmpfs none "$JDKS" || exit 77
        unset JAVA_HOME
        HOME=/nowhere PATH=/usr/bin:/bin exec "$YUMEN" --version
        """;
    var environment =
        Map.of(
            "JDKS", Path.of(System.getProperty("java.home")).getParent().toString(),
            "YUMEN", Project.root().resolve("yumen").toString());

    try (var bare =
        ClientProcess.start(environment, Client.UNSHARE.path(), "-rm", "sh", "-c", script)) {
      int code = bare.exitCode();
      if (code == 77 || code == 0 || bare.err().contains("unshare failed")) {
        Client.skip("this machine's JDKs cannot be hidden: " + code + " " + bare.err());
      }
      assertThat(code).isEqualTo(69);
      assertThat(bare.err())
          .contains("no JDK 25 or later was found")
          .contains("https://adoptium.net", "JAVA_HOME");
    }
  }

  private String settings(ScriptedProvider provider) {
    return """
    admin: {port: 0}
    providers: [{name: scripted, base-url: "%s"}]
    authentication:
      keys: {file: keys.json}
      tokens: [{issuer: "https://apps.example.com", secret: "${file:secret}"}]
    """
        .formatted(provider.url());
  }

  /** Replaces the file in one step, as the reference advises. */
  private void write(String text) throws IOException {
    Path next = Files.writeString(directory.resolve("next.yaml"), text);
    Files.move(next, settings, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private void awaitStatus(String key, int status) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (ask(key).status() != status) {
      assertThat(System.nanoTime()).as("%d comes", status).isLessThan(deadline);
      Thread.sleep(200);
    }
  }

  private HttpMessage ask(String credential) {
    return ask(credential, false, new CountDownLatch(1));
  }

  private HttpMessage ask(String credential, boolean stream, CountDownLatch started) {
    try {
      return RawCaller.ask(
          yumen.url(),
          head(credential),
          question(stream),
          _ -> {
            started.countDown();
            return false;
          });
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String head(String credential) {
    return "POST /v1/messages HTTP/1.1\r\nauthorization: Bearer " + credential;
  }

  private static byte[] question(boolean stream) {
    return "{\"model\":\"claude-sonnet-5\",\"stream\":%s}".formatted(stream).getBytes(UTF_8);
  }

  private static void answer(ScriptedProvider.Connection connection, String name)
      throws IOException {
    connection.send(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n",
        "{\"from\":\"%s\"}".formatted(name).getBytes(UTF_8));
  }

  private void streamUntilTold(ScriptedProvider.Connection connection) throws IOException {
    connection.send("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n");
    connection.send("content-length: " + (EVENT.length() + STOP.length()) + "\r\n\r\n" + EVENT);
    try {
      finish.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    connection.send(STOP);
  }
}
