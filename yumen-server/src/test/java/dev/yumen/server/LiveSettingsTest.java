package dev.yumen.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.yumen.server.http.Generation;
import dev.yumen.server.settings.Reading;
import dev.yumen.server.settings.Settings;
import dev.yumen.server.settings.SettingsDirectory;
import dev.yumen.server.telemetry.Metrics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class LiveSettingsTest {
  private static final Logger LOG = (Logger) LoggerFactory.getLogger(LiveSettings.class);

  @TempDir private Path path;
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Metrics metrics = new Metrics("test");
  private final List<Settings> built = new ArrayList<>();
  private SettingsDirectory directory;
  private IOException missing;
  private LiveSettings live;

  @BeforeEach
  void the_full_file_is_in_force() throws IOException {
    log.start();
    LOG.setLevel(Level.INFO);
    LOG.addAppender(log);
    directory = SettingsDirectory.in(path);
    var first = (Reading.Valid) directory.read(SettingsDirectory.full());
    live = new LiveSettings(directory.file(), first, this::build, metrics);
  }

  @AfterEach
  void nothing_is_left() {
    LOG.detachAppender(log);
    LOG.setLevel(null);
    metrics.close();
  }

  @Test
  void nothing_is_read_while_nothing_changes() {
    var before = live.get();

    assertThat(live.refresh()).isFalse();

    assertThat(live.get()).isSameAs(before);
    assertThat(built).hasSize(1);
    assertThat(logged()).isEmpty();
  }

  @Test
  void a_change_is_a_new_generation_and_the_old_one_lives_on() throws IOException {
    var before = live.get();
    change("claude-*", "claude-opus-*");

    assertThat(live.refresh()).isTrue();

    assertThat(live.get()).isNotSameAs(before);
    assertThat(live.settings().providers().getFirst().models()).containsExactly("claude-opus-*");
    assertThat(built.getFirst().providers().getFirst().models()).containsExactly("claude-*");
    assertThat(metrics()).contains("yumen_settings_generation 2.0").contains(reloads("success", 1));
    assertThat(logged()).contains("settings 2 are in force").doesNotContain("restart");
  }

  @Test
  void a_changed_secret_file_is_a_change() throws IOException {
    directory.secretFile("bearer", "another");

    assertThat(live.refresh()).isTrue();

    assertThat(live.settings().providers().get(1).credential().bearer().value())
        .isEqualTo("another");
  }

  @Test
  void a_file_that_cannot_be_used_changes_nothing_and_is_reported_once_with_all_problems()
      throws IOException {
    var before = live.get();
    change("port: 8443", "prot: 8443");
    change("level: debug", "level: loud");

    assertThat(live.refresh()).isFalse();
    assertThat(live.refresh()).isFalse();

    assertThat(live.get()).isSameAs(before);
    assertThat(logged())
        .containsOnlyOnce("The settings stay as they were")
        .contains("yumen.yaml:4:3: The key \"prot\" is unknown")
        .contains("telemetry.log-level is \"loud\"");
    assertThat(metrics()).contains("yumen_settings_generation 1.0").contains(reloads("failure", 1));
  }

  @Test
  void a_mended_file_counts_again() throws IOException {
    Files.writeString(directory.file().path(), "");
    assertThat(live.refresh()).isFalse();

    Files.writeString(directory.file().path(), SettingsDirectory.full());
    assertThat(live.refresh()).isFalse();

    assertThat(logged()).contains("the settings are as they were");
    change("port: 8443", "port: 8444");
    assertThat(live.refresh()).isTrue();
  }

  @Test
  void a_vanished_file_changes_nothing() throws IOException {
    var before = live.get();
    Files.delete(directory.file().path());

    assertThat(live.refresh()).isFalse();

    assertThat(live.get()).isSameAs(before);
    assertThat(logged()).contains("it does not exist");
  }

  @Test
  void what_needs_a_restart_is_named_until_it_is_as_it_was_at_the_start() throws IOException {
    change("port: 8443", "port: 8444");
    change("header: 32KiB", "header: 16KiB");
    change("ping: 20s", "ping: 10s");
    assertThat(live.refresh()).isTrue();
    assertThat(logged())
        .contains("A restart is needed for the new values of listen.port, limits.header");

    log.list.clear();
    Files.writeString(directory.file().path(), SettingsDirectory.full());
    assertThat(live.refresh()).isTrue();
    assertThat(logged()).doesNotContain("restart");
  }

  @Test
  void what_is_missing_elsewhere_is_reported_once_and_tried_again_until_it_is_there()
      throws IOException {
    change("claude-*", "claude-opus-*");
    missing = new IOException("keys.json does not exist");

    assertThat(live.refresh()).isFalse();
    assertThat(live.refresh()).isFalse();
    assertThat(logged()).containsOnlyOnce("keys.json does not exist");
    assertThat(metrics()).contains(reloads("failure", 1));

    missing = null;
    assertThat(live.refresh()).isTrue();
    assertThat(live.refresh()).isFalse();
    assertThat(live.settings().providers().getFirst().models()).containsExactly("claude-opus-*");
  }

  @Test
  void a_start_fails_when_the_first_generation_cannot_be_made() throws IOException {
    missing = new IOException("keys.json does not exist");
    var first = (Reading.Valid) directory.file().read();

    assertThatThrownBy(() -> new LiveSettings(directory.file(), first, this::build, metrics))
        .isSameAs(missing);
  }

  @Test
  void a_hangup_reads_the_file_even_when_it_looks_the_same() throws IOException {
    directory.environment().put("ANTHROPIC_KEY", "rotated");

    assertThat(live.refresh()).isFalse();
    assertThat(live.reload()).isTrue();

    assertThat(live.settings().providers().getFirst().credential().xApiKey().value())
        .isEqualTo("rotated");
    assertThat(live.reload()).isFalse();
    assertThat(logged()).contains("the settings are as they were");
  }

  @Test
  void no_secret_is_ever_logged() throws IOException {
    directory.secretFile("bearer", SettingsDirectory.SECRET + "-rotated");
    live.refresh();
    change("${env:CI_SECRET}", SettingsDirectory.SECRET);
    live.refresh();

    assertThat(logged()).isNotEmpty().doesNotContain("canary");
  }

  private Generation build(Settings settings) throws IOException {
    if (missing != null) {
      throw missing;
    }
    built.add(settings);
    return new Generation() {
      @Override
      public dev.yumen.Gateway over(dev.yumen.upstream.Upstream upstream) {
        throw new UnsupportedOperationException();
      }
    };
  }

  private void change(String from, String to) throws IOException {
    var file = directory.file().path();
    var text = Files.readString(file);
    assertThat(text).contains(from);
    Files.writeString(file, text.replace(from, to) + "# so that the size differs\n");
  }

  private String logged() {
    return log.list.stream()
        .map(ILoggingEvent::getFormattedMessage)
        .collect(Collectors.joining("\n"));
  }

  private String metrics() {
    var out = new ByteArrayOutputStream();
    metrics.scrape(out, "text/plain; version=0.0.4");
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String reloads(String result, int count) {
    return "yumen_settings_reloads_total{result=\"" + result + "\"} " + count + ".0";
  }
}
