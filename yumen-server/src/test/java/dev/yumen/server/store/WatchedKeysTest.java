package dev.yumen.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yumen.authentication.Key;
import dev.yumen.authentication.NewKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedKeysTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  @TempDir private Path directory;
  private KeyFile file;
  private WatchedKeys keys;

  @BeforeEach
  void one_key_is_in_force() throws IOException {
    file = new KeyFile(directory.resolve("keys.json"));
    file.change(_ -> List.of(key()));
    keys = new WatchedKeys(file, List.of(), RANDOM);
  }

  @Test
  void nothing_is_read_while_the_file_stays_the_same() {
    var before = keys.get();

    assertThat(keys.refresh()).isFalse();

    assertThat(keys.get()).isSameAs(before);
  }

  @Test
  void a_change_is_in_force_after_the_next_look() throws IOException {
    file.change(_ -> List.of(key(), key()));

    assertThat(keys.refresh()).isTrue();

    assertThat(keys.get().size()).isEqualTo(2);
  }

  @Test
  void a_file_of_the_same_size_and_time_is_seen_by_its_inode() throws IOException {
    var modified = Files.getLastModifiedTime(file.path());
    file.change(_ -> List.of(key()));
    Files.setLastModifiedTime(file.path(), modified);

    assertThat(keys.refresh()).isTrue();
  }

  @Test
  void a_damaged_file_leaves_the_keys_in_force_until_it_is_mended() throws IOException {
    var before = keys.get();
    var good = Files.readString(file.path());

    Files.writeString(file.path(), "{");
    assertThat(keys.refresh()).isFalse();
    assertThat(keys.get()).isSameAs(before);

    Files.writeString(file.path(), good);
    assertThat(keys.refresh()).isTrue();
    assertThat(keys.get()).isNotSameAs(before);
  }

  @Test
  void a_vanished_file_leaves_the_keys_in_force() throws IOException {
    Files.delete(file.path());

    assertThat(keys.refresh()).isFalse();

    assertThat(keys.get().size()).isEqualTo(1);
  }

  @Test
  void a_gateway_does_not_start_without_its_key_file() {
    var missing = new KeyFile(directory.resolve("none.json"));

    assertThatThrownBy(() -> new WatchedKeys(missing, List.of(), RANDOM))
        .isInstanceOf(IOException.class);
  }

  @Test
  void a_key_that_is_always_in_force_needs_no_file_and_stays_beside_one() throws IOException {
    var later = new KeyFile(directory.resolve("later.json"));
    var always = new WatchedKeys(later, List.of(key()), RANDOM);
    assertThat(always.get().size()).isEqualTo(1);

    later.change(_ -> List.of(key()));

    assertThat(always.refresh()).isTrue();
    assertThat(always.get().size()).isEqualTo(2);
  }

  private static Key key() {
    return NewKey.of(
            "ci", "acme", List.of("*"), null, Instant.parse("2026-11-24T12:00:00Z"), RANDOM)
        .key();
  }
}
