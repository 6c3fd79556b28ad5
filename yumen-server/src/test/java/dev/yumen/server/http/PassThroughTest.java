package dev.yumen.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What passes the doors is what was sent, but for credentials and what belongs to one hop. */
@ExtendWith(WithoutComplaint.class)
@SuppressWarnings("StringConcatToTextBlock") // line ends are part of what is tested
class PassThroughTest {

  @Test
  void the_provider_receives_the_bytes_the_caller_sent() throws Exception {
    String body = " { \"model\" : \"m\",\r\n\t\"x\":\"\u00c3\u00a9 \\u00e9\", \"n\":1.00 }\n";
    try (var provider = ScriptedProvider.answeringMessages();
        var door = new OpenDoor(provider.base());
        var caller = door.call()) {
      caller.send(
          "POST /v1/messages?beta=true&q=%41+%zz&&=;' HTTP/1.1\r\nHost: door\r\n"
              + "X-First: 1\r\nx-api-key: also-good\r\nAnthropic-Beta: a\r\nx-Odd-CASE: \u00e9\u00ff\r\n"
              + "Authorization: Bearer good\r\nanthropic-beta: b,c\r\nCookie: secret=1\r\n"
              + "Connection: keep-alive, X-Hop\r\nX-Hop: 1\r\nTE: trailers\r\nX-Empty:\r\n"
              + "X-Forwarded-For: 10.0.0.1\r\nAnthropic-Beta: a\r\nX-Last: z\r\n"
              + "Content-Length: "
              + body.length()
              + "\r\n\r\n"
              + body);
      assertThat(caller.read().status()).isEqualTo(200);

      provider.nextRequest();
      assertThat(provider.next().received())
          .isEqualTo(
              "POST /v1/messages?beta=true&q=%41+%zz&&=;' HTTP/1.1\r\n"
                  + "X-First: 1\r\nAnthropic-Beta: a\r\nx-Odd-CASE: \u00e9\u00ff\r\n"
                  + "anthropic-beta: b,c\r\nX-Empty: \r\nAnthropic-Beta: a\r\nX-Last: z\r\n"
                  + "accept-encoding: identity\r\nx-api-key: provider-secret\r\ncontent-length: "
                  + body.length()
                  + "\r\nhost: "
                  + provider.base().getAuthority()
                  + "\r\n\r\n"
                  + body);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/models/claude-x%2Fy",
        "/v1/models/a%20b",
        "/v1/models/%E2%82%AC",
        "/v1/models/a:b@c!$&'()*+,=",
        "/v1/files/f?limit=1&after_id=%2F..%2F",
        "/v1/files/f?",
        "/v1/files/f?a=b?c=/d",
        "/v1/agents/x?beta[]=1&beta[]=2"
      })
  void the_provider_receives_path_and_query_as_they_were_written(String target) throws Exception {
    try (var provider = ScriptedProvider.answeringMessages();
        var door = new OpenDoor(provider.base());
        var caller = door.call()) {
      assertThat(caller.send(RawCaller.get(target)).read().status()).isEqualTo(200);

      assertThat(provider.nextRequest().line()).isEqualTo("GET " + target + " HTTP/1.1");
    }
  }

  @Test
  void the_caller_receives_the_bytes_the_provider_sent() throws Exception {
    String body = " {\"id\" : \"msg_1\" ,\t\"x\":\"\u00e9\"}\n ";
    try (var provider =
            ScriptedProvider.answering(
                "HTTP/1.1 418 I'm a teapot\r\nX-First: 1\r\nRequest-Id: req_p\r\nX-Twice: b\r\n"
                    + "Connection: X-Hop\r\nX-Hop: 1\r\nKeep-Alive: timeout=5\r\nX-Twice: a\r\n"
                    + "Set-Cookie: a=b\r\nx-Odd-CASE: \u00e9\r\nContent-Length: "
                    + body.length()
                    + "\r\n\r\n"
                    + body);
        var door = new OpenDoor(provider.base());
        var caller = door.call()) {
      var answer = caller.send(RawCaller.question()).read();

      assertThat(answer.head())
          .startsWith("HTTP/1.1 418 ")
          .contains(
              "\r\nX-First: 1\r\nRequest-Id: req_p\r\nX-Twice: b\r\n"
                  + "X-Twice: a\r\nx-Odd-CASE: \u00e9\r\nyumen-request-id: req_")
          .doesNotContainIgnoringCase("cookie", "x-hop", "keep-alive", "provider-secret");
      assertThat(answer.text()).isEqualTo(body);
    }
  }

  @Test
  void a_stream_arrives_as_it_was_sent_however_it_is_cut() throws Exception {
    String events =
        ": comment\n\nevent: message_start\r\ndata: {\"type\":\"message_start\"}   \r\n\r\n"
            + "event: ping\ndata: {\"type\": \"ping\"}\n\n"
            + "event: content_block_delta\ndata: {\"t\":\"\u00e2\u0082\u00ac\"}\n\n"
            + ScriptedProvider.event("message_stop");
    for (int size = 1; size < events.length(); size += 7) {
      int piece = size;
      try (var provider =
              new ScriptedProvider(conversation -> {
                conversation.readRequest();
                conversation.send(ScriptedProvider.STREAM);
                for (int at = 0; at < events.length(); at += piece) {
                  conversation.send(
                      ScriptedProvider.chunk(
                          events.substring(at, Math.min(events.length(), at + piece))));
                }
                conversation.send("0\r\n\r\n");
              });
          var door = new OpenDoor(provider.base());
          var caller = door.call()) {
        assertThat(caller.send(RawCaller.streamingQuestion()).read().text()).isEqualTo(events);
      }
    }
  }

  /** More than the heap of this test could hold several times over. */
  @Test
  void files_flow_both_ways_without_being_held() throws Exception {
    int size = 64 * 1024 * 1024;
    byte[] piece = new byte[64 * 1024];
    new Random(7).nextBytes(piece);
    var uploaded = MessageDigest.getInstance("SHA-256");
    try (var provider =
            new ScriptedProvider(conversation -> {
              String head = conversation.readHead();
              if (head.startsWith("POST")) {
                byte[] buffer = new byte[piece.length];
                for (long left = size; left > 0; ) {
                  int n = conversation.readInto(buffer, (int) Math.min(left, buffer.length));
                  uploaded.update(buffer, 0, n);
                  left -= n;
                }
                conversation.send(ScriptedProvider.whole(200, "application/json", "{}"));
              } else {
                conversation.send("HTTP/1.1 200 OK\r\ncontent-length: " + size + "\r\n\r\n");
                for (int at = 0; at < size; at += piece.length) {
                  conversation.send(piece);
                }
              }
            });
        var door = new OpenDoor(provider.base());
        var caller = door.call()) {
      var sent = MessageDigest.getInstance("SHA-256");
      caller.send(
          RawCaller.post("/v1/files", "")
              .replace("application/json", "multipart/form-data; boundary=x")
              .replace("length: 0", "length: " + size));
      for (int at = 0; at < size; at += piece.length) {
        caller.send(piece);
        sent.update(piece);
      }
      assertThat(caller.read().status()).isEqualTo(200);
      assertThat(uploaded.digest()).isEqualTo(sent.digest());

      caller.send(RawCaller.get("/v1/files/f/content"));
      caller.readHead();
      var received = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[piece.length];
      for (int left = size; left > 0; ) {
        int n = caller.in().read(buffer, 0, Math.min(left, buffer.length));
        received.update(buffer, 0, n);
        left -= n;
      }
      sent.reset();
      for (int at = 0; at < size; at += piece.length) {
        sent.update(piece);
      }
      assertThat(received.digest()).isEqualTo(sent.digest());
    }
  }

  @Test
  void a_compressed_body_is_told_of_and_passed_on_where_nobody_reads_it() throws Exception {
    byte[] body = new byte[1000];
    new Random(3).nextBytes(body);
    var request = new ByteArrayOutputStream();
    request.writeBytes(
        RawCaller.post("/v1/files", "")
            .replace("length: 0", "length: 1000\r\ncontent-encoding: br")
            .getBytes(StandardCharsets.ISO_8859_1));
    request.writeBytes(body);
    try (var provider = ScriptedProvider.answeringMessages();
        var door = new OpenDoor(provider.base());
        var caller = door.call()) {
      assertThat(caller.send(request.toByteArray()).read().status()).isEqualTo(200);

      var came = provider.nextRequest();
      assertThat(came.body()).isEqualTo(body);
      assertThat(came.field("content-encoding")).containsExactly("br");
    }
  }
}
