package dev.yumen.server.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yumen.server.http.OpenDoor;
import dev.yumen.server.http.RawCaller;
import dev.yumen.server.http.ScriptedProvider;
import dev.yumen.server.http.ScriptedProvider.Script;
import dev.yumen.server.http.WithoutComplaint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers see of providers that cannot be reached, break off or do not keep to HTTP. */
@ExtendWith(WithoutComplaint.class)
@SuppressWarnings("StringConcatToTextBlock") // line ends are part of what is tested
class ProviderTroubleTest {

  private static RawCaller.Answer ask(Script script, String question) throws Exception {
    try (var provider = new ScriptedProvider(script);
        var door = new OpenDoor(provider.base());
        var caller = door.call()) {
      return caller.send(question).read();
    }
  }

  private static RawCaller.Answer ask(URI provider) throws Exception {
    try (var door = new OpenDoor(provider);
        var caller = door.call()) {
      return caller.send(RawCaller.question()).read();
    }
  }

  private static void assertRefused(RawCaller.Answer answer, int status, String code) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.text()).contains("\"" + code + "\"");
    assertThat(answer.field("x-should-retry")).containsExactly("true");
    assertThat(answer.field("yumen-origin")).containsExactly("gateway");
  }

  private static Script once(String answer) {
    return conversation -> {
      conversation.readRequest();
      conversation.send(answer);
    };
  }

  @Test
  void a_provider_that_refuses_connections_is_unreachable() throws Exception {
    int unused;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      unused = socket.getLocalPort();
    }

    var answer = ask(URI.create("http://127.0.0.1:" + unused));

    assertRefused(answer, 502, "provider_unreachable");
    assertThat(answer.text()).contains("it refuses connections");
  }

  @Test
  void a_provider_whose_name_is_not_known_is_unreachable() throws Exception {
    var answer = ask(URI.create("http://nowhere.invalid"));

    assertRefused(answer, 502, "provider_unreachable");
    assertThat(answer.text()).contains("its name is not known");
  }

  @Test
  void a_provider_that_does_not_speak_tls_is_unreachable() throws Exception {
    try (var provider = new ScriptedProvider(conversation -> conversation.send("hello\r\n"))) {
      var answer = ask(URI.create("https://127.0.0.1:" + provider.base().getPort()));

      assertRefused(answer, 502, "provider_unreachable");
      assertThat(answer.text()).contains("TLS failed");
    }
  }

  @Test
  void a_provider_that_says_nothing_is_given_up_in_time() throws Exception {
    try (var provider =
            new ScriptedProvider(conversation -> {
              conversation.readRequest();
              conversation.readToEnd();
            });
        var door = new OpenDoor(provider.base());
        var caller = door.call()) {
      caller.send(RawCaller.question());
      var conversation = provider.next();
      provider.nextRequest();

      door.pass(Duration.ofMinutes(11));

      assertRefused(caller.read(), 504, "provider_timeout");
      assertThat(conversation.isClosedByGateway()).isTrue();
    }
  }

  @Test
  void a_provider_that_stops_within_a_whole_answer_is_given_up_in_time() throws Exception {
    try (var provider =
            new ScriptedProvider(conversation -> {
              conversation.readRequest();
              conversation.send("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{");
              conversation.readToEnd();
            });
        var door = new OpenDoor(provider.base());
        var caller = door.call()) {
      caller.send(RawCaller.question());
      var conversation = provider.next();
      provider.nextRequest();

      door.keepPassing(Duration.ofMinutes(11));

      assertRefused(caller.read(), 504, "provider_timeout");
      assertThat(conversation.isClosedByGateway()).isTrue();
    }
  }

  @Test
  void a_provider_that_takes_no_more_of_an_upload_is_given_up_in_time() throws Exception {
    try (var provider =
            new ScriptedProvider(conversation -> {
              conversation.readHead();
              try {
                Thread.sleep(60_000);
              } catch (InterruptedException e) {
                throw new IOException(e);
              }
            });
        var door = new OpenDoor(provider.base());
        var caller = door.call()) {
      caller.send(RawCaller.post("/v1/files", "").replace("length: 0", "length: 100000000"));
      var writer =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  while (true) {
                    caller.send(new byte[64 * 1024]);
                  }
                } catch (IOException e) {
                  assertThat(e).isNotNull(); // it was cut off in the end
                }
              });
      assertThat(writer.join(Duration.ofSeconds(1))).isFalse();

      door.pass(Duration.ofMinutes(11));

      assertRefused(caller.read(), 504, "provider_timeout");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\ncontent-length: 2\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n{}",
        "HTTP/1.1 two hundred\r\ncontent-length: 2\r\n\r\n{}",
        "HTTP/2.0 200 OK\r\ncontent-length: 2\r\n\r\n{}",
        "SSH-2.0-OpenSSH_9.2\r\n\r\n",
        "\u0000\u0001\u0002\u0003\r\n\r\n",
        "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}",
        "HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n{}",
      })
  void what_is_no_whole_answer_is_told_as_an_error_that_may_be_tried_again(String sent)
      throws Exception {
    var answer = ask(once(sent), RawCaller.question());

    assertRefused(answer, 502, "provider_broken");
  }

  @Test
  void a_head_that_never_ends_is_not_collected() throws Exception {
    var answer =
        ask(
            conversation -> {
              conversation.readRequest();
              conversation.send("HTTP/1.1 200 OK\r\n");
              for (int i = 0; i < 100_000; i++) {
                conversation.send("x-field-" + i + ": " + "y".repeat(100) + "\r\n");
              }
            },
            RawCaller.question());

    assertRefused(answer, 502, "provider_broken");
  }

  @Test
  void a_head_with_many_fields_passes() throws Exception {
    var fields = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      fields.append("x-field-").append(i).append(": y\r\n");
    }

    var answer =
        ask(
            once("HTTP/1.1 200 OK\r\n" + fields + "content-length: 2\r\n\r\n{}"),
            RawCaller.question());

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.head()).contains("x-field-0: y\r\n", "x-field-999: y\r\n");
  }

  @Test
  void a_connection_that_is_cut_within_a_stream_ends_it_with_an_error_event() throws Exception {
    var answer =
        ask(
            conversation -> {
              conversation.readRequest();
              conversation.send(
                  ScriptedProvider.STREAM
                      + ScriptedProvider.chunk(ScriptedProvider.event("message_start"))
                      + ScriptedProvider.chunk("event: content_bl"));
              conversation.cut();
            },
            RawCaller.streamingQuestion());

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text())
        .startsWith(ScriptedProvider.event("message_start") + "event: error\ndata: {")
        .contains("provider_broken")
        .endsWith("\n\n");
  }

  @Test
  void a_stream_that_breaks_before_its_first_event_is_told_as_an_error() throws Exception {
    var answer =
        ask(
            conversation -> {
              conversation.readRequest();
              conversation.send(ScriptedProvider.STREAM);
              conversation.cut();
            },
            RawCaller.streamingQuestion());

    assertRefused(answer, 502, "provider_broken");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 100 Continue\r\n\r\n",
        "HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n",
      })
  void informational_answers_are_passed_over(String informational) throws Exception {
    var answer =
        ask(
            once(
                informational
                    + ScriptedProvider.whole(200, "application/json", ScriptedProvider.MESSAGE)),
            RawCaller.question());

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo(ScriptedProvider.MESSAGE);
  }

  @Test
  void bytes_after_an_answer_belong_to_no_other_question() throws Exception {
    try (var provider =
            new ScriptedProvider(conversation -> {
              conversation.readRequest();
              conversation.send(
                  ScriptedProvider.whole(200, "application/json", "{\"first\":1}")
                      + ScriptedProvider.whole(200, "application/json", "{\"planted\":1}"));
              if (conversation.readRequest() != null) {
                conversation.send(
                    ScriptedProvider.whole(200, "application/json", "{\"second\":1}"));
              }
            });
        var door = new OpenDoor(provider.base());
        var caller = door.call()) {
      assertThat(caller.send(RawCaller.question()).read().text()).isEqualTo("{\"first\":1}");

      assertThat(caller.send(RawCaller.question()).read().text()).doesNotContain("planted");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void redirects_are_passed_on_and_not_followed(int status) throws Exception {
    var answer =
        ask(
            once(
                "HTTP/1.1 %d Moved\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n"
                    .formatted(status)),
            RawCaller.question());

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.field("location")).containsExactly("http://127.0.0.1:1/");
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 304})
  void an_answer_that_has_no_body_ends_with_its_head(int status) throws Exception {
    for (String path : new String[] {"/v1/files/f", "/v1/models/m"}) {
      try (var provider =
              ScriptedProvider.answering("HTTP/1.1 %d None\r\nx-a: b\r\n\r\n".formatted(status));
          var door = new OpenDoor(provider.base());
          var caller = door.call()) {
        var first = caller.send(RawCaller.get(path)).read();
        var second = caller.send(RawCaller.get(path)).read();

        assertThat(first.status()).isEqualTo(status);
        assertThat(first.field("transfer-encoding")).isEmpty();
        assertThat(first.field("x-a")).containsExactly("b");
        assertThat(second.status()).isEqualTo(status);
        assertThat(provider.connections()).isEqualTo(1);
      }
    }
  }

  @Test
  void a_head_is_answered_with_the_head_alone() throws Exception {
    try (var provider =
            ScriptedProvider.answering("HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n");
        var door = new OpenDoor(provider.base());
        var caller = door.call()) {
      var head = caller.send(RawCaller.get("/v1/files/f").replace("GET", "HEAD")).readHeadOnly();
      var refused =
          caller.send(RawCaller.get("/v1/messages").replace("GET", "HEAD")).readHeadOnly();
      var unknown = caller.send(RawCaller.get("/else").replace("GET", "HEAD")).readHeadOnly();
      var probe = caller.send("HEAD / HTTP/1.1\r\nhost: door\r\n\r\n").readHeadOnly();

      assertThat(head.status()).isEqualTo(200);
      assertThat(head.field("content-length")).containsExactly("99");
      assertThat(refused.status()).isEqualTo(405);
      assertThat(unknown.status()).isEqualTo(404);
      assertThat(probe.status()).isEqualTo(200);
      assertThat(provider.nextRequest().line()).isEqualTo("HEAD /v1/files/f HTTP/1.1");
    }
  }

  @Test
  void trailers_of_an_answer_end_it_and_go_nowhere() throws Exception {
    var answer =
        ask(
            once(
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\ntrailer: x-t\r\n\r\n2\r\n{}\r\n"
                    + "0\r\nx-t: 1\r\nset-cookie: a=b\r\n\r\n"),
            RawCaller.question());

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("{}");
    assertThat(answer.head()).doesNotContain("x-t", "cookie");
  }

  @Test
  void a_connection_the_provider_closes_is_not_used_again() throws Exception {
    try (var provider =
            new ScriptedProvider(
                once("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}"));
        var door = new OpenDoor(provider.base());
        var caller = door.call()) {
      for (int i = 0; i < 20; i++) {
        assertThat(caller.send(RawCaller.question()).read().status()).isEqualTo(200);
      }

      assertThat(provider.connections()).isEqualTo(20);
    }
  }

  /** The provider answers and closes without having said so. */
  @Test
  void a_connection_that_was_closed_while_it_rested_troubles_nobody() throws Exception {
    try (var provider =
            new ScriptedProvider(
                once(ScriptedProvider.whole(200, "application/json", ScriptedProvider.MESSAGE)));
        var door = new OpenDoor(provider.base());
        var caller = door.call()) {
      for (int i = 0; i < 20; i++) {
        assertThat(caller.send(RawCaller.question()).read().status()).isEqualTo(200);
        Thread.sleep(20); // a provider's connections rest for a minute before it closes them
      }
    }
  }

  @Test
  void a_safe_question_that_met_a_closing_connection_is_asked_once_more() throws Exception {
    try (var provider =
            new ScriptedProvider(conversation -> {
              conversation.readRequest();
              conversation.send(ScriptedProvider.whole(200, "application/json", "{}"));
              conversation.readRequest();
            });
        var door = new OpenDoor(provider.base());
        var caller = door.call()) {
      assertThat(caller.send(RawCaller.get("/v1/models/m")).read().status()).isEqualTo(200);

      var second = caller.send(RawCaller.get("/v1/models/m")).read();

      assertThat(second.status()).isEqualTo(200);
      assertThat(provider.connections()).isEqualTo(2);
    }
  }

  @Test
  void a_question_the_provider_may_have_heard_is_not_asked_again() throws Exception {
    try (var provider =
            new ScriptedProvider(conversation -> {
              conversation.readRequest();
              conversation.send(ScriptedProvider.whole(200, "application/json", "{}"));
              conversation.readRequest();
            });
        var door = new OpenDoor(provider.base());
        var caller = door.call()) {
      assertThat(caller.send(RawCaller.question()).read().status()).isEqualTo(200);

      var second = caller.send(RawCaller.question()).read();

      assertRefused(second, 502, "provider_broken");
      assertThat(provider.connections()).isEqualTo(1);
    }
  }

  @Test
  void a_safe_question_is_asked_twice_at_most() throws Exception {
    try (var provider = new ScriptedProvider(conversation -> conversation.readRequest());
        var door = new OpenDoor(provider.base());
        var caller = door.call()) {
      var answer = caller.send(RawCaller.get("/v1/models/m")).read();

      assertRefused(answer, 502, "provider_broken");
      assertThat(provider.connections()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/files", "/v1/messages/batches/b/cancel"})
  void an_answer_before_the_end_of_the_upload_is_passed_on(String path) throws Exception {
    try (var provider =
            new ScriptedProvider(conversation -> {
              conversation.readHead();
              for (int i = 0; i < 1000; i++) {
                conversation.read();
              }
              conversation.send(ScriptedProvider.whole(413, "application/json", "{\"early\":1}"));
              conversation.readToEnd();
            });
        var door = new OpenDoor(provider.base());
        var caller = door.call()) {
      caller.send(RawCaller.post(path, "x".repeat(100_000)).substring(0, 50_000));

      var answer = caller.read();

      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.text()).isEqualTo("{\"early\":1}");
      assertThat(answer.field("connection")).containsExactly("close");
      assertThat(provider.next().isClosedByGateway()).isTrue();
      assertThat(caller.readToEnd()).isEmpty();
    }
  }

  @Test
  void a_compressed_answer_is_read_and_passed_on_plain() throws Exception {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(ScriptedProvider.MESSAGE.getBytes(StandardCharsets.UTF_8));
    }
    var answer =
        ask(
            conversation -> {
              conversation.readRequest();
              conversation.send(
                  "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: "
                      + bytes.size()
                      + "\r\n\r\n");
              conversation.send(bytes.toByteArray());
            },
            RawCaller.question());

    assertThat(answer.text()).isEqualTo(ScriptedProvider.MESSAGE);
    assertThat(answer.field("content-encoding")).isEmpty();
  }

  @Test
  void a_compressed_stream_is_passed_on_plain() throws Exception {
    String events =
        ScriptedProvider.event("message_start") + ScriptedProvider.event("message_stop");
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(events.getBytes(StandardCharsets.UTF_8));
    }
    var answer =
        ask(
            conversation -> {
              conversation.readRequest();
              conversation.send(
                  ScriptedProvider.STREAM.replace(
                      "transfer-encoding", "content-encoding: gzip\r\ntransfer-encoding"));
              for (byte b : bytes.toByteArray()) {
                conversation.send("1\r\n");
                conversation.send(new byte[] {b});
                conversation.send("\r\n");
              }
              conversation.send("0\r\n\r\n");
            },
            RawCaller.streamingQuestion());

    assertThat(answer.text()).isEqualTo(events);
    assertThat(answer.field("content-encoding")).isEmpty();
  }
}
