package dev.yumen.server.settings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever a settings file holds, the outcome is settings or problems, never an exception, and
 * never a message with a secret.
 */
class AnyBytesTest {
  private static final int ROUNDS = 1000;

  /** What mutations are made of: the characters that mean something in YAML, and some words. */
  private static final String[] PIECES =
      ("{¦}¦[¦]¦:¦: ¦-¦- ¦?¦? ¦*¦&¦!¦!!str ¦|¦>¦%¦@¦'¦\"¦#¦ #¦,¦\n¦\n\n¦\t¦ ¦  ¦---\n¦...\n¦~¦null¦${¦"
              + "${env:X}¦${file:.}¦0¦-1¦99999999999999999999¦1e9¦.inf¦true¦\u0000¦\ufeff¦\u2028¦\\¦\\x"
              + "¦/¦name¦providers¦simulation")
          .split("¦");

  @TempDir private static Path path;
  private static SettingsDirectory directory;

  @BeforeAll
  static void a_directory_with_what_files_refer_to() throws IOException {
    directory = SettingsDirectory.in(path);
  }

  @Test
  void changed_files_are_settings_or_problems() throws IOException {
    var random = new Random(20261124);
    byte[] full = SettingsDirectory.full().getBytes(UTF_8);
    int valid = 0;

    for (int round = 0; round < ROUNDS; round++) {
      valid += check(changed(full, random)) ? 1 : 0;
    }

    // Otherwise the changes are too wild, or too tame, to try anything.
    assertThat(valid).isBetween(ROUNDS / 100, ROUNDS / 2);
  }

  @Test
  void a_secret_written_out_anywhere_is_never_repeated() throws IOException {
    var full = SettingsDirectory.full();

    for (int at = 0; at <= full.length(); at += 2) {
      var yaml = full.substring(0, at) + SettingsDirectory.SECRET + full.substring(at);
      check(yaml.getBytes(UTF_8));
    }
  }

  private static boolean check(byte[] bytes) throws IOException {
    var reading = directory.read(bytes);
    switch (reading) {
      case Reading.Valid valid -> assertThat(valid.settings().providers()).isNotEmpty();
      case Reading.Invalid invalid -> {
        assertThat(invalid.problems()).isNotEmpty();
        for (var problem : invalid.problems()) {
          assertThat(problem.line()).isPositive();
          assertThat(problem.column()).isPositive();
          assertThat(problem.sentence()).matches("(?s)[^\\p{Cntrl}]+[.?]").doesNotContain("canary");
        }
      }
    }
    return reading instanceof Reading.Valid;
  }

  private static byte[] changed(byte[] original, Random random) {
    var bytes = original;
    for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
      int from = random.nextInt(bytes.length + 1);
      int to = Math.min(bytes.length, from + (random.nextBoolean() ? 0 : random.nextInt(8)));
      var out = new ByteArrayOutputStream();
      out.write(bytes, 0, from);
      if (random.nextInt(8) == 0) {
        out.write(random.nextInt(256));
      } else {
        out.writeBytes(PIECES[random.nextInt(PIECES.length)].getBytes(UTF_8));
      }
      out.write(bytes, to, bytes.length - to);
      bytes = out.toByteArray();
    }
    return bytes;
  }
}
