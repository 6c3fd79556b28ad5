package dev.yumen.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yumen.authentication.Key;
import dev.yumen.authentication.NewKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final String GOOD =
      """
      {
        "version": 1,
        "keys": [
          {
            "id": "0123456789ab",
            "name": "ci",
            "tenant": "acme",
            "created": "2026-11-24T12:00:00Z",
            "models": ["*"],
            "hash": "sha256:AAAAAAAAAAAAAAAAAAAAAA:J35_9tIyuXY_Smbo0F0hDaMtrJxtvOECatTMmKy1_v4"
          }
        ]
      }
      """;

  @TempDir private Path directory;

  @Test
  void what_was_written_is_read_back_in_order() throws IOException {
    var file = new KeyFile(directory.resolve("keys.json"));
    var plain = key("plain", null);
    var full = key("full", NOW.plusSeconds(5)).revoked(NOW);

    file.change(_ -> List.of(plain));
    file.change(keys -> append(keys, full));

    assertThat(file.read()).containsExactly(plain, full);
  }

  @Test
  void the_file_is_fit_for_people_and_leaves_out_what_is_not_set() throws IOException {
    var path = directory.resolve("keys.json");

    new KeyFile(path).change(_ -> List.of(key("ci", null)));

    assertThat(Files.readString(path))
        .contains("\n")
        .contains("\"name\" : \"ci\"")
        .contains("\"created\" : \"2026-11-24T12:00:00Z\"")
        .doesNotContain("expires")
        .doesNotContain("revoked")
        .endsWith("}\n");
  }

  @Test
  void a_file_in_the_documented_form_is_read() throws IOException {
    var keys = new KeyFile(write(GOOD)).read();

    assertThat(keys).hasSize(1);
    assertThat(keys.getFirst().hash().matches("abc")).isTrue();
  }

  @Test
  void a_missing_file_is_told_together_with_the_way_to_make_it() {
    assertThatThrownBy(() -> new KeyFile(directory.resolve("none.json")).read())
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("yumen keys create");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"version\": 1 | \"version\": 2 | version is 2",
        "\"version\": 1, | `` | version is missing",
        "\"keys\" | \"clefs\" | line 13: keys is missing",
        "0123456789ab | 0123456789AB | line 11: id must be",
        "0123456789ab | ../../../etc | line 11: id must be",
        "\"name\": \"ci\" | \"name\": \"\" | line 11: name must be",
        "\"name\": \"ci\" | \"name\": \"a\\u001b[2J\" | line 11: name must be",
        "\"name\": \"ci\", | `` | line 11: name is missing",
        "\"name\": \"ci\" | \"name\": null | line 11: name is missing",
        "2026-11-24T12:00:00Z | yesterday | line 8: created has a wrong form",
        "[\"*\"] | [] | line 11: models must hold",
        "sha256:A | md5:A | line 11: hash must be",
        "\"tenant\" | \"name\" | line 7: Duplicate",
        "\"models\" | \"expire\": null, \"models\" | line 11: expire is not a field",
        "\"id\" | id | line 5: Unexpected character",
        "[\"*\"] | \"*\" | line 9: models has a wrong form",
        "[\"*\"] | [null] | line 11: a model is missing",
      })
  void damage_is_told_with_its_line(String from, String to, String message) throws IOException {
    assertThat(GOOD).contains(from);
    var path = write(GOOD.replace(from, to));

    assertThatThrownBy(() -> new KeyFile(path).read())
        .isInstanceOf(IOException.class)
        .hasMessageContaining(path.toString())
        .hasMessageContaining(message);
  }

  @Test
  void two_keys_with_one_id_are_refused() throws IOException {
    var entry = GOOD.substring(GOOD.indexOf("    {"), GOOD.indexOf("    }") + 5);
    var path = write(GOOD.replace(entry, entry + "," + entry));

    assertThatThrownBy(() -> new KeyFile(path).read()).hasMessageContaining("0123456789ab");
  }

  @Test
  void a_file_cut_off_anywhere_is_refused_and_never_half_read() throws IOException {
    var whole = GOOD.strip();

    for (int i = 0; i < whole.length(); i++) {
      var path = write(whole.substring(0, i));
      assertThatThrownBy(() -> new KeyFile(path).read())
          .as("%d characters", i)
          .isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "null", "1", "\u0000\u0000", "{\"version\":1,\"keys\":[null]}"})
  void garbage_is_refused(String garbage) throws IOException {
    var path = write(garbage);

    assertThatThrownBy(() -> new KeyFile(path).read()).isInstanceOf(IOException.class);
  }

  @Test
  void garbage_after_the_end_is_refused() throws IOException {
    var path = write(GOOD + "}");

    assertThatThrownBy(() -> new KeyFile(path).read()).isInstanceOf(IOException.class);
  }

  @Test
  void a_new_file_belongs_to_its_owner_alone() throws IOException {
    var path = directory.resolve("keys.json");

    new KeyFile(path).change(_ -> List.of());

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
  }

  @Test
  void a_change_keeps_the_permissions_that_let_the_gateway_read() throws IOException {
    var path = write(GOOD);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r-----"));

    new KeyFile(path).change(keys -> append(keys, key("more", null)));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-r-----");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r--r--", "rw-----w-", "rw-rw-rw-"})
  void a_file_open_to_everyone_is_neither_read_nor_changed(String permissions) throws IOException {
    var path = write(GOOD);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));

    assertThatThrownBy(() -> new KeyFile(path).read())
        .hasMessageContaining("open to every user")
        .hasMessageContaining("chmod 600 " + path);
    assertThatThrownBy(() -> new KeyFile(path).change(_ -> List.of()))
        .hasMessageContaining("open to every user");
    assertThat(Files.readString(path)).isEqualTo(GOOD);
  }

  @Test
  void a_damaged_file_is_not_overwritten() throws IOException {
    var path = write("{");

    assertThatThrownBy(() -> new KeyFile(path).change(_ -> List.of()))
        .isInstanceOf(IOException.class);

    assertThat(Files.readString(path)).isEqualTo("{");
  }

  @Test
  void a_change_that_fails_leaves_the_old_file_and_nothing_beside_it() throws IOException {
    var path = write(GOOD);

    assertThatThrownBy(() ->
            new KeyFile(path)
                .change(_ -> {
                  throw new IllegalStateException("no");
                }))
        .isInstanceOf(IllegalStateException.class);

    assertThat(Files.readString(path)).isEqualTo(GOOD);
    assertThat(names()).containsExactlyInAnyOrder("keys.json", "keys.json.lock");
  }

  @Test
  void what_a_killed_writer_left_behind_does_no_harm() throws IOException {
    var path = write(GOOD);
    Files.writeString(directory.resolve(".keys.json123.new"), "{\"version\":1,\"ke");
    Files.writeString(directory.resolve("keys.json.lock"), "");

    new KeyFile(path).change(keys -> append(keys, key("more", null)));

    assertThat(new KeyFile(path).read()).hasSize(2);
  }

  @Test
  void a_link_stays_a_link_and_its_target_changes() throws IOException {
    var target = write(GOOD);
    var link = Files.createSymbolicLink(directory.resolve("link.json"), target);

    new KeyFile(link).change(keys -> append(keys, key("more", null)));

    assertThat(link).isSymbolicLink();
    assertThat(new KeyFile(target).read()).hasSize(2);
  }

  @Test
  void writers_at_the_same_time_lose_nothing() throws Exception {
    var path = directory.resolve("keys.json");
    var tasks = new ArrayList<Callable<Boolean>>();
    for (int i = 0; i < 16; i++) {
      var key = key("writer " + i, null);
      tasks.add(() -> {
        new KeyFile(path).change(keys -> append(keys, key));
        return true;
      });
    }

    try (var executor = Executors.newFixedThreadPool(8)) {
      for (var task : executor.invokeAll(tasks)) {
        assertThat(task.get()).isTrue();
      }
    }

    assertThat(new KeyFile(path).read()).hasSize(16);
  }

  @Test
  void a_missing_directory_is_told() {
    var path = directory.resolve("none").resolve("keys.json");

    assertThatThrownBy(() -> new KeyFile(path).change(_ -> List.of()))
        .isInstanceOf(IOException.class)
        .hasMessage(path + " cannot be written: the directory does not exist");
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private Path write(String content) throws IOException {
    var path = directory.resolve("keys.json");
    Files.writeString(path, content);
    return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
  }

  private static Key key(String name, Instant expires) {
    return NewKey.of(name, "acme", List.of("*"), expires, NOW, RANDOM).key();
  }

  private static List<Key> append(List<Key> keys, Key key) {
    var more = new ArrayList<>(keys);
    more.add(key);
    return more;
  }
}
