package dev.yumen.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yumen.audit.Entry;
import dev.yumen.exchange.Delivery;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A caller that leaves frees the provider's connection at once, whatever the two were about. On
 * both transports, which see hang-ups by different means, and for callers that close and those that
 * vanish.
 */
@ExtendWith(WithoutComplaint.class)
@SuppressWarnings("StringConcatToTextBlock") // line ends are part of what is tested
class HangUpTest {

  private static void leave(RawCaller caller, boolean cut) throws Exception {
    if (cut) {
      caller.cut();
    } else {
      caller.close();
    }
  }

  @ParameterizedTest(name = "native {0}")
  @ValueSource(booleans = {false, true})
  void a_caller_that_leaves_within_its_body_is_forgotten(boolean nativeTransport) throws Exception {
    try (var provider = ScriptedProvider.answeringMessages();
        var door =
            new OpenDoor(
                provider.base(), s -> s.nativeTransport(nativeTransport).inFlight(64 * 1024))) {
      for (boolean cut : new boolean[] {false, true}) {
        var caller = door.call();
        caller.send(RawCaller.question("x".repeat(60_000)).substring(0, 40_000));

        leave(caller, cut);

        assertThat(door.nextEntry().outcome()).isInstanceOf(Entry.Outcome.Abandoned.class);
      }
      assertThat(provider.connections()).isZero();
      assertBudgetIsWhole(door, 64 * 1024);
    }
  }

  /** The budget takes exactly its own size again, so nothing was kept and nothing invented. */
  static void assertBudgetIsWhole(OpenDoor door, int inFlight) throws Exception {
    String start = "{\"model\":\"m\",\"x\":\"";
    try (var caller = door.call()) {
      caller.send(RawCaller.question(start + "x".repeat(inFlight - start.length() - 2) + "\"}"));
      assertThat(caller.read().status()).isEqualTo(200);
      caller.send(RawCaller.question(start + "x".repeat(inFlight - start.length() - 1) + "\"}"));
      assertThat(caller.read().status()).isEqualTo(529);
    }
    door.nextEntry();
    door.nextEntry();
  }

  @ParameterizedTest(name = "native {0}")
  @ValueSource(booleans = {false, true})
  void a_caller_that_leaves_before_the_head_of_the_answer_frees_the_provider(
      boolean nativeTransport) throws Exception {
    try (var provider =
            new ScriptedProvider(conversation -> {
              conversation.readRequest();
              conversation.readToEnd();
            });
        var door = new OpenDoor(provider.base(), s -> s.nativeTransport(nativeTransport))) {
      for (boolean cut : new boolean[] {false, true}) {
        var caller = door.call().send(RawCaller.question());
        provider.nextRequest();

        leave(caller, cut);

        assertThat(provider.next().isClosedByGateway()).isTrue();
        assertThat(door.nextEntry().outcome()).isInstanceOf(Entry.Outcome.Abandoned.class);
      }
    }
  }

  @ParameterizedTest(name = "native {0}")
  @ValueSource(booleans = {false, true})
  void a_caller_that_leaves_while_a_whole_answer_is_collected_frees_the_provider(
      boolean nativeTransport) throws Exception {
    try (var provider =
            new ScriptedProvider(conversation -> {
              conversation.readRequest();
              conversation.send(
                  "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{");
              conversation.readToEnd();
            });
        var door = new OpenDoor(provider.base(), s -> s.nativeTransport(nativeTransport))) {
      for (boolean cut : new boolean[] {false, true}) {
        var caller = door.call().send(RawCaller.question());
        provider.nextRequest();

        leave(caller, cut);

        assertThat(provider.next().isClosedByGateway()).isTrue();
        door.nextEntry();
      }
    }
  }

  @ParameterizedTest(name = "native {0}")
  @ValueSource(booleans = {false, true})
  void a_caller_that_leaves_a_silent_stream_frees_the_provider(boolean nativeTransport)
      throws Exception {
    try (var provider =
            new ScriptedProvider(conversation -> {
              conversation.readRequest();
              conversation.send(
                  ScriptedProvider.STREAM
                      + ScriptedProvider.chunk(ScriptedProvider.event("message_start")));
              conversation.readToEnd();
            });
        var door = new OpenDoor(provider.base(), s -> s.nativeTransport(nativeTransport))) {
      for (boolean cut : new boolean[] {false, true}) {
        var caller = door.call().send(RawCaller.streamingQuestion());
        caller.readHead();
        caller.readChunk();

        leave(caller, cut);

        assertThat(provider.next().isClosedByGateway()).isTrue();
        assertThat(ending(door.nextEntry())).isEqualTo(Delivery.Ending.CALLER);
      }
    }
  }

  @ParameterizedTest(name = "native {0}")
  @ValueSource(booleans = {false, true})
  void a_caller_that_leaves_an_eager_stream_frees_the_provider(boolean nativeTransport)
      throws Exception {
    try (var provider =
            new ScriptedProvider(conversation -> {
              conversation.readRequest();
              conversation.send(ScriptedProvider.STREAM);
              String ping = ScriptedProvider.chunk(ScriptedProvider.event("ping"));
              while (true) {
                conversation.send(ping);
              }
            });
        var door = new OpenDoor(provider.base(), s -> s.nativeTransport(nativeTransport))) {
      for (boolean cut : new boolean[] {false, true}) {
        var caller = door.call().send(RawCaller.streamingQuestion());
        caller.readHead();
        caller.readChunk();

        leave(caller, cut);

        assertThat(provider.next().isClosedByGateway()).isTrue();
        assertThat(ending(door.nextEntry())).isEqualTo(Delivery.Ending.CALLER);
      }
    }
  }

  @ParameterizedTest(name = "native {0}")
  @ValueSource(booleans = {false, true})
  void a_caller_that_leaves_within_an_upload_frees_the_provider(boolean nativeTransport)
      throws Exception {
    try (var provider =
            new ScriptedProvider(conversation -> {
              conversation.readHead();
              conversation.readToEnd();
            });
        var door = new OpenDoor(provider.base(), s -> s.nativeTransport(nativeTransport))) {
      for (boolean cut : new boolean[] {false, true}) {
        var caller = door.call();
        caller.send(RawCaller.post("/v1/files", "x".repeat(100_000)).substring(0, 50_000));
        var conversation = provider.next();
        conversation.awaitReceived(10_000);

        leave(caller, cut);

        assertThat(conversation.isClosedByGateway()).isTrue();
        door.nextEntry();
      }
    }
  }

  /** The connection is not read while the provider does not take the upload. */
  @ParameterizedTest(name = "native {0}")
  @ValueSource(booleans = {true})
  void a_caller_that_vanishes_from_an_upload_held_up_frees_the_provider(boolean nativeTransport)
      throws Exception {
    try (var provider =
            new ScriptedProvider(conversation -> {
              conversation.readHead();
              try {
                Thread.sleep(60_000);
              } catch (InterruptedException e) {
                throw new java.io.IOException(e);
              }
            });
        var door = new OpenDoor(provider.base(), s -> s.nativeTransport(nativeTransport))) {
      var caller = door.call();
      caller.send(RawCaller.post("/v1/files", "").replace("length: 0", "length: 100000000"));
      provider.next();
      var writer =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  while (true) {
                    caller.send(new byte[64 * 1024]);
                  }
                } catch (java.io.IOException e) {
                  assertThat(e).isNotNull(); // it was cut off below
                }
              });
      assertThat(writer.join(java.time.Duration.ofSeconds(1))).isFalse();

      caller.cut();

      assertThat(door.nextEntry()).isNotNull();
    }
  }

  /** A pipelined request keeps the connection from being read any further. */
  @ParameterizedTest(name = "native {0}")
  @ValueSource(booleans = {false, true})
  void a_caller_that_leaves_after_asking_twice_frees_the_provider(boolean nativeTransport)
      throws Exception {
    try (var provider =
            new ScriptedProvider(conversation -> {
              conversation.readRequest();
              conversation.readToEnd();
            });
        var door = new OpenDoor(provider.base(), s -> s.nativeTransport(nativeTransport))) {
      var caller = door.call().send(RawCaller.question() + RawCaller.question());
      provider.nextRequest();

      caller.cut();

      assertThat(provider.next().isClosedByGateway()).isTrue();
      assertThat(provider.connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest(name = "native {0}")
  @ValueSource(booleans = {false, true})
  void a_caller_that_leaves_disturbs_nobody_after_it(boolean nativeTransport) throws Exception {
    try (var provider = ScriptedProvider.answeringMessages();
        var door = new OpenDoor(provider.base(), s -> s.nativeTransport(nativeTransport))) {
      for (int i = 0; i < 200; i++) {
        door.call().send(RawCaller.question()).cut();

        try (var caller = door.call()) {
          assertThat(caller.send(RawCaller.question()).read().status()).isEqualTo(200);
        }
      }
    }
  }

  private static Delivery.Ending ending(Entry entry) {
    assertThat(entry.outcome()).isInstanceOf(Entry.Outcome.Answered.class);
    return ((Entry.Outcome.Answered) entry.outcome()).delivery().ending();
  }
}
