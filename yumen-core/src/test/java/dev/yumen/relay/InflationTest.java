package dev.yumen.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yumen.Recordings;
import dev.yumen.relay.Passage.Overlong;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** gzip is decoded as it comes, wherever it is cut. */
class InflationTest {
  private static final int LIMIT = 1 << 20;
  private static final byte[] TEXT = "data: one\n\ndata: two\n\n".getBytes(StandardCharsets.UTF_8);

  @Test
  void a_stream_decodes_to_the_same_bytes_at_every_split() throws Exception {
    byte[] gzip = gzip(TEXT);
    for (int cut = 0; cut <= gzip.length; cut++) {
      assertThat(decode(gzip, cut)).as("cut at %d", cut).isEqualTo(TEXT);
    }
  }

  @Test
  void recorded_streams_decode_to_the_same_bytes_in_random_pieces() throws Exception {
    var random = new Random(20261124);
    for (var recording : Recordings.streams().entrySet()) {
      byte[] gzip = gzip(recording.getValue());
      int[] cuts = random.ints(5, 0, gzip.length + 1).sorted().toArray();

      assertThat(decode(gzip, cuts)).as(recording.getKey()).isEqualTo(recording.getValue());
    }
  }

  @Test
  void every_optional_field_of_a_head_is_passed_over_at_every_split() throws Exception {
    var head = new ByteArrayOutputStream();
    head.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 0});
    head.writeBytes(new byte[] {3, 0, 'a', 0, 'b'});
    head.writeBytes("name\0comment\0".getBytes(StandardCharsets.US_ASCII));
    head.writeBytes(new byte[] {1, 2});
    byte[] plain = gzip(TEXT);
    byte[] gzip = concat(head.toByteArray(), Arrays.copyOfRange(plain, 10, plain.length));

    for (int i = 0; i <= gzip.length; i++) {
      assertThat(decode(gzip, i)).as("cut at %d", i).isEqualTo(TEXT);
    }
  }

  @Test
  void members_follow_one_another_at_every_split() throws Exception {
    byte[] gzip = concat(gzip(TEXT), concat(gzip(new byte[0]), gzip(TEXT)));

    for (int i = 0; i <= gzip.length; i++) {
      assertThat(decode(gzip, i)).as("cut at %d", i).isEqualTo(concat(TEXT, TEXT));
    }
  }

  @Test
  void very_many_empty_members_do_not_exhaust_the_stack() throws Exception {
    byte[] member = gzip(new byte[0]);
    byte[] all = new byte[member.length * 50_000];
    for (int i = 0; i < all.length; i++) {
      all[i] = member[i % member.length];
    }

    assertThat(Inflation.whole(all, LIMIT)).isEmpty();
  }

  @Test
  void padding_after_the_last_member_is_ignored() throws Exception {
    byte[] padded = concat(gzip(TEXT), new byte[20]);

    assertThat(Inflation.whole(padded, LIMIT)).isEqualTo(TEXT);
    assertThat(decode(padded, padded.length - 25, padded.length - 3)).isEqualTo(TEXT);
  }

  @Test
  void a_small_bomb_is_stopped_at_the_limit() throws Exception {
    byte[] bomb = gzip(new byte[LIMIT + 1]);
    assertThat(bomb.length).isLessThan(LIMIT / 500);

    assertThatThrownBy(() -> Inflation.whole(bomb, LIMIT)).isInstanceOf(Overlong.class);
    assertThat(Inflation.whole(gzip(new byte[LIMIT]), LIMIT)).hasSize(LIMIT);
  }

  @Test
  void a_head_without_an_end_is_not_collected_for_ever() {
    byte[] endless = new byte[10_000];
    Arrays.fill(endless, (byte) 'x');
    System.arraycopy(new byte[] {0x1f, (byte) 0x8b, 8, 8}, 0, endless, 0, 4);

    try (var inflation = new Inflation()) {
      assertThatThrownBy(() -> inflation.take(endless, LIMIT))
          .isInstanceOf(DataFormatException.class);
    }
  }

  @Test
  void what_ends_too_early_is_not_whole() throws IOException {
    byte[] gzip = gzip(TEXT);
    for (int length = 0; length < gzip.length; length++) {
      byte[] part = Arrays.copyOf(gzip, length);

      assertThatThrownBy(() -> Inflation.whole(part, LIMIT))
          .as("of length %d", length)
          .isInstanceOf(DataFormatException.class);
    }
  }

  @Test
  void damage_is_found_by_the_checksum() throws Exception {
    var random = new Random(7);
    byte[] sound = new byte[2000];
    random.nextBytes(sound);
    byte[] stored = stored(sound);
    assertThat(Inflation.whole(stored, LIMIT)).isEqualTo(sound);

    for (int i = 0; i < 100; i++) {
      byte[] damaged = stored.clone();
      damaged[20 + random.nextInt(sound.length - 20)] ^= 4;

      assertThatThrownBy(() -> Inflation.whole(damaged, LIMIT))
          .isInstanceOf(DataFormatException.class);
    }
  }

  /** What Java's own decoder makes of damaged bytes, this one makes of them too. */
  @Test
  void it_agrees_with_the_decoder_of_the_platform() throws IOException {
    var random = new Random(20261124);
    byte[] gzip = gzip(TEXT);
    for (int i = 0; i < 5_000; i++) {
      byte[] damaged = Arrays.copyOf(gzip, random.nextInt(gzip.length + 1));
      for (int flips = random.nextInt(3); flips > 0 && damaged.length > 0; flips--) {
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      }
      byte[] expected = platform(damaged);
      byte[] actual = ours(damaged);

      boolean otherFlags = damaged.length > 3 && damaged[3] != gzip[3];
      if (!otherFlags) {
        assertThat(actual).as("round %d", i).isEqualTo(expected);
      }
    }
  }

  private static byte[] platform(byte[] gzip) {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      return in.readAllBytes();
    } catch (IOException e) {
      return new byte[] {'!'};
    }
  }

  private static byte[] ours(byte[] gzip) {
    try {
      return Inflation.whole(gzip, LIMIT);
    } catch (DataFormatException | Overlong e) {
      return new byte[] {'!'};
    }
  }

  private static byte[] decode(byte[] gzip, int... cuts) throws Exception {
    var out = new ByteArrayOutputStream();
    try (var inflation = new Inflation()) {
      int from = 0;
      for (int cut : cuts) {
        out.writeBytes(inflation.take(Arrays.copyOfRange(gzip, from, cut), LIMIT));
        from = cut;
      }
      out.writeBytes(inflation.take(Arrays.copyOfRange(gzip, from, gzip.length), LIMIT));
      assertThat(inflation.complete()).isTrue();
    }
    return out.toByteArray();
  }

  static byte[] gzip(byte[] bytes) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  /** Without compression, so that only the checksum can tell a changed byte. */
  private static byte[] stored(byte[] bytes) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var gzip =
        new GZIPOutputStream(out) {
          {
            def.setLevel(Deflater.NO_COMPRESSION);
          }
        }) {
      gzip.write(bytes);
    }
    assertThat(out.size()).isGreaterThan(bytes.length);
    return out.toByteArray();
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
