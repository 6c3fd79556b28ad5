package dev.yumen.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.yumen.exchange.Meter;
import dev.yumen.exchange.Usage;
import dev.yumen.relay.Passage.Overlong;
import dev.yumen.relay.Passage.Stretch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Whatever the bytes and wherever they are cut, the same comes out. */
class RelayFuzzTest {
  private static final int LIMIT = 1 << 16;

  @FuzzTest(maxDuration = "1m")
  void events_pass_the_same_wherever_they_are_cut(FuzzedDataProvider data) throws Overlong {
    int[] cuts = {data.consumeInt(0, 200), data.consumeInt(0, 200), data.consumeInt(0, 200)};
    byte[] stream = data.consumeRemainingAsBytes();

    var whole = pass(stream, stream.length);
    var cut = pass(stream, cuts);
    var single = pass(stream, every(stream.length));

    byte[] end = {'\n'};
    assertThat(cut.bytes).isEqualTo(whole.bytes);
    assertThat(single.bytes).isEqualTo(whole.bytes);
    assertThat(cut.events).isEqualTo(whole.events);
    assertThat(single.events).isEqualTo(whole.events);
    assertThat(whole.bytes).isEqualTo(Arrays.copyOf(stream, whole.bytes.length));
    if (whole.bytes.length > 0) {
      assertThat(whole.bytes[whole.bytes.length - 1]).isIn(end[0], (byte) '\r');
    }
  }

  @FuzzTest(maxDuration = "1m")
  void gzip_is_decoded_the_same_wherever_it_is_cut(FuzzedDataProvider data) {
    int[] cuts = {data.consumeInt(0, 100), data.consumeInt(0, 100)};
    byte[] gzip = data.consumeRemainingAsBytes();

    byte[] whole = decode(gzip);
    byte[] cut = decode(gzip, cuts);
    byte[] single = decode(gzip, every(gzip.length));

    assertThat(cut).isEqualTo(whole);
    assertThat(single).isEqualTo(whole);
    byte[] platform = platform(gzip);
    if (platform != null && whole != null) {
      assertThat(whole).isEqualTo(platform);
    }
  }

  private record Passed(byte[] bytes, long events, List<Integer> lengths) {}

  private static int[] every(int length) {
    int[] cuts = new int[Math.min(length, 2000)];
    Arrays.setAll(cuts, i -> i);
    return cuts;
  }

  private static Passed pass(byte[] stream, int... cuts) throws Overlong {
    var lengths = new ArrayList<Integer>();
    var events = new Events(new Lengths(lengths), LIMIT);
    var out = new ByteArrayOutputStream();
    int from = 0;
    int[] sorted = cuts.clone();
    Arrays.sort(sorted);
    for (int cut : sorted) {
      int to = Math.min(cut, stream.length);
      write(events.take(Arrays.copyOfRange(stream, from, to)), out);
      from = to;
    }
    write(events.take(Arrays.copyOfRange(stream, from, stream.length)), out);
    return new Passed(out.toByteArray(), events.events(), lengths);
  }

  private static void write(Stretch stretch, ByteArrayOutputStream out) {
    out.write(stretch.bytes(), stretch.from(), stretch.length());
  }

  private static byte @Nullable [] decode(byte[] gzip, int... cuts) {
    var out = new ByteArrayOutputStream();
    int[] sorted = cuts.clone();
    Arrays.sort(sorted);
    try (var inflation = new Inflation()) {
      int from = 0;
      for (int cut : sorted) {
        int to = Math.min(cut, gzip.length);
        out.writeBytes(inflation.take(Arrays.copyOfRange(gzip, from, to), LIMIT));
        from = to;
      }
      out.writeBytes(inflation.take(Arrays.copyOfRange(gzip, from, gzip.length), LIMIT));
      return inflation.complete() && out.size() <= LIMIT ? out.toByteArray() : null;
    } catch (DataFormatException | Overlong e) {
      return null;
    }
  }

  private static byte @Nullable [] platform(byte[] gzip) {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      byte[] bytes = in.readNBytes(LIMIT);
      return in.read() < 0 ? bytes : null;
    } catch (IOException e) {
      return null;
    }
  }

  /** Notes how long each block was that the meter was shown. */
  private record Lengths(List<Integer> lengths) implements Meter {
    @Override
    public void event(byte[] bytes, int from, int to) {
      assertThat(to).isGreaterThan(from);
      lengths.add(to - from);
    }

    @Override
    public void body(byte[] bytes) {}

    @Override
    public boolean finished() {
      return false;
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
}
