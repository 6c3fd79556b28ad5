package dev.yumen.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yumen.exchange.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No credential of a provider comes back, and who answered is told truly. */
class AnswerHeadersTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x-api-key",
        "X-Api-Key",
        "Authorization",
        "Set-Cookie",
        "set-cookie",
        "Proxy-Authenticate",
        "Alt-Svc",
        "Strict-Transport-Security",
        "Connection",
        "Transfer-Encoding",
        "Content-Length",
        "Keep-Alive",
        "Upgrade",
        "Trailer",
        "Yumen-Reason"
      })
  void what_is_the_providers_own_does_not_come_back(String name) {
    assertThat(caller(200, name, "v", "content-type", "t", name, "w").has(name)).isFalse();
  }

  @Test
  void a_field_that_the_provider_names_in_connection_stays_behind() {
    var headers = caller(200, "Connection", "close, X-Hop", "x-hop", "1", "x-end", "2");

    assertThat(headers.has("x-hop")).isFalse();
    assertThat(headers.first("x-end")).isEqualTo("2");
  }

  @Test
  void everything_else_comes_back_in_order_each_line_of_it() {
    var headers =
        caller(
            200,
            "Content-Type",
            "text/event-stream; charset=utf-8",
            "anthropic-ratelimit-requests-limit",
            "50",
            "retry-after",
            "7",
            "x-unknown",
            "a",
            "x-unknown",
            "b",
            "request-id",
            "req_provider");

    assertThat(headers.toString())
        .isEqualTo(
            "[Content-Type, anthropic-ratelimit-requests-limit, retry-after, x-unknown, x-unknown,"
                + " request-id, yumen-request-id, yumen-origin]");
    assertThat(headers.all("x-unknown")).containsExactly("a", "b");
  }

  @Test
  void the_providers_request_id_stays_and_the_gateways_own_stands_beside_it() {
    assertThat(caller(200, "request-id", "req_provider").all("request-id"))
        .containsExactly("req_provider");
    assertThat(caller(200).all("request-id")).containsExactly("req_own");
    assertThat(caller(200, "yumen-request-id", "forged").all("yumen-request-id"))
        .containsExactly("req_own");
  }

  @Test
  void who_answered_is_told_truly() {
    assertThat(caller(200, "yumen-origin", "gateway").all("yumen-origin"))
        .containsExactly("provider");
    assertThat(AnswerHeaders.own(Headers.NONE, "req_own").all("yumen-origin"))
        .containsExactly("gateway");
  }

  @Test
  void a_401_of_the_provider_is_no_matter_of_the_caller_and_no_retry_heals_it() {
    assertThat(caller(401).all("x-should-retry")).containsExactly("false");
    assertThat(caller(401, "x-should-retry", "true").all("x-should-retry")).containsExactly("true");
    assertThat(caller(429).has("x-should-retry")).isFalse();
  }

  private static Headers caller(int status, String... fields) {
    return AnswerHeaders.forCaller(status, Headers.of(fields), "req_own");
  }
}
