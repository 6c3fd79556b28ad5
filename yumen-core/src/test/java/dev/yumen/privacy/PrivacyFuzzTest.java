package dev.yumen.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.yumen.json.MalformedJson;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Whatever is asked or answered comes back, and nothing fails. */
class PrivacyFuzzTest {

  @FuzzTest(maxDuration = "1m")
  void a_disguised_text_comes_back_from_any_pieces(FuzzedDataProvider data) {
    var pseudonyms = Sample.pseudonyms();
    int piece = data.consumeInt(1, 64);
    String text = data.consumeRemainingAsString();

    String disguised = Sample.disguised(text, pseudonyms);

    var restoration = new Restoration(pseudonyms, Channel.TEXT, Sample.NO_HOSTS);
    var out = new StringBuilder();
    for (int at = 0; at < disguised.length(); at += piece) {
      out.append(
          restoration.take(disguised.substring(at, Math.min(disguised.length(), at + piece))));
    }
    assertThat(out.append(restoration.rest()).toString()).isEqualTo(text);
  }

  @FuzzTest(maxDuration = "1m")
  void any_question_is_refused_or_the_same_without_its_pseudonyms(byte[] body) {
    try {
      var leaves = PromptLeaves.of(body);
      var pseudonyms = Sample.pseudonyms();
      var spans = leaves.stream().map(leaf -> Sample.spans(leaf.text(), Action.PSEUDONYM)).toList();

      byte[] disguised = Disguised.of(body, leaves, spans, pseudonyms).body();

      var after = PromptLeaves.of(disguised);
      assertThat(after).hasSameSizeAs(leaves);
      for (int i = 0; i < leaves.size(); i++) {
        assertThat(Sample.restored(after.get(i).text(), pseudonyms))
            .isEqualTo(leaves.get(i).text());
      }
    } catch (MalformedJson e) {
      assertThat(e.offset()).isBetween(0, body.length);
    }
  }

  @FuzzTest(maxDuration = "1m")
  void any_answer_passes(byte[] bytes) {
    var pseudonyms = Sample.pseudonyms();
    pseudonyms.issue(Label.PERSON, "张三");
    var disguised = new Disguised(new byte[0], pseudonyms, java.util.Map.of());
    var out = new ByteArrayOutputStream();

    var answer = new AnswerText(disguised, Sample.NO_HOSTS);
    answer.event(bytes, 0, bytes.length, out);
    out.writeBytes(answer.rest());

    assertThat(answer.body(bytes)).isNotNull();
    if (!new String(bytes, StandardCharsets.UTF_8).contains("content_block")) {
      assertThat(Arrays.equals(out.toByteArray(), bytes)).isTrue();
    }
  }
}
