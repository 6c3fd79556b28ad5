package dev.yumen.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * How the door is closed under those who still talk, and that it opens on as many loops as asked.
 */
@ExtendWith(WithoutComplaint.class)
@SuppressWarnings("StringConcatToTextBlock") // line ends are part of what is tested
class DrainTest {
  private static final Duration FOREVER = Duration.ofMinutes(10);

  private static ScriptedProvider holding(CountDownLatch release) throws IOException {
    return new ScriptedProvider(conversation -> {
      var request = conversation.readRequest();
      if (request == null) {
        return;
      }
      boolean stream = request.toString().contains("stream");
      if (stream) {
        conversation.send(
            ScriptedProvider.STREAM
                + ScriptedProvider.chunk(ScriptedProvider.event("message_start")));
      }
      try {
        release.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      conversation.send(
          stream
              ? ScriptedProvider.chunk(ScriptedProvider.event("message_stop")) + "0\r\n\r\n"
              : ScriptedProvider.whole(200, "application/json", ScriptedProvider.MESSAGE));
    });
  }

  @Test
  void what_runs_is_finished_and_nothing_else_begun() throws Exception {
    var release = new CountDownLatch(1);
    try (var provider = holding(release);
        var door = new OpenDoor(provider.base(), s -> s.lanes(2));
        var resting = door.call();
        var unused = door.call();
        var unary = door.call();
        var streaming = door.call()) {
      assertThat(resting.send("HEAD / HTTP/1.1\r\nhost: door\r\n\r\n").readHeadOnly().status())
          .isEqualTo(200);
      unary.send(RawCaller.question() + RawCaller.get("/v1/models"));
      streaming.send(RawCaller.streamingQuestion()).readHead();
      streaming.readChunk();
      provider.nextRequest();
      provider.nextRequest();

      var closed = door.door().close(FOREVER);

      assertThat(resting.readToEnd()).isEmpty();
      assertThat(unused.readToEnd()).isEmpty();
      assertThatThrownBy(() -> refusedConnection(door)).isInstanceOf(IOException.class);
      assertThat(closed.isComplete()).isFalse();

      release.countDown();

      assertThat(new String(streaming.readChunk(), StandardCharsets.UTF_8))
          .isEqualTo(ScriptedProvider.event("message_stop"));
      assertThat(streaming.readToEnd()).isEqualTo("0\r\n\r\n");
      var answer = unary.read();
      assertThat(answer.text()).isEqualTo(ScriptedProvider.MESSAGE);
      assertThat(answer.field("connection")).containsExactly("close");
      assertThat(unary.readToEnd()).isEmpty();
      Waiting.on(closed);
      assertThat(door.entries()).hasSize(2);
    }
  }

  /** The listening socket is closed by another thread than this one, so it may take a moment. */
  private static void refusedConnection(OpenDoor door) throws Exception {
    for (int i = 0; i < 200; i++) {
      try (var caller = door.call()) {
        caller.send("HEAD / HTTP/1.1\r\nhost: door\r\n\r\n").readHeadOnly();
      }
      Thread.sleep(50);
    }
  }

  @Test
  void what_still_runs_after_the_patience_is_told_why_it_ends() throws Exception {
    try (var provider = holding(new CountDownLatch(1));
        var door = new OpenDoor(provider.base(), s -> s.lanes(2));
        var reading = door.call();
        var unary = door.call();
        var streaming = door.call()) {
      reading.send(RawCaller.question("x".repeat(1000)).substring(0, 500));
      unary.send(RawCaller.question());
      streaming.send(RawCaller.streamingQuestion()).readHead();
      streaming.readChunk();
      provider.nextRequest();
      provider.nextRequest();

      var closed = door.door().close(Duration.ofMillis(100));

      for (RawCaller caller : new RawCaller[] {reading, unary}) {
        var answer = caller.read();
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.text()).contains("shutting_down");
        assertThat(answer.field("x-should-retry")).containsExactly("true");
        assertThat(answer.field("connection")).containsExactly("close");
      }
      assertThat(new String(streaming.readChunk(), StandardCharsets.UTF_8))
          .startsWith("event: error\ndata: {")
          .contains("shutting_down");
      assertThat(streaming.readToEnd()).isEqualTo("0\r\n\r\n");
      Waiting.on(closed);
      assertThat(door.entries()).hasSize(3);
    }
  }

  @Test
  void a_caller_that_takes_nothing_does_not_keep_the_door_open() throws Exception {
    try (var provider =
            new ScriptedProvider(conversation -> {
              conversation.readRequest();
              conversation.send(ScriptedProvider.STREAM);
              while (true) {
                conversation.send(ScriptedProvider.chunk("event: ping\ndata: {}\n\n".repeat(200)));
              }
            });
        var door = new OpenDoor(provider.base());
        var caller = door.call()) {
      caller.socket().setReceiveBufferSize(64 * 1024);
      caller.send(RawCaller.streamingQuestion()).readHead();

      Waiting.on(door.door().close(Duration.ofMillis(100)));

      assertThat(door.entries()).hasSize(1);
    }
  }

  @Test
  void several_loops_share_one_port() throws Exception {
    try (var provider = ScriptedProvider.answeringMessages();
        var door = new OpenDoor(provider.base(), s -> s.lanes(2))) {
      for (int i = 0; i < 8; i++) {
        try (var caller = door.call()) {
          assertThat(caller.send(RawCaller.question()).read().status()).isEqualTo(200);
        }
      }

      // each loop has its own connection to the provider
      assertThat(provider.connections()).isEqualTo(2);
    }
  }
}
