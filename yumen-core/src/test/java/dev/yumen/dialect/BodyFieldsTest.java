package dev.yumen.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.yumen.exchange.Reason;
import dev.yumen.exchange.Refused;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is looked up in a body, and what would make two readers see two things. */
class BodyFieldsTest {

  @Test
  void the_model_is_read_wherever_it_stands_and_however_it_is_written() throws Refused {
    assertThat(question("{\"model\":\"m\"}").models()).containsExactly("m");
    assertThat(question("{\"messages\":[{\"model\":\"x\"}],\"model\":\"m\"}").models())
        .containsExactly("m");
    assertThat(question("{\"mod\\u0065l\":\"\\u006d\"}").models()).containsExactly("m");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"model\":\"m\",\"stream\":\"true\"}", "{\"model\":\"m\",\"stream\":1}",
        "{\"model\":\"m\",\"stream\":null}", "{\"model\":\"m\",\"stream\":[true]}",
        "{\"model\":\"m\",\"stream\":{\"stream\":true}}", "{\"model\":\"m\",\"stream\":false}",
        "{\"model\":\"m\",\"x\":{\"stream\":true}}", "{\"model\":\"m\"}"
      })
  void only_a_true_stream_is_streaming(String body) throws Refused {
    assertThat(question(body).streaming()).isFalse();
  }

  @Test
  void a_true_stream_is_streaming() throws Refused {
    assertThat(question("{\"stream\": true ,\"model\":\"m\"}").streaming()).isTrue();
  }

  @Test
  void models_that_may_take_over_or_be_consulted_are_named_too_the_asked_one_first()
      throws Refused {
    var fields =
        question(
            "{\"fallbacks\":[{\"model\":\"b\",\"max_tokens\":1},{\"model\":\"c\"},\"d\"],"
                + "\"tools\":[{\"type\":\"advisor_20260301\",\"model\":\"e\"},"
                + "{\"name\":\"n\",\"input_schema\":{\"model\":\"no\"}}],\"model\":\"a\"}");

    assertThat(fields.models()).containsExactly("a", "b", "c", "e");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"model\":\"a\",\"model\":\"b\"}", "{\"model\":\"a\",\"mod\\u0065l\":\"b\"}",
        "{\"model\":\"a\",\"Model\":\"b\"}", "{\"model\":\"a\",\"stream\":true,\"stream\":false}",
        "{\"model\":\"a\",\"\\u017ftream\":true,\"stream\":false}"
      })
  void a_member_that_appears_twice_is_refused_also_where_only_the_case_differs(String body) {
    assertThat(refusal(body)).contains("twice");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"Model\":\"m\"}", "{\"messages\":[]}", "{\"x\":{\"model\":\"m\"}}"})
  void a_question_without_a_model_is_refused_in_the_words_of_the_api(String body) {
    assertThat(refusal(body)).isEqualTo("model: Field required");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"model\":1}",
        "{\"model\":null}",
        "{\"model\":[\"m\"]}",
        "{\"model\":{\"model\":\"m\"}}",
        "{\"model\":\"m\",\"fallbacks\":[{\"model\":null}]}"
      })
  void a_model_that_is_no_string_is_refused(String body) {
    assertThat(refusal(body)).startsWith("model: ");
  }

  @Test
  void a_model_name_is_bounded() throws Refused {
    assertThat(question("{\"model\":\"" + "m".repeat(254) + "\"}").models()).hasSize(1);
    assertThat(refusal("{\"model\":\"" + "m".repeat(255) + "\"}")).startsWith("model: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "[]", "\"m\"", "1", "null", "{", "{\"model\":\"m\"}x", "{\"a\" 1}"})
  void what_is_no_object_is_refused(String body) {
    assertThat(refusal(body)).isNotEmpty();
  }

  @Test
  void a_refusal_repeats_no_word_of_the_body() {
    assertThat(refusal("{\"secret\":\"secret\",\"secret\":1}")).doesNotContain("secret");
    assertThat(refusal("{\"model\":\"m\" secret}")).doesNotContain("secret");
  }

  @Test
  void each_question_of_a_batch_names_its_model() throws Refused {
    var fields =
        batch(
            "{\"requests\":[{\"custom_id\":\"1\",\"params\":{\"model\":\"a\",\"stream\":true}},"
                + "{\"params\":{\"model\":\"b\"},\"custom_id\":\"2\"},{\"params\":{\"model\":\"a\"}}]}");

    assertThat(fields.models()).containsExactly("a", "b");
    assertThat(fields.streaming()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"requests\":{\"0\":{\"params\":{\"model\":\"a\"}}}}",
        "{\"requests\":null}",
        "{\"requests\":[1]}",
        "{\"requests\":[{}]}",
        "{\"requests\":[{\"params\":[]}]}",
        "{\"requests\":[{\"params\":{}}]}",
        "{\"requests\":[{\"params\":{\"model\":\"a\"},\"params\":{\"model\":\"b\"}}]}",
        "{\"requests\":[{\"params\":{\"model\":\"a\"},\"Params\":{\"model\":\"b\"}}]}",
        "{\"requests\":[],\"requests\":[]}"
      })
  void a_batch_with_a_question_that_cannot_be_told_is_refused(String body) {
    var refused = catchThrowableOfType(Refused.class, () -> BodyFields.ofBatch(bytes(body)));

    assertThat(refused.refusal().reason()).isEqualTo(Reason.BODY_MALFORMED);
  }

  private static BodyFields question(String body) throws Refused {
    return BodyFields.ofQuestion(bytes(body));
  }

  private static BodyFields batch(String body) throws Refused {
    return BodyFields.ofBatch(bytes(body));
  }

  private static String refusal(String body) {
    var refused = catchThrowableOfType(Refused.class, () -> BodyFields.ofQuestion(bytes(body)));
    assertThat(refused.refusal().reason()).isEqualTo(Reason.BODY_MALFORMED);
    return refused.refusal().detail();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
