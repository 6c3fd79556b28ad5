package dev.yumen.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.yumen.exchange.Endpoint;
import dev.yumen.exchange.Reason;
import dev.yumen.exchange.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a path asks for, and which paths could mean something else to a provider. */
class TargetTest {

  @ParameterizedTest
  @CsvSource({
    "POST, /v1/messages, MESSAGES",
    "POST, /v1/messages/, MESSAGES",
    "POST, /v1/messages/count_tokens, COUNT_TOKENS",
    "POST, /v1/messages/batches, BATCH_CREATE",
    "GET, /v1/messages/batches, BATCHES",
    "GET, /v1/messages/batches/msgbatch_1, BATCHES",
    "DELETE, /v1/messages/batches/msgbatch_1, BATCHES",
    "POST, /v1/messages/batches/msgbatch_1/cancel, BATCHES",
    "GET, /v1/messages/batches/msgbatch_1/results, BATCH_RESULTS",
    "GET, /v1/models, MODELS",
    "GET, /v1/models/claude-x, MODEL",
    "POST, /v1/files, FILES",
    "GET, /v1/files/file_1/content, FILES",
    "POST, /v1/complete, COMPLETE",
    "POST, /v1/chat/completions, CHAT_COMPLETIONS",
    "GET, /v1/sessions/s/events/stream, OTHER",
    "POST, /v1/messages/other, OTHER",
    "POST, /v1/messages/batches/a/b, OTHER",
    "POST, /v1/messages/batches/a/cancel/b, OTHER",
    "POST, /v1/Messages, OTHER",
  })
  void a_path_and_method_ask_for_an_endpoint(String method, String path, Endpoint endpoint)
      throws Refused {
    assertThat(Target.of(method, path).endpoint()).isEqualTo(endpoint);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/v1/messages", "/v1/v1/v1/messages", "/v1/v1/messages/"})
  void a_base_address_that_ends_in_v1_is_forgiven(String path) throws Refused {
    assertThat(Target.of("POST", path))
        .isEqualTo(new Target(Endpoint.MESSAGES, "/v1/messages", null));
  }

  @Test
  void a_model_id_may_be_encoded_and_goes_to_the_provider_as_it_came() throws Refused {
    var target = Target.of("GET", "/v1/models/claude-x%2Fy%3A1+b");

    assertThat(target.model()).isEqualTo("claude-x/y:1+b");
    assertThat(target.path()).isEqualTo("/v1/models/claude-x%2Fy%3A1+b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/v1",
        "/v1/",
        "/v1//",
        "/v2/messages",
        "/v1x/messages",
        "/V1/messages",
        "/v1/v1/",
        "/v1/../v1/messages",
        "/v1/./messages",
        "/v1//messages",
        "/v1/messages//batches",
        "/v1/%6dessages",
        "/v1/messages/%2e%2e/x",
        "/v1/messages/%2E",
        "/v1/a%zz",
        "/v1/a%",
        "/v1/a%2",
        "/v1/a%00b",
        "/v1/a%0d%0ab",
        "/v1/a\\b",
        "/v1/a%5cb",
        "/v1/a b",
        "/v1/é",
        "/v1/messages;a=1",
        "/v1/messages%2Fbatches",
        "/v1/x/models/a%2fb",
        "/v1/a\u007fb",
        "/v1/models/a%ef%bc%8f\uff11"
      })
  void a_path_that_could_be_read_in_two_ways_is_refused(String path) {
    assertThat(refusal("GET", path).refusal().reason()).isEqualTo(Reason.PATH_UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v1/messages", "DELETE, /v1/messages/count_tokens", "POST, /v1/models",
    "POST, /v1/models/x", "POST, /v1/messages/batches/x/results", "GET, /v1/chat/completions"
  })
  void an_endpoint_takes_its_method_only(String method, String path) {
    var refusal = refusal(method, path).refusal();

    assertThat(refusal.reason()).isEqualTo(Reason.METHOD_NOT_ALLOWED);
    assertThat(refusal.detail()).contains("not " + method);
  }

  @Test
  void a_long_method_is_not_repeated() {
    assertThat(refusal("X".repeat(1000), "/v1/messages").refusal().detail()).hasSizeLessThan(80);
  }

  private static Refused refusal(String method, String path) {
    return catchThrowableOfType(Refused.class, () -> Target.of(method, path));
  }
}
