package dev.yumen.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yumen.exchange.Delivery;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers that send or take too slowly, or too much, cost the gateway little and not for long. */
@ExtendWith(WithoutComplaint.class)
@SuppressWarnings("StringConcatToTextBlock") // line ends are part of what is tested
class SlowCallerTest {
  private static final int IN_FLIGHT = 64 * 1024;
  private static final Duration TOO_LONG = Duration.ofMinutes(11);

  private ScriptedProvider provider;
  private OpenDoor door;

  @BeforeEach
  void open() throws IOException {
    provider = ScriptedProvider.answeringMessages();
    door = new OpenDoor(provider.base(), s -> s.inFlight(IN_FLIGHT));
  }

  @AfterEach
  void close() throws IOException {
    door.close();
    provider.close();
  }

  private static void assertOwnRefusal(RawCaller.Answer answer, int status, boolean retry) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.text()).startsWith("{\"type\":\"error\",\"error\":{\"type\":\"");
    assertThat(answer.field("x-should-retry")).containsExactly(Boolean.toString(retry));
    assertThat(answer.field("request-id").getFirst()).startsWith("req_");
    assertThat(answer.text()).contains(answer.field("request-id").getFirst());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "P", "POST /v1/messages HTTP/1.1\r\nhost: d", "PRI * HT"})
  void a_connection_without_a_whole_head_is_closed(String beginning) throws Exception {
    try (var caller = door.call()) {
      caller.send(beginning);

      door.keepPassing(TOO_LONG);

      assertThat(caller.readToEnd()).isEmpty();
    }
  }

  @Test
  void a_head_that_is_dribbled_is_cut_off() throws Exception {
    try (var caller = door.call()) {
      caller.send("POST /v1/messages HTTP/1.1\r\nhost: door\r\n");
      door.keepPassing(TOO_LONG);

      String answer;
      var dribble =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  while (true) {
                    caller.send("x");
                    Thread.sleep(20);
                  }
                } catch (IOException | InterruptedException e) {
                  assertThat(e).isNotNull(); // it was cut off
                }
              });
      answer = caller.readToEnd();

      assertThat(answer).isEmpty();
      dribble.interrupt();
    }
  }

  @Test
  void a_connection_that_rests_is_closed_after_a_while() throws Exception {
    try (var caller = door.call()) {
      assertThat(caller.send(RawCaller.question()).read().status()).isEqualTo(200);

      door.keepPassing(TOO_LONG);

      assertThat(caller.readToEnd()).isEmpty();
    }
  }

  @Test
  void a_body_that_stops_is_refused_and_its_memory_given_back() throws Exception {
    try (var caller = door.call()) {
      caller.send(RawCaller.question("x".repeat(60_000)).substring(0, 30_000));
      door.keepPassing(TOO_LONG);

      assertOwnRefusal(caller.read(), 408, true);

      caller.readToEnd();
    }
    HangUpTest.assertBudgetIsWhole(door, IN_FLIGHT);
    assertThat(provider.connections()).isEqualTo(1);
  }

  @Test
  void a_body_that_is_dribbled_but_comes_is_taken() throws Exception {
    String question = RawCaller.question();

    try (var caller = door.call()) {
      for (int i = 0; i < question.length(); i++) {
        caller.send(question.substring(i, i + 1));
      }

      assertThat(caller.read().status()).isEqualTo(200);
    }
  }

  @Test
  void a_head_that_is_too_long_is_refused() throws Exception {
    try (var caller = door.call()) {
      caller.send("GET /v1/models HTTP/1.1\r\nhost: door\r\nx: " + "y".repeat(16 * 1024));

      assertOwnRefusal(caller.read(), 431, false);
      caller.readToEnd();
    }
  }

  @Test
  void a_head_of_too_many_fields_is_refused() throws Exception {
    try (var caller = door.call()) {
      caller.send("GET /v1/models HTTP/1.1\r\nhost: door\r\n" + "a: b\r\n".repeat(5000));

      assertOwnRefusal(caller.read(), 431, false);
      caller.readToEnd();
    }
  }

  @Test
  void a_request_line_that_is_too_long_is_refused() throws Exception {
    try (var caller = door.call()) {
      caller.send("GET /v1/" + "y".repeat(16 * 1024));

      assertOwnRefusal(caller.read(), 414, false);
      caller.readToEnd();
    }
  }

  @Test
  void a_body_declared_too_long_is_refused_unread() throws Exception {
    try (var caller = door.call()) {
      caller.send(RawCaller.post("/v1/messages", "").replace("length: 0", "length: 524289"));

      assertOwnRefusal(caller.read(), 413, false);
      caller.socket().shutdownOutput();
      assertThat(caller.readToEnd()).isEmpty();
    }
    HangUpTest.assertBudgetIsWhole(door, IN_FLIGHT);
  }

  @Test
  void an_answer_is_not_lost_because_the_caller_is_still_sending() throws Exception {
    try (var caller = door.call()) {
      caller.send(RawCaller.post("/v1/messages", "").replace("length: 0", "length: 524289"));
      for (int i = 0; i < 8; i++) {
        caller.send(new byte[64 * 1024]);
      }
      caller.send(new byte[1]);

      assertOwnRefusal(caller.read(), 413, false);
      assertThat(caller.readToEnd()).isEmpty();
    }
  }

  @Test
  void a_body_in_chunks_is_refused_where_it_becomes_too_long() throws Exception {
    String chunk = "1000\r\n" + "x".repeat(4096) + "\r\n";
    try (var large = new OpenDoor(provider.base(), s -> s.body(10_000));
        var caller = large.call()) {
      caller.send(
          RawCaller.post("/v1/messages", "")
              .replace("content-length: 0", "transfer-encoding: chunked"));
      caller.send(chunk + chunk + chunk);

      assertOwnRefusal(caller.read(), 413, false);
    }
    assertThat(provider.connections()).isZero();
  }

  @Test
  void an_upload_in_chunks_is_refused_where_it_becomes_too_long() throws Exception {
    String chunk = "1000\r\n" + "x".repeat(4096) + "\r\n";
    try (var small = new OpenDoor(provider.base(), s -> s.file(10_000));
        var caller = small.call()) {
      caller.send(
          RawCaller.post("/v1/files", "")
              .replace("content-length: 0", "transfer-encoding: chunked"));
      caller.send(chunk + chunk + chunk);

      assertOwnRefusal(caller.read(), 413, false);
      assertThat(provider.next().isClosedByGateway()).isTrue();
    }
    assertThat(provider.requests()).isEmpty();
  }

  @Test
  void who_waits_to_be_told_to_send_is_told() throws Exception {
    String question = RawCaller.question();
    int end = question.indexOf("\r\n\r\n") + 4;

    try (var caller = door.call()) {
      caller.send(question.substring(0, end).replace("host", "expect: 100-continue\r\nhost"));
      assertThat(caller.read().status()).isEqualTo(100);
      caller.send(question.substring(end));

      assertThat(caller.read().status()).isEqualTo(200);
    }
    assertThat(provider.nextRequest().field("expect")).isEmpty();
  }

  @Test
  void who_waits_to_be_told_to_send_is_refused_before_it_sends() throws Exception {
    for (String question :
        new String[] {
          RawCaller.question().replace("Bearer good", "Bearer bad"),
          RawCaller.post("/v1/messages", "").replace("length: 0", "length: 524289"),
          RawCaller.post("/v1/nowhere/../x", "").replace("length: 0", "length: 10")
        }) {
      try (var caller = door.call()) {
        int end = question.indexOf("\r\n\r\n") + 4;
        caller.send(question.substring(0, end).replace("host", "expect: 100-continue\r\nhost"));

        var answer = caller.read();

        assertThat(answer.status()).isBetween(400, 499);
        assertThat(answer.field("connection")).containsExactly("close");
      }
    }
    assertThat(provider.connections()).isZero();
  }

  @Test
  void bodies_take_no_more_memory_than_there_is_and_give_all_back() throws Exception {
    var callers = new ArrayList<RawCaller>();
    int refused = 0;

    for (int i = 0; i < 8; i++) {
      callers.add(door.call().send(RawCaller.question("x".repeat(30_000)).substring(0, 20_000)));
    }
    for (RawCaller caller : callers) {
      caller.socket().setSoTimeout(1000);
      try {
        assertOwnRefusal(caller.read(), 529, true);
        refused++;
      } catch (java.net.SocketTimeoutException e) {
        assertThat(e).isNotNull(); // this one is still waited for
      }
    }

    assertThat(refused).isBetween(5, 7);
    for (RawCaller caller : callers) {
      caller.close();
    }
    for (RawCaller caller : callers) {
      assertThat(caller).isNotNull();
      door.nextEntry();
    }
    HangUpTest.assertBudgetIsWhole(door, IN_FLIGHT);
  }

  /** What the provider could send while nobody took it is bounded by the buffers in between. */
  @Test
  void a_caller_that_takes_nothing_holds_the_provider_up_and_is_cut_off() throws Exception {
    for (boolean stream : new boolean[] {true, false}) {
      try (var eager =
              new ScriptedProvider(conversation -> {
                conversation.readRequest();
                conversation.send(
                    stream
                        ? ScriptedProvider.STREAM
                        : "HTTP/1.1 200 OK\r\ncontent-length: 1000000000\r\n\r\n");
                String event = "event: ping\ndata: " + "x".repeat(4000) + "\n\n";
                while (true) {
                  conversation.send(stream ? ScriptedProvider.chunk(event) : event);
                }
              });
          var held = new OpenDoor(eager.base());
          var caller = held.call()) {
        caller.socket().setReceiveBufferSize(64 * 1024);
        caller.send(stream ? RawCaller.streamingQuestion() : RawCaller.get("/v1/files/f/content"));
        var conversation = eager.next();
        long sent = -1;
        while (conversation.sent() > sent || sent <= 0) {
          sent = conversation.sent();
          Thread.sleep(1000); // the kernel's own buffers must fill
        }

        assertThat(sent).isLessThan(30_000_000);

        held.pass(TOO_LONG);

        assertThat(conversation.isClosedByGateway()).isTrue();
        var delivery =
            ((dev.yumen.audit.Entry.Outcome.Answered) held.nextEntry().outcome()).delivery();
        assertThat(delivery.ending()).isEqualTo(Delivery.Ending.CALLER);
        caller.readToEnd();
      }
    }
  }

  @Test
  void a_caller_that_does_not_take_a_whole_answer_is_cut_off() throws Exception {
    try (var large =
            ScriptedProvider.answering(
                ScriptedProvider.whole(200, "application/json", "x".repeat(1024 * 1024 - 1)));
        var held = new OpenDoor(large.base())) {
      var callers = new ArrayList<RawCaller>();
      for (int i = 0; i < 3; i++) {
        var caller = held.call();
        caller.socket().setReceiveBufferSize(64 * 1024);
        for (int n = 0; n < 24; n++) {
          caller.send(RawCaller.question()); // so much fits into no kernel's buffers
        }
        callers.add(caller);
      }
      held.nextEntry();

      held.keepPassing(TOO_LONG);
      for (int i = 0; i < 3; i++) {
        try (var resting = held.call()) {
          resting.readToEnd(); // the clock was looked at
        }
      }

      for (RawCaller caller : callers) {
        assertThat(caller.readToEnd().length()).isLessThan(24 * 1024 * 1024);
      }
    }
  }

  @Test
  void a_slow_reader_gets_every_byte() throws Exception {
    int events = 2000;
    var expected = new StringBuilder();
    for (int i = 0; i < events; i++) {
      expected.append("event: ping\ndata: {\"n\":").append(i).append("}\n\n");
    }
    expected.append(ScriptedProvider.event("message_stop"));
    try (var eager =
            new ScriptedProvider(conversation -> {
              conversation.readRequest();
              conversation.send(ScriptedProvider.STREAM);
              for (String event : expected.toString().split("(?<=\n\n)", -1)) {
                if (!event.isEmpty()) {
                  conversation.send(ScriptedProvider.chunk(event));
                }
              }
              conversation.send("0\r\n\r\n");
              conversation.readToEnd();
            });
        var slow = new OpenDoor(eager.base());
        var caller = slow.call()) {
      caller.socket().setReceiveBufferSize(16 * 1024);
      caller.send(RawCaller.streamingQuestion());
      caller.readHead();

      var all = new StringBuilder();
      for (byte[] chunk = caller.readChunk(); chunk.length > 0; chunk = caller.readChunk()) {
        all.append(new String(chunk, StandardCharsets.UTF_8));
        Thread.onSpinWait();
      }

      assertThat(all).hasToString(expected.toString());
    }
  }
}
