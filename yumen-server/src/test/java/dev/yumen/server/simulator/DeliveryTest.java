package dev.yumen.server.simulator;

import static dev.yumen.server.simulator.SimulatedProvider.body;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How answers travel: pace, back-pressure, callers who leave. */
@Timeout(120)
class DeliveryTest {

  @Test
  void words_come_at_their_pace_and_the_first_before_the_last() throws Exception {
    try (var provider = new SimulatedProvider(null, null, 100)) {
      var request =
          provider
              .request("/v1/messages")
              .POST(BodyPublishers.ofString(body("sim-text-50", "Hi", true)));
      Instant begun = Instant.now();

      try (var stream = provider.open(request).body()) {
        assertThat(stream.read()).isEqualTo('e');
        Instant first = Instant.now();
        Grammar.message("e" + new String(stream.readAllBytes(), StandardCharsets.UTF_8));

        // 50 tokens at 100 a second: never sooner, whatever the machine does meanwhile.
        assertThat(Duration.between(begun, Instant.now())).isGreaterThan(Duration.ofMillis(450));
        assertThat(first).isBefore(begun.plus(Duration.ofSeconds(60)));
      }
    }
  }

  @Test
  void a_message_as_a_whole_takes_as_long_as_its_stream() {
    try (var provider = new SimulatedProvider(null, null, 100)) {
      Instant begun = Instant.now();

      assertThat(provider.ask("sim-text-50", "Hi").statusCode()).isEqualTo(200);

      assertThat(Duration.between(begun, Instant.now())).isGreaterThan(Duration.ofMillis(450));
    }
  }

  @Test
  void a_huge_answer_has_no_pace_in_either_form() {
    try (var provider = new SimulatedProvider(null, null, 1)) {
      assertThat(provider.ask("sim-huge-1", "Hi").body()).hasSizeGreaterThan(1024 * 1024);
      assertThat(provider.stream("sim-huge-1", "Hi").body()).hasSizeGreaterThan(1024 * 1024);
    }
  }

  @Test
  void a_reader_who_does_not_read_does_not_fill_the_memory() throws Exception {
    try (var provider = new SimulatedProvider()) {
      var streams = new ArrayList<InputStream>();
      for (int i = 0; i < 30; i++) {
        var request =
            provider
                .request("/v1/messages")
                .POST(BodyPublishers.ofString(body("sim-huge-64", "Hi", true)));
        // 30 times 64 MiB is twice the heap of this test.
        streams.add(provider.open(request).body());
      }

      assertThat(provider.ask("sim-echo", "still there").statusCode()).isEqualTo(200);
      for (var stream : streams) {
        stream.close();
      }
      assertThat(provider.ask("sim-echo", "still there").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void a_cut_is_no_end_over_http_2_either() throws Exception {
    Vertx vertx = Vertx.vertx();
    try (var provider = new SimulatedProvider()) {
      var http2 =
          new HttpClientOptions()
              .setProtocolVersion(HttpVersion.HTTP_2)
              .setHttp2ClearTextUpgrade(false);
      var client = vertx.createHttpClient(http2);
      var request =
          new RequestOptions()
              .setMethod(HttpMethod.POST)
              .setAbsoluteURI(provider.address() + "/v1/messages")
              .putHeader("x-api-key", "any")
              .putHeader("anthropic-version", "2023-06-01");

      var cut =
          client
              .request(request)
              .compose(one -> one.send(body("sim-cut-4", "Hi", true)))
              .compose(HttpClientResponse::body)
              .toCompletionStage()
              .toCompletableFuture();

      assertThatThrownBy(() -> cut.get(60, TimeUnit.SECONDS))
          .hasCauseInstanceOf(StreamResetException.class)
          .hasMessageContaining("2");
      client.close();
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
  }

  @Test
  void closing_cuts_what_is_still_going_on() throws Exception {
    var provider = new SimulatedProvider();
    var request =
        provider
            .request("/v1/messages")
            .POST(BodyPublishers.ofString(body("sim-silence-30m", "Hi", true)));
    var stream = provider.open(request).body();
    assertThat(stream.read()).isEqualTo('e');

    provider.close();

    assertThatThrownBy(stream::readAllBytes).isInstanceOf(IOException.class);
  }
}
