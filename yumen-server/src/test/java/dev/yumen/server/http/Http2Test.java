package dev.yumen.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yumen.audit.Entry;
import dev.yumen.exchange.Delivery;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The door over TLS, where callers may choose HTTP/2. */
@ExtendWith(WithoutComplaint.class)
@SuppressWarnings("StringConcatToTextBlock") // line ends are part of what is tested
class Http2Test {
  private static final String BODY = "{\"model\":\"m\"}";

  @TempDir static Path folder;
  private static Certificate certificate;

  @BeforeAll
  static void makeCertificate() throws Exception {
    certificate = Certificate.make(folder, "door");
  }

  private static OpenDoor door(ScriptedProvider provider) {
    return new OpenDoor(provider.base(), s -> s.tls(certificate.files()).inFlight(64 * 1024));
  }

  private static RawHttp2Caller call(OpenDoor door) throws IOException {
    return new RawHttp2Caller(door.port(), certificate.trusting());
  }

  private static List<String> post(String path, String... more) {
    return RawHttp2Caller.head("POST", path, more);
  }

  @Test
  void a_question_is_answered() throws Exception {
    try (var provider = ScriptedProvider.answeringMessages();
        var door = door(provider);
        var caller = call(door)) {
      caller.headers(1, false, post("/v1/messages", "content-length", "13"));
      caller.data(1, true, BODY);

      var answer = caller.answer(1);

      assertThat(answer.status()).isEqualTo("200");
      assertThat(answer.body()).isEqualTo(ScriptedProvider.MESSAGE);
      assertThat(answer.headers().contains("connection")).isFalse();
      assertThat(provider.nextRequest().body()).asString().isEqualTo(BODY);
    }
  }

  @Test
  void a_body_of_unknown_length_is_taken_however_it_is_cut() throws Exception {
    try (var provider = ScriptedProvider.answeringMessages();
        var door = door(provider);
        var caller = call(door)) {
      for (int i = 0; i < 20; i++) {
        int stream = 2 * i + 1;
        caller.headers(stream, false, post("/v1/messages"));
        int cut = i % BODY.length();
        caller.data(stream, false, BODY.substring(0, cut));
        if (i % 3 == 0) {
          Thread.sleep(5);
        }
        caller.data(stream, i % 2 == 0, BODY.substring(cut));
        if (i % 2 != 0) {
          caller.data(stream, true, "");
        }

        assertThat(caller.answer(stream).status()).isEqualTo("200");
        assertThat(provider.nextRequest().body()).asString().isEqualTo(BODY);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"GET /v1/models/m", "GET /v1/files/f", "POST /v1/messages/batches/b/cancel"})
  void a_request_that_ends_with_its_head_has_no_body(String start) throws Exception {
    try (var provider = ScriptedProvider.answeringMessages();
        var door = door(provider);
        var caller = call(door)) {
      String[] parts = start.split(" ", -1);
      for (int stream = 1; stream < 20; stream += 2) {
        caller.headers(stream, true, RawHttp2Caller.head(parts[0], parts[1]));

        var answer = caller.answer(stream);

        assertThat(answer.status()).isEqualTo("200");
        assertThat(answer.reset()).isEqualTo(-1);
        var request = provider.nextRequest();
        assertThat(request.line()).isEqualTo(start + " HTTP/1.1");
        assertThat(request.field("transfer-encoding")).isEmpty();
      }
    }
  }

  @Test
  void a_head_is_answered_with_the_head_alone() throws Exception {
    try (var provider =
            ScriptedProvider.answering("HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n");
        var door = door(provider);
        var caller = call(door)) {
      caller.headers(1, true, RawHttp2Caller.head("HEAD", "/v1/files/f"));
      var passed = caller.answer(1);
      caller.headers(3, true, RawHttp2Caller.head("HEAD", "/v1/models"));
      var refused = caller.answer(3);
      caller.headers(5, true, RawHttp2Caller.head("HEAD", "/"));
      var probe = caller.answer(5);

      assertThat(passed.status()).isEqualTo("200");
      assertThat(passed.headers().get("content-length")).hasToString("99");
      assertThat(refused.status()).isEqualTo("405");
      assertThat(refused.body()).isEmpty();
      assertThat(probe.status()).isEqualTo("200");
    }
  }

  @Test
  void who_waits_to_be_told_to_send_is_told() throws Exception {
    try (var provider = ScriptedProvider.answeringMessages();
        var door = door(provider);
        var caller = call(door)) {
      caller.headers(
          1, false, post("/v1/messages", "content-length", "13", "expect", "100-continue"));
      assertThat(caller.answer(1).status()).isEqualTo("100");
      caller.data(1, true, BODY);

      assertThat(caller.answer(1).status()).isEqualTo("200");
    }
  }

  @Test
  void a_refusal_before_the_body_was_read_ends_the_stream_without_an_error() throws Exception {
    try (var provider = ScriptedProvider.answeringMessages();
        var door = door(provider);
        var caller = call(door)) {
      caller.headers(1, false, post("/v1/messages", "content-length", "99999999"));

      assertThat(caller.answer(1).status()).isEqualTo("413");
      assertThat(caller.await(RawHttp2Caller.RST_STREAM, 1).code()).isZero();

      caller.headers(3, false, post("/v1/messages"));
      caller.data(3, true, BODY);
      assertThat(caller.answer(3).status()).isEqualTo("200");
    }
  }

  @Test
  void a_stream_that_is_reset_frees_the_provider_and_no_other_stream() throws Exception {
    try (var provider =
            new ScriptedProvider(conversation -> {
              if (conversation.readRequest().toString().contains("other")) {
                conversation.send(
                    ScriptedProvider.whole(200, "application/json", ScriptedProvider.MESSAGE));
                return;
              }
              conversation.send(
                  ScriptedProvider.STREAM
                      + ScriptedProvider.chunk(ScriptedProvider.event("message_start")));
              conversation.readToEnd();
            });
        var door = door(provider);
        var caller = call(door)) {
      caller.headers(1, false, post("/v1/messages"));
      caller.data(1, true, "{\"model\":\"m\",\"stream\":true}");
      caller.await(RawHttp2Caller.DATA, 1);

      caller.reset(1);

      assertThat(provider.next().isClosedByGateway()).isTrue();
      assertThat(((Entry.Outcome.Answered) door.nextEntry().outcome()).delivery().ending())
          .isEqualTo(Delivery.Ending.CALLER);
      caller.headers(3, false, post("/v1/messages"));
      caller.data(3, true, "{\"model\":\"other\"}");
      assertThat(caller.answer(3).status()).isEqualTo("200");
    }
  }

  @Test
  void a_stream_that_is_reset_at_any_time_leaves_nothing_behind() throws Exception {
    try (var provider =
            new ScriptedProvider(conversation -> {
              while (conversation.readRequest() != null) {
                Thread.onSpinWait();
                conversation.send(
                    ScriptedProvider.whole(200, "application/json", ScriptedProvider.MESSAGE));
              }
            });
        var door = door(provider)) {
      int exchanges = 0;
      for (int round = 0; round < 3; round++) {
        try (var caller = call(door)) {
          for (int i = 0; i < 40; i++) {
            int stream = 2 * i + 1;
            caller.headers(stream, false, post("/v1/messages"));
            if (i % 4 > 0) {
              caller.data(stream, i % 4 == 3, BODY.substring(0, i % 4 == 1 ? 5 : 13));
            }
            if (i % 5 == 0) {
              Thread.sleep(3);
            }
            caller.reset(stream);
            exchanges++;
          }
          caller.headers(101, false, post("/v1/messages"));
          caller.data(101, true, BODY);
          assertThat(caller.answer(101).status()).isEqualTo("200");
          exchanges++;
        }
      }
      for (int i = 0; i < exchanges; i++) {
        assertThat(door.nextEntry()).isNotNull();
      }
      // the memory is there again, to the byte
      try (var caller = call(door)) {
        String start = "{\"model\":\"m\",\"x\":\"";
        caller.headers(1, false, post("/v1/messages", "content-length", "65536"));
        caller.data(1, false, start);
        String rest = "x".repeat(65536 - start.length() - 2) + "\"}";
        for (int at = 0; at < rest.length(); at += 16000) {
          int to = Math.min(rest.length(), at + 16000);
          caller.data(1, to == rest.length(), rest.substring(at, to));
          if (at == 32000) {
            caller.await(RawHttp2Caller.WINDOW_UPDATE, 1);
          }
        }
        assertThat(caller.answer(1).status()).isEqualTo("200");
      }
    }
  }

  @Test
  void a_stream_without_window_holds_up_no_other_and_is_cut_off() throws Exception {
    try (var provider =
            new ScriptedProvider(conversation -> {
              var request = conversation.readRequest();
              if (request.toString().contains("other")) {
                conversation.send(
                    ScriptedProvider.whole(200, "application/json", ScriptedProvider.MESSAGE));
                return;
              }
              conversation.send(ScriptedProvider.STREAM);
              String event = "event: ping\ndata: " + "x".repeat(4000) + "\n\n";
              while (true) {
                conversation.send(ScriptedProvider.chunk(event));
              }
            });
        var door = door(provider);
        var caller = call(door)) {
      caller.frame(RawHttp2Caller.WINDOW_UPDATE, 0, 0, new byte[] {1, 0, 0, 0}); // for all of them
      caller.headers(1, false, post("/v1/messages"));
      caller.data(1, true, "{\"model\":\"m\",\"stream\":true}");
      caller.await(RawHttp2Caller.DATA, 1);
      var held = provider.next();
      long sent = -1;
      while (held.sent() > sent || sent <= 0) {
        sent = held.sent();
        Thread.sleep(500); // the kernel's own buffers must fill
      }
      assertThat(sent).isLessThan(30_000_000);
      caller.headers(3, false, post("/v1/messages"));
      caller.data(3, true, "{\"model\":\"other\"}");
      assertThat(caller.answer(3).status()).isEqualTo("200");

      door.pass(Duration.ofMinutes(11));

      assertThat(caller.await(RawHttp2Caller.RST_STREAM, 1).code()).isEqualTo(2);
      assertThat(held.isClosedByGateway()).isTrue();
      caller.headers(5, false, post("/v1/messages"));
      caller.data(5, true, "{\"model\":\"other\"}");
      assertThat(caller.answer(5).status()).isEqualTo("200");
    }
  }

  @Test
  void a_download_that_breaks_off_is_reset_and_not_ended() throws Exception {
    try (var provider =
            new ScriptedProvider(conversation -> {
              conversation.readRequest();
              conversation.send("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf");
            });
        var door = door(provider);
        var caller = call(door)) {
      caller.headers(1, true, RawHttp2Caller.head("GET", "/v1/files/f/content"));

      assertThat(caller.answer(1).reset()).isEqualTo(2);
    }
  }

  /** RFC 9113 section 8.2.2 and 8.3; the framing of HTTP/1 has no place here. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "connection: close",
        "transfer-encoding: chunked",
        "upgrade: h2c",
        "keep-alive: 1",
        "te: gzip",
        "X-Upper: 1",
        ":unknown: 1",
        ":path: /v1/files",
        "content-length: 12",
        "content-length: 14",
        "content-length: x",
        "content-length: -1",
        "x: a\r\nb: c",
        "x: a\nb",
        "x: a\u0000b",
        "x y: 1",
        "host: elsewhere"
      })
  void a_head_with_forbidden_fields_reaches_nobody(String field) throws Exception {
    int colon = field.indexOf(':', 1);
    try (var provider = ScriptedProvider.answeringMessages();
        var door = door(provider);
        var caller = call(door)) {
      caller.headers(
          1, false, post("/v1/messages", field.substring(0, colon), field.substring(colon + 2)));
      String outcome;
      try {
        caller.data(1, true, BODY);
        outcome = outcome(caller);
      } catch (EOFException e) {
        outcome = "closed";
      }

      assertThat(outcome).isIn("reset", "goaway", "closed", "400");
      assertThat(provider.requests()).isEmpty();
    }
  }

  private static String outcome(RawHttp2Caller caller) throws Exception {
    while (true) {
      var frame = caller.read();
      if (frame.type() == RawHttp2Caller.RST_STREAM) {
        return "reset";
      } else if (frame.type() == RawHttp2Caller.GOAWAY) {
        return "goaway";
      } else if (frame.type() == RawHttp2Caller.HEADERS) {
        return "headers";
      }
    }
  }

  @Test
  void a_target_with_a_fragment_is_refused() throws Exception {
    try (var provider = ScriptedProvider.answeringMessages();
        var door = door(provider);
        var caller = call(door)) {
      caller.headers(1, true, RawHttp2Caller.head("GET", "/v1/models#x"));
      assertThat(caller.answer(1).status()).isEqualTo("400");
      caller.headers(3, true, RawHttp2Caller.head("GET", "/v1/models"));
      assertThat(caller.answer(3).status()).isEqualTo("200");
    }
  }

  @Test
  void a_connection_without_a_request_is_told_to_go_and_closed() throws Exception {
    try (var provider = ScriptedProvider.answeringMessages();
        var door = door(provider);
        var caller = call(door)) {
      door.keepPassing(Duration.ofMinutes(11));

      assertThat(caller.await(RawHttp2Caller.GOAWAY, 0).code()).isZero();
    }
  }

  @Test
  void streams_are_finished_when_the_door_closes() throws Exception {
    var release = new java.util.concurrent.CountDownLatch(1);
    try (var provider =
            new ScriptedProvider(conversation -> {
              conversation.readRequest();
              try {
                release.await();
              } catch (InterruptedException e) {
                throw new IOException(e);
              }
              conversation.send(
                  ScriptedProvider.whole(200, "application/json", ScriptedProvider.MESSAGE));
            });
        var door = door(provider);
        var caller = call(door)) {
      caller.headers(1, false, post("/v1/messages"));
      caller.data(1, true, BODY);
      provider.nextRequest();

      var closed = door.door().close(Duration.ofMinutes(10));

      assertThat(caller.await(RawHttp2Caller.GOAWAY, 0).code()).isZero();
      release.countDown();
      assertThat(caller.answer(1).status()).isEqualTo("200");
      Waiting.on(closed);
    }
  }

  @Test
  void callers_that_do_not_choose_speak_http_1() throws Exception {
    try (var provider = ScriptedProvider.answeringMessages();
        var door = door(provider);
        var socket =
            (SSLSocket)
                certificate
                    .trusting()
                    .getSocketFactory()
                    .createSocket(java.net.InetAddress.getLoopbackAddress(), door.port())) {
      try (var caller = new RawCaller(socket)) {
        for (int i = 0; i < 3; i++) {
          assertThat(caller.send(RawCaller.question()).read().status()).isEqualTo(200);
        }
        caller.send(RawCaller.question().substring(0, 50));
        door.keepPassing(Duration.ofMinutes(11));
        assertThat(caller.readToEnd()).isEmpty();
      }
    }
  }

  @Test
  void what_is_not_tls_is_hung_up_on() throws Exception {
    try (var provider = ScriptedProvider.answeringMessages();
        var door = door(provider);
        var caller = door.call()) {
      caller.send(RawCaller.question());

      assertThat(caller.readToEnd()).doesNotContain("HTTP/");
      assertThat(new ArrayList<>(door.entries())).isEmpty();
    }
  }
}
