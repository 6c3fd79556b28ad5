package dev.yumen.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yumen.exchange.Answer;
import dev.yumen.exchange.Delivery.Ending;
import dev.yumen.exchange.Endpoint;
import dev.yumen.exchange.Headers;
import dev.yumen.exchange.Reason;
import dev.yumen.exchange.Usage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Answers that are compressed, whole, or no streams of events. */
class AnswersTest {
  private static final String START =
      "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"model\":\"m-1\","
          + "\"usage\":{\"input_tokens\":9,\"output_tokens\":1}}}\n\n";
  private static final String TEXT =
      "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,"
          + "\"delta\":{\"type\":\"text_delta\",\"text\":\"Hi\"}}\n\n";
  private static final String STOP = "event: message_stop\ndata: {\"type\":\"message_stop\" }\n\n";

  @Test
  void a_compressed_stream_passes_decoded_event_by_event() {
    var headers = Scene.EVENT_STREAM.and("content-encoding", "GZIP").and("content-length", "1");
    var scene =
        Scene.of(Endpoint.MESSAGES, 200, headers)
            .play(it -> {
              byte[][] parts = gzip(START, TEXT, STOP);
              it.provider(parts[0]);
              assertThat(it.text()).isEqualTo(START);
              it.provider(parts[1]);
              assertThat(it.text()).isEqualTo(START + TEXT);
              it.provider(parts[2]);
              it.providerEnds();
            });

    assertThat(scene.text()).isEqualTo(START + TEXT + STOP);
    assertThat(scene.headers().has("content-encoding")).isFalse();
    assertThat(scene.headers().has("content-length")).isFalse();
    assertThat(scene.delivery().ending()).isEqualTo(Ending.COMPLETE);
  }

  @Test
  void a_damaged_compressed_stream_ends_in_an_error_event() {
    var headers = Scene.EVENT_STREAM.and("content-encoding", "gzip");
    var scene =
        Scene.of(Endpoint.MESSAGES, 200, headers)
            .play(it -> {
              it.provider(gzip(START)[0]);
              it.provider(new byte[] {7, 7, 7, 7, 7, 7, 7, 7, 7});
            });

    assertThat(scene.text()).startsWith(START + "event: error\n").contains("was damaged");
    assertThat(scene.delivery().ending()).isEqualTo(Ending.PROVIDER);
  }

  @Test
  void a_stream_in_a_coding_the_gateway_cannot_read_passes_untouched() {
    var headers = Scene.EVENT_STREAM.and("content-encoding", "br");
    var cut =
        Scene.of(Endpoint.MESSAGES, 200, headers)
            .play(it -> {
              it.provider("\u0001\u0002");
              it.passes(Scene.PING.multipliedBy(2));
              it.providerBreaks();
            });
    var whole =
        Scene.of(Endpoint.MESSAGES, 200, headers)
            .play(it -> {
              it.provider("\u0001\u0002");
              it.providerEnds();
            });

    assertThat(cut.text()).isEqualTo("\u0001\u0002");
    assertThat(cut.reset()).isTrue();
    assertThat(whole.endedCleanly()).isTrue();
    assertThat(whole.headers().first("content-encoding")).isEqualTo("br");
  }

  @Test
  void a_download_keeps_its_length_and_is_broken_off_visibly() {
    var headers = Headers.of("content-type", "application/x-jsonl", "content-length", "20");
    var whole =
        Scene.of(Endpoint.BATCH_RESULTS, 200, headers)
            .play(it -> {
              it.provider("{\"custom_id\":\"a\"}\n");
              it.passes(Scene.PING.multipliedBy(3));
              it.providerEnds();
            });
    var cut =
        Scene.of(Endpoint.BATCH_RESULTS, 200, headers)
            .play(it -> {
              it.provider("{\"custom");
              it.providerBreaks();
            });

    assertThat(whole.text()).isEqualTo("{\"custom_id\":\"a\"}\n");
    assertThat(whole.headers().all("content-length")).containsExactly("20");
    assertThat(whole.delivery().ending()).isEqualTo(Ending.COMPLETE);
    assertThat(cut.text()).isEqualTo("{\"custom");
    assertThat(cut.reset()).isTrue();
    assertThat(cut.delivery().ending()).isEqualTo(Ending.PROVIDER);
  }

  @Test
  void an_empty_download_is_opened_and_ended() {
    var scene = Scene.of(Endpoint.FILES, 204, Headers.NONE).play(Scene::providerEnds);

    assertThat(scene.status()).isEqualTo(204);
    assertThat(scene.endedCleanly()).isTrue();
  }

  @Test
  void an_answer_that_came_whole_is_sent_whole_and_counted() {
    String body =
        "{\"type\":\"message\",\"model\":\"m-1\",\"usage\":{\"input_tokens\":3,"
            + "\"output_tokens\":4,\"cache_read_input_tokens\":5,\"cache_creation_input_tokens\":6}}";
    var headers = Headers.of("content-type", "application/json", "content-length", "999");
    var scene =
        Scene.of(Endpoint.MESSAGES, 200, headers)
            .send(new Answer.Whole(200, headers, body.getBytes(StandardCharsets.UTF_8)));

    assertThat(scene.text()).isEqualTo(body);
    assertThat(scene.headers().has("content-length")).isFalse();
    assertThat(scene.delivery().usage()).isEqualTo(new Usage(3, 4, 6, 5));
    assertThat(scene.delivery().ending()).isEqualTo(Ending.COMPLETE);
  }

  @Test
  void an_error_of_the_provider_passes_unchanged_and_counts_for_nothing() {
    String body = "{\"error\":{\"type\":\"forbidden\"},\"usage\":{\"input_tokens\":3}}";
    var scene =
        Scene.of(Endpoint.MESSAGES, 403, Headers.NONE)
            .send(new Answer.Whole(403, Headers.NONE, body.getBytes(StandardCharsets.UTF_8)));

    assertThat(scene.status()).isEqualTo(403);
    assertThat(scene.text()).isEqualTo(body);
    assertThat(scene.delivery().usage()).isEqualTo(Usage.NONE);
  }

  @Test
  void a_compressed_answer_that_came_whole_is_decoded() throws IOException {
    var headers = Headers.of("content-encoding", "gzip", "content-type", "application/json");
    byte[] body = gzipWhole("{\"usage\":{\"output_tokens\":4}}");
    var scene =
        Scene.of(Endpoint.MESSAGES, 200, headers).send(new Answer.Whole(200, headers, body));
    var empty =
        Scene.of(Endpoint.MESSAGES, 204, headers).send(new Answer.Whole(204, headers, new byte[0]));
    body[body.length - 6] ^= 1;
    var damaged =
        Scene.of(Endpoint.MESSAGES, 200, headers).send(new Answer.Whole(200, headers, body));

    assertThat(scene.text()).isEqualTo("{\"usage\":{\"output_tokens\":4}}");
    assertThat(scene.headers().has("content-encoding")).isFalse();
    assertThat(scene.delivery().usage().outputTokens()).isEqualTo(4);
    assertThat(empty.status()).isEqualTo(204);
    assertThat(damaged.refused().refusal().reason()).isEqualTo(Reason.PROVIDER_BROKEN);
  }

  private static byte[][] gzip(String... parts) {
    try {
      var all = new ByteArrayOutputStream();
      var result = new byte[parts.length][];
      var gzip = new GZIPOutputStream(all, true);
      for (int i = 0; i < parts.length; i++) {
        gzip.write(parts[i].getBytes(StandardCharsets.UTF_8));
        gzip.flush();
        result[i] = all.toByteArray();
        all.reset();
      }
      return result;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] gzipWhole(String text) throws IOException {
    var all = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(all)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return all.toByteArray();
  }
}
