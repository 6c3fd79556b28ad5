package dev.yumen.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.yumen.exchange.Endpoint;
import dev.yumen.exchange.Refused;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whatever comes in is understood as others understand it, or refused. */
class DialectFuzzTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int LIMIT = 1 << 16;

  @FuzzTest(maxDuration = "1m")
  void a_question_is_understood_as_a_tree_of_it_is(byte[] body) {
    BodyFields fields;
    try {
      fields = BodyFields.ofQuestion(body);
    } catch (Refused e) {
      return;
    }
    JsonNode tree = tree(body);
    if (tree != null) {
      assertThat(fields.models()).contains(tree.path("model").asString());
      assertThat(fields.streaming())
          .isEqualTo(tree.path("stream").isBoolean() && tree.path("stream").asBoolean());
    }
  }

  @FuzzTest(maxDuration = "1m")
  void a_batch_is_understood_as_a_tree_of_it_is(byte[] body) {
    BodyFields fields;
    try {
      fields = BodyFields.ofBatch(body);
    } catch (Refused e) {
      return;
    }
    JsonNode tree = tree(body);
    if (tree != null) {
      for (JsonNode request : tree.path("requests")) {
        assertThat(fields.models()).contains(request.path("params").path("model").asString());
      }
    }
  }

  @FuzzTest(maxDuration = "1m")
  void links_are_changed_and_nothing_else_is(byte[] body) {
    byte[] changed = BatchLinks.localise(body, "http://gate.test");

    JsonNode before = tree(body);
    if (before == null) {
      return;
    }
    JsonNode after = tree(changed);
    assertThat(after).isNotNull();
    boolean linked = new String(body, StandardCharsets.UTF_8).contains("/batches");
    boolean escaped = new String(body, StandardCharsets.UTF_8).contains("\\");
    if (!linked && !escaped) {
      assertThat(changed).isEqualTo(body);
    }
    assertThat(BatchLinks.localise(changed, "http://gate.test")).isEqualTo(changed);
  }

  @FuzzTest(maxDuration = "1m")
  void a_path_that_is_taken_means_the_same_the_second_time(FuzzedDataProvider data) {
    String method = data.pickValue(new String[] {"GET", "POST", "DELETE", "PATCH"});
    String path = "/v1/" + data.consumeRemainingAsString();
    Target target;
    try {
      target = Target.of(method, path);
    } catch (Refused e) {
      return;
    }
    assertThat(target.path()).startsWith("/v1/").doesNotContain("//", "/../", "/./", "\\", ";");
    assertThat(target.path()).matches("[!-~]+").doesNotContainIgnoringCase("%2e", "%00", "%5c");
    assertThat(target.endpoint() == Endpoint.MODEL).isEqualTo(target.model() != null);
    try {
      assertThat(Target.of(method, target.path())).isEqualTo(target);
    } catch (Refused e) {
      throw new AssertionError("taken once, refused the second time", e);
    }
  }

  @FuzzTest(maxDuration = "1m")
  void a_compressed_body_is_decoded_within_the_limit_or_refused(FuzzedDataProvider data) {
    String coding = data.pickValue(new String[] {"gzip", "deflate", "x-gzip", "identity", "br"});
    try {
      byte[] body = data.consumeRemainingAsBytes();
      byte[] decoded = ContentCoding.decode(body, coding, LIMIT);
      assertThat(decoded.length).isLessThanOrEqualTo(Math.max(LIMIT, body.length));
    } catch (Refused e) {
      assertThat(e.refusal().reason().code()).startsWith("request_body_");
    }
  }

  @FuzzTest(maxDuration = "1m")
  void any_event_can_be_counted(byte[] event) {
    var meter = new MessagesMeter();

    meter.event(event, 0, event.length);
    meter.body(event);

    assertThat(meter.usage().inputTokens()).isNotNegative();
    assertThat(meter.usage().outputTokens()).isNotNegative();
    assertThat(meter.usage().cacheReadTokens()).isNotNegative();
    assertThat(meter.usage().cacheCreationTokens()).isNotNegative();
  }

  private static JsonNode tree(byte[] body) {
    boolean marked = body.length > 0 && (body[0] == (byte) 0xef || body[0] == 0);
    if (marked || new String(body, StandardCharsets.ISO_8859_1).contains("\0")) {
      return null;
    }
    try {
      return JSON.readTree(body);
    } catch (JacksonException e) {
      return null;
    }
  }
}
