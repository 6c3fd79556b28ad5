package dev.yumen.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yumen.exchange.Endpoint;
import dev.yumen.exchange.Headers;
import dev.yumen.exchange.Prompt;
import dev.yumen.exchange.Provider;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No credential of a caller goes upstream; everything that is not the gateway's own affair does.
 */
class ForwardingTest {
  private static final Headers CREDENTIAL = Headers.of("x-api-key", "provider-secret");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "authorization", "Authorization", "AUTHORIZATION", "x-api-key", "X-Api-Key", "X-API-KEY",
        "x_api_key", "X_Api-Key", "proxy-authorization", "Proxy-Authorization", "cookie", "Cookie"
      })
  void no_credential_of_the_caller_goes_upstream_in_any_spelling(String name) {
    var sent =
        forwarded(name, "caller-secret", "accept", "*/*", name, "Bearer\tcaller-secret", name, "");

    assertThat(sent).doesNotContain("caller-secret").containsOnlyOnce("provider-secret");
    assertThat(headers(Endpoint.OTHER, name, "caller-secret").all("x-api-key"))
        .containsExactly("provider-secret");
  }

  @Test
  void both_credentials_of_a_caller_are_left_out_at_once() {
    assertThat(
            forwarded(
                "Authorization",
                "Bearer caller-secret",
                "x-api-key",
                "caller-secret",
                "X-Api-Key",
                "caller-secret"))
        .isEqualTo("accept-encoding: identity\nx-api-key: provider-secret\n");
  }

  @Test
  void a_field_that_carries_the_providers_credential_cannot_come_from_the_caller() {
    var provider = provider(Headers.of("api-key", "provider-secret", "x-tenant", "ours"));
    var prompt =
        prompt(Endpoint.MESSAGES, "Api-Key", "mine", "api_key", "mine", "X-Tenant", "mine");

    Headers sent = Forwarding.headers(prompt, provider);

    assertThat(sent.all("api-key")).containsExactly("provider-secret");
    assertThat(sent.all("x-tenant")).containsExactly("ours");
    assertThat(sent.has("api_key")).isFalse();
  }

  @Test
  void naming_a_field_in_connection_cannot_take_the_providers_credential_away() {
    var sent =
        headers(Endpoint.MESSAGES, "connection", "x-api-key, accept-encoding", "x-api-key", "mine");

    assertThat(sent.all("x-api-key")).containsExactly("provider-secret");
    assertThat(sent.all("accept-encoding")).containsExactly("identity");
  }

  @Test
  void fields_of_one_hop_stay_here_named_ones_too() {
    assertThat(
            forwarded(
                "Connection",
                "keep-alive, X-Hop",
                "connection",
                " Close ,x-other",
                "x-hop",
                "1",
                "X-Other",
                "2",
                "Keep-Alive",
                "timeout=5",
                "TE",
                "trailers",
                "Trailer",
                "x",
                "Transfer-Encoding",
                "chunked",
                "Upgrade",
                "h2c",
                "HTTP2-Settings",
                "AAA",
                "Proxy-Connection",
                "keep-alive",
                "Content-Length",
                "5",
                "Host",
                "gateway",
                "Expect",
                "100-continue"))
        .isEqualTo("accept-encoding: identity\nx-api-key: provider-secret\n");
  }

  @Test
  void what_is_said_of_the_callers_network_stays_here() {
    assertThat(
            forwarded(
                "X-Forwarded-For",
                "10.0.0.1",
                "X-Forwarded-Host",
                "h",
                "Forwarded",
                "for=10.0.0.1",
                "Via",
                "1.1 proxy",
                "X-Real-IP",
                "10.0.0.1",
                "yumen-anything",
                "1"))
        .isEqualTo("accept-encoding: identity\nx-api-key: provider-secret\n");
  }

  @Test
  void every_other_field_goes_on_in_order_with_its_spelling_and_each_of_its_lines() {
    assertThat(
            forwarded(
                "Anthropic-Version",
                "2023-06-01",
                "anthropic-beta",
                "a,b",
                "X-Stainless-Lang",
                "js",
                "anthropic-beta",
                "c",
                "x-claude-code-session-id",
                "s",
                "X-Unknown",
                " padded ",
                "Content-Type",
                "application/json",
                "accept",
                "text/event-stream",
                "user-agent",
                "claude-cli/2",
                "traceparent",
                "00-1-2-03"))
        .isEqualTo(
            """
            Anthropic-Version: 2023-06-01
            anthropic-beta: a,b
            X-Stainless-Lang: js
            anthropic-beta: c
            x-claude-code-session-id: s
            X-Unknown:  padded\s
            Content-Type: application/json
            accept: text/event-stream
            user-agent: claude-cli/2
            traceparent: 00-1-2-03
            accept-encoding: identity
            x-api-key: provider-secret
            """);
  }

  @ParameterizedTest
  @EnumSource(Endpoint.class)
  void answers_that_are_read_are_asked_for_uncompressed_and_others_as_the_caller_wants(
      Endpoint endpoint) {
    var sent = headers(endpoint, "Accept-Encoding", "gzip, br", "accept-encoding", "zstd");

    if (Forwarding.isRead(endpoint)) {
      assertThat(sent.all("accept-encoding")).containsExactly("identity");
    } else {
      assertThat(sent.all("accept-encoding")).containsExactly("gzip, br", "zstd");
    }
  }

  @Test
  void a_provider_without_a_credential_gets_none() {
    var sent =
        Forwarding.headers(prompt(Endpoint.MESSAGES, "x-api-key", "c"), provider(Headers.NONE));

    assertThat(sent.has("x-api-key")).isFalse();
  }

  private static String forwarded(String... fields) {
    var lines = new ArrayList<String>();
    headers(Endpoint.MESSAGES, fields)
        .forEach((name, value) -> lines.add(name + ": " + value + "\n"));
    return String.join("", lines);
  }

  private static Headers headers(Endpoint endpoint, String... fields) {
    return Forwarding.headers(prompt(endpoint, fields), provider(CREDENTIAL));
  }

  private static Prompt prompt(Endpoint endpoint, String... fields) {
    return new Prompt(
        endpoint,
        "POST",
        "/v1/messages",
        Headers.of(fields),
        new Prompt.Content.None(),
        Set.of(),
        false);
  }

  private static Provider provider(Headers credential) {
    return new Provider(
        "one", URI.create("http://one.test"), credential, List.of("*"), Provider.Timeouts.DEFAULT);
  }
}
