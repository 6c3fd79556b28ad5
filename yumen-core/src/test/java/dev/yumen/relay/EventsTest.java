package dev.yumen.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yumen.Recordings;
import dev.yumen.exchange.Meter;
import dev.yumen.exchange.Usage;
import dev.yumen.relay.Passage.Overlong;
import dev.yumen.relay.Passage.Stretch;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole events pass as they come; the beginning of one that is not complete is held back. */
class EventsTest {
  private static final int LONGEST = 1 << 20;

  /** Sees what the meter sees; finished when an event holds the word STOP. */
  private static final class Seen implements Meter {
    final List<String> events = new ArrayList<>();
    boolean finished;

    @Override
    public void event(byte[] bytes, int from, int to) {
      String event = new String(bytes, from, to - from, StandardCharsets.UTF_8);
      events.add(event);
      finished |= event.contains("STOP");
    }

    @Override
    public void body(byte[] bytes) {}

    @Override
    public boolean finished() {
      return finished;
    }

    @Override
    public boolean failed() {
      return false;
    }

    @Override
    public Usage usage() {
      return Usage.NONE;
    }

    @Override
    public @Nullable String model() {
      return null;
    }
  }

  private final Seen seen = new Seen();
  private final Events events = new Events(seen, LONGEST);

  @Test
  void an_event_passes_when_its_empty_line_is_there() throws Overlong {
    assertThat(take("event: a\n")).isEmpty();
    assertThat(take("data: 1\n")).isEmpty();
    assertThat(take("\n")).isEqualTo("event: a\ndata: 1\n\n");
    assertThat(seen.events).containsExactly("event: a\ndata: 1\n\n");
  }

  @Test
  void what_follows_the_last_whole_event_waits() throws Overlong {
    assertThat(take("data: 1\n\ndata: 2\n\nda")).isEqualTo("data: 1\n\ndata: 2\n\n");
    assertThat(take("ta: 3\n\n")).isEqualTo("data: 3\n\n");
    assertThat(events.events()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void every_line_end_of_the_format_is_known_wherever_the_bytes_are_cut(String end)
      throws Overlong {
    String first = "event: a" + end + "data: 1" + end + end;
    String second =
        ": note" + end + "id: 7" + end + "retry: 5" + end + "data: x" + end + "data: y" + end + end;
    byte[] stream = (first + second).getBytes(StandardCharsets.UTF_8);

    for (int i = 0; i <= stream.length; i++) {
      for (int j = i; j <= stream.length; j++) {
        var meter = new Seen();
        var passage = new Events(meter, LONGEST);

        byte[] passed = pass(passage, stream, i, j);

        assertThat(passed).as("cut at %d and %d", i, j).isEqualTo(stream);
        assertThat(passage.events()).isEqualTo(2);
        assertThat(meter.events).hasSize(2);
        // With CR LF the last LF may come later, after the event was recognised by its CR.
        assertThat(meter.events.getFirst()).isIn(first, first.substring(0, first.length() - 1));
        assertThat(second).contains(meter.events.getLast().strip());
      }
    }
  }

  @Test
  void a_cr_ends_an_event_at_once_though_a_lf_may_follow() throws Overlong {
    assertThat(take("data: 1\r\n\r")).isEqualTo("data: 1\r\n\r");
    assertThat(take("\n")).isEqualTo("\n");
    assertThat(take("data: 2\r\n\r\n")).isEqualTo("data: 2\r\n\r\n");
    assertThat(events.events()).isEqualTo(2);
  }

  @Test
  void a_block_without_data_passes_and_is_no_event() throws Overlong {
    assertThat(take(": comment\n\n\n\nevent: a\n\ndatabase: 1\n\n"))
        .isEqualTo(": comment\n\n\n\nevent: a\n\ndatabase: 1\n\n");
    assertThat(events.events()).isZero();
    assertThat(take("data\n\n")).isEqualTo("data\n\n");
    assertThat(events.events()).isOne();
  }

  @Test
  void a_last_event_without_its_empty_line_passes_if_it_is_all_there_and_the_source_ended_well()
      throws Overlong {
    assertThat(take("data: 1\n\ndata: STOP")).isEqualTo("data: 1\n\n");

    assertThat(string(events.rest(true))).isEqualTo("data: STOP");
    assertThat(events.events()).isEqualTo(2);
  }

  @Test
  void half_an_event_never_passes_at_the_end() throws Overlong {
    assertThat(take("data: 1\n\ndata: 2\n")).isEqualTo("data: 1\n\n");

    assertThat(string(events.rest(true))).isEmpty();
    assertThat(events.events()).isOne();
  }

  @Test
  void a_last_event_without_its_empty_line_does_not_pass_when_the_source_broke() throws Overlong {
    assertThat(take("data: STOP\n")).isEmpty();

    assertThat(string(events.rest(false))).isEmpty();
    assertThat(events.finished()).isFalse();
  }

  @Test
  void what_follows_the_last_word_passes_too_for_it_is_not_ours_to_judge() throws Overlong {
    assertThat(take("data: STOP\n\ndata: [DONE]\n\n")).isEqualTo("data: STOP\n\ndata: [DONE]\n\n");
    assertThat(take("data: more")).isEmpty();

    assertThat(string(events.rest(true))).isEqualTo("data: more");
  }

  @Test
  void the_beginning_of_an_event_is_held_up_to_the_limit() throws Overlong {
    var passage = new Events(seen, 100);
    assertThat(string(passage.take(bytes("data: 1\n\ndata: ")))).isEqualTo("data: 1\n\n");
    assertThat(string(passage.take(bytes("x".repeat(100))))).isEmpty();

    assertThatThrownBy(() -> passage.take(bytes("x"))).isInstanceOf(Overlong.class);
  }

  @Test
  void the_whole_events_before_an_overlong_one_are_not_lost() throws Overlong {
    var passage = new Events(seen, 100);

    assertThat(string(passage.take(bytes("data: 1\n\ndata: " + "x".repeat(200)))))
        .isEqualTo("data: 1\n\n");
    assertThatThrownBy(() -> passage.take(bytes("x"))).isInstanceOf(Overlong.class);
  }

  @Test
  void every_recorded_stream_passes_whole_at_every_split() throws Overlong {
    for (var recording : Recordings.streams().entrySet()) {
      byte[] stream = recording.getValue();
      long expected = events(stream);
      for (int cut : cuts(stream)) {
        var passage = new Events(new Seen(), LONGEST);

        byte[] passed = pass(passage, stream, cut, cut);

        assertThat(Arrays.equals(passed, 0, passed.length, stream, 0, passed.length)).isTrue();
        assertThat(stream.length - passed.length)
            .as("held of %s cut at %d", recording.getKey(), cut)
            .isEqualTo(unterminated(stream));
        assertThat(passage.events()).isEqualTo(expected);
      }
    }
  }

  @Test
  void every_recorded_stream_passes_byte_by_byte_and_in_random_pieces() throws Overlong {
    var random = new Random(20261124);
    for (var recording : Recordings.streams().entrySet()) {
      byte[] stream = recording.getValue();
      for (int round = 0; round < 20; round++) {
        int longest = round == 0 ? 1 : 1 + random.nextInt(1 + random.nextInt(3000));
        var passage = new Events(new Seen(), LONGEST);
        var passed = new ByteArrayOutputStream();
        for (int at = 0; at < stream.length; ) {
          int next = Math.min(stream.length, at + 1 + random.nextInt(longest));
          write(passage.take(Arrays.copyOfRange(stream, at, next)), passed);
          at = next;
        }

        assertThat(passed.size()).isEqualTo(stream.length - unterminated(stream));
        assertThat(Arrays.mismatch(passed.toByteArray(), stream))
            .as("%s in round %d", recording.getKey(), round)
            .isIn(-1, passed.size());
      }
    }
  }

  /** Every position of short streams; of long ones those near line ends. */
  private static List<Integer> cuts(byte[] stream) {
    var cuts = new ArrayList<Integer>();
    for (int i = 0; i <= stream.length; i++) {
      boolean near = false;
      for (int k = Math.max(0, i - 3); k < Math.min(stream.length, i + 3); k++) {
        near |= stream[k] == '\n';
      }
      if (stream.length < 6_000 || near) {
        cuts.add(i);
      }
    }
    return cuts;
  }

  private static long events(byte[] stream) {
    String text = new String(stream, StandardCharsets.UTF_8);
    return text.split("\n\n", -1).length - 1L;
  }

  private static int unterminated(byte[] stream) {
    String text = new String(stream, StandardCharsets.UTF_8);
    String rest = text.substring(text.lastIndexOf("\n\n") + 2);
    return rest.getBytes(StandardCharsets.UTF_8).length;
  }

  private static byte[] pass(Events passage, byte[] stream, int i, int j) throws Overlong {
    var passed = new ByteArrayOutputStream(stream.length);
    write(passage.take(Arrays.copyOfRange(stream, 0, i)), passed);
    write(passage.take(Arrays.copyOfRange(stream, i, j)), passed);
    write(passage.take(Arrays.copyOfRange(stream, j, stream.length)), passed);
    return passed.toByteArray();
  }

  private static void write(Stretch stretch, ByteArrayOutputStream to) {
    to.write(stretch.bytes(), stretch.from(), stretch.length());
  }

  private String take(String text) throws Overlong {
    return string(events.take(bytes(text)));
  }

  private static String string(Stretch stretch) {
    return new String(stretch.bytes(), stretch.from(), stretch.length(), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
