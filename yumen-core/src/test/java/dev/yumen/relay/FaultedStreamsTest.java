package dev.yumen.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yumen.exchange.Delivery.Ending;
import dev.yumen.exchange.Endpoint;
import dev.yumen.exchange.Reason;
import dev.yumen.exchange.Usage;
import dev.yumen.relay.RandomStream.Piece;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A hundred thousand streams, each with its own pieces, chunks, fault, back-pressure and pauses:
 * nothing is lost, doubled, torn or out of order, and what is told of it is true. A failure names
 * the seed that brings it back.
 */
class FaultedStreamsTest {
  private static final int STREAMS = 100_000;
  private static final long FIRST_SEED = 20261124;
  private static final byte[] PING =
      "event: ping\ndata: {\"type\": \"ping\"}\n\n".getBytes(StandardCharsets.UTF_8);
  private static final byte[] FAREWELL = "event: error\ndata: ".getBytes(StandardCharsets.UTF_8);

  private enum Fault {
    NONE,
    ENDS_EARLY,
    BREAKS,
    FALLS_SILENT,
    CALLER_LEAVES,
    CALLER_STOPS_READING,
    SHUTDOWN
  }

  private static final List<Fault> FAULTS = List.of(Fault.values());

  @Test
  void every_faulted_stream_keeps_the_laws() throws IOException {
    int interrupted = 0;
    for (int i = 0; i < STREAMS; i++) {
      long seed = FIRST_SEED + i;
      try {
        interrupted += new Run(new Random(seed)).play() ? 1 : 0;
      } catch (AssertionError e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
    assertThat(interrupted).as("streams that met their fault").isGreaterThan(STREAMS / 3);
  }

  /** One stream on its way, and what must have come of it. */
  private static final class Run {
    private final Random random;
    private final RandomStream stream;
    private final Fault fault;
    private final boolean compressed;
    private final byte[] wire;
    private final int faultAt;
    private int given;
    private boolean neverDrains;

    Run(Random random) throws IOException {
      this.random = random;
      stream = RandomStream.of(random);
      fault = FAULTS.get(random.nextInt(FAULTS.size()));
      compressed = random.nextInt(5) == 0;
      wire = compressed ? compress(stream.pieces()) : stream.bytes();
      faultAt = fault == Fault.NONE ? wire.length : random.nextInt(wire.length + 1);
    }

    /** Returns whether the stream was interrupted. */
    boolean play() {
      var headers =
          compressed ? Scene.EVENT_STREAM.and("content-encoding", "gzip") : Scene.EVENT_STREAM;
      var scene = Scene.of(Endpoint.MESSAGES, 200, headers).play(this::script);
      return new Check(this, scene).laws();
    }

    private void script(Scene scene) {
      int longest = random.nextInt(3) == 0 ? 1 + random.nextInt(4) : 1 + random.nextInt(400);
      while (given < faultAt && !scene.over()) {
        if (scene.providerPaused() && random.nextInt(4) > 0) {
          wait(scene, Duration.ofSeconds(random.nextInt(20)));
          if (scene.over()) {
            return;
          }
          scene.callerDrains();
        }
        if (random.nextInt(6) == 0) {
          scene.callerIsFull();
        }
        if (random.nextInt(12) == 0) {
          wait(scene, Duration.ofSeconds(random.nextInt(40)));
          if (scene.over()) {
            return;
          }
        }
        int next = Math.min(faultAt, given + 1 + random.nextInt(longest));
        byte[] chunk = Arrays.copyOfRange(wire, given, next);
        given = next;
        scene.provider(chunk);
      }
      if (!scene.over()) {
        meetFault(scene);
      }
    }

    private void meetFault(Scene scene) {
      if (fault != Fault.CALLER_STOPS_READING && scene.providerPaused()) {
        scene.callerDrains();
      }
      switch (fault) {
        case NONE, ENDS_EARLY -> scene.providerEnds();
        case BREAKS -> scene.providerBreaks();
        case FALLS_SILENT -> wait(scene, Scene.IDLE);
        case CALLER_LEAVES -> scene.callerLeaves();
        case CALLER_STOPS_READING -> {
          neverDrains = true;
          scene.callerIsFull();
          wait(scene, Scene.IDLE.plus(Scene.STUCK));
        }
        case SHUTDOWN -> scene.shutsDown();
      }
    }

    private static void wait(Scene scene, Duration time) {
      for (long second = 0; second < time.toSeconds() && !scene.over(); second++) {
        scene.passesAtOnce(Duration.ofSeconds(1));
      }
    }

    private static byte[] compress(List<Piece> pieces) throws IOException {
      var bytes = new ByteArrayOutputStream();
      try (var gzip = new GZIPOutputStream(bytes, true)) {
        for (Piece piece : pieces) {
          gzip.write(piece.bytes());
          gzip.flush();
        }
      }
      return bytes.toByteArray();
    }
  }

  /** Compares what the caller got, and what is told, with what the provider said. */
  private static final class Check {
    private final Run run;
    private final Scene scene;
    private final byte[] received;
    private int at;
    private int passed;
    private long events;
    private boolean tail;
    private boolean farewell;
    private @Nullable Piece last;

    Check(Run run, Scene scene) {
      this.run = run;
      this.scene = scene;
      this.received = scene.received();
    }

    boolean laws() {
      read();
      if (!scene.opened()) {
        return nothingWasSent();
      }
      boolean finished = tail || (last != null && last.finished());
      everyWholeEventPassed();
      var delivery = scene.delivery();
      assertThat(delivery.bytes()).isEqualTo(received.length);
      assertThat(delivery.events()).as(() -> "events of " + scene.text()).isEqualTo(events);
      assertThat(delivery.usage()).isIn(usages());
      assertThat(delivery.status()).isEqualTo(200);
      assertThat(delivery.ending())
          .as(() -> "ending after " + run.fault + " of " + scene.text())
          .isEqualTo(ending(finished));
      assertThat(scene.endedCleanly())
          .as("ended with a word that says so")
          .isEqualTo(farewell || (finished && !scene.reset()));
      assertThat(farewell && finished).as("something follows the last word").isFalse();
      return !finished;
    }

    /** Takes the received bytes apart: pieces in their order, pings between them, a farewell. */
    private void read() {
      var pieces = run.stream.pieces();
      while (at < received.length) {
        assertThat(farewell || tail).as("something follows the end").isFalse();
        Piece next = passed < pieces.size() ? pieces.get(passed) : null;
        if (next != null && follows(next.bytes(), next.bytes().length)) {
          at += next.bytes().length;
          passed++;
          events += next.event() ? 1 : 0;
          last = next;
        } else if (follows(PING, PING.length)) {
          assertThat(last == null || last.finished()).as("a ping out of place").isFalse();
          at += PING.length;
        } else if (next != null && follows(next.bytes(), received.length - at)) {
          unterminated(next);
        } else {
          wholeFarewell();
        }
      }
    }

    private void wholeFarewell() {
      String text = new String(received, at, received.length - at, StandardCharsets.UTF_8);
      assertThat(follows(FAREWELL, FAREWELL.length)).as("torn or foreign: %s", text).isTrue();
      assertThat(text).endsWith("}\n\n").contains("\"type\":\"error\"", "\"request_id\":\"req_");
      assertThat(text.indexOf("\n\n")).isEqualTo(text.length() - 2);
      farewell = true;
      at = received.length;
    }

    private void unterminated(Piece next) {
      int rest = received.length - at;
      assertThat(scene.endedCleanly()).isTrue();
      boolean afterLastWord = last != null && last.finished();
      if (!afterLastWord) {
        assertThat(rest).as("half an event at the end").isGreaterThanOrEqualTo(next.words());
        assertThat(next.finished()).as("half a stream").isTrue();
        events += next.event() ? 1 : 0;
        last = next;
      }
      tail = true;
      at = received.length;
    }

    private boolean follows(byte[] bytes, int length) {
      return received.length - at >= length
          && bytes.length >= length
          && Arrays.equals(received, at, at + length, bytes, 0, length);
    }

    /** Without compression it is known which events were whole when the exchange ended. */
    private void everyWholeEventPassed() {
      if (run.compressed) {
        if (run.given == run.wire.length) {
          assertThat(passed).isEqualTo(run.stream.pieces().size());
        }
        return;
      }
      int whole = 0;
      int length = 0;
      for (Piece piece : run.stream.pieces()) {
        length += piece.bytes().length;
        whole += length <= run.given ? 1 : 0;
      }
      assertThat(passed).as("events passed of those that came whole").isEqualTo(whole);
    }

    /** What was reported in the last event that passed, or in one that lacked its empty line. */
    private List<Usage> usages() {
      var pieces = run.stream.pieces();
      Usage reported = last == null ? Usage.NONE : last.usage();
      return passed < pieces.size()
          ? List.of(reported, pieces.get(passed).usage())
          : List.of(reported);
    }

    private Ending ending(boolean finished) {
      boolean stuck = run.neverDrains && scene.reset();
      if (scene.reset() && (stuck || !finished || scene.providerPaused())) {
        return Ending.CALLER;
      }
      if (finished) {
        return last != null && last.failed() ? Ending.PROVIDER : Ending.COMPLETE;
      }
      return run.fault == Fault.SHUTDOWN && run.given == run.faultAt
          ? Ending.GATEWAY
          : Ending.PROVIDER;
    }

    private boolean nothingWasSent() {
      assertThat(received).isEmpty();
      if (run.fault == Fault.CALLER_LEAVES) {
        assertThat(scene.abandoned()).isTrue();
      } else {
        assertThat(scene.refused().refusal().reason())
            .isIn(Reason.PROVIDER_BROKEN, Reason.PROVIDER_TIMEOUT, Reason.SHUTTING_DOWN);
      }
      assertThat(scene.providerClosed()).isTrue();
      return true;
    }
  }
}
