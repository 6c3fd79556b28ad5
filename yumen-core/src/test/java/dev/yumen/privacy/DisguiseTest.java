package dev.yumen.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is replaced, and that it comes back. */
class DisguiseTest {

  @Test
  void whatever_the_text_it_comes_back() {
    var random = new Random(11);

    for (int round = 0; round < 20_000; round++) {
      var pseudonyms = Sample.pseudonyms();
      String live = pseudonyms.issue(Label.PERSON, "张三").text();
      String text = RandomText.of(random, live);

      String disguised = Sample.disguised(text, pseudonyms);

      assertThat(disguised).doesNotContain("张三");
      assertThat(Sample.restored(disguised, pseudonyms)).as("%s", disguised).isEqualTo(text);
      assertThat(
              Sample.restoredInPieces(
                  disguised, pseudonyms, Channel.TEXT, random, 1 + random.nextInt(6)))
          .isEqualTo(text);
    }
  }

  @Test
  void the_form_of_a_later_turn_begins_with_that_of_the_earlier() {
    var random = new Random(12);
    var live = Sample.pseudonyms().issue(Label.PERSON, "张三").text();

    for (int round = 0; round < 1_000; round++) {
      var history = new StringBuilder();
      String before = "";
      for (int turn = 0; turn < 5; turn++) {
        history.append(RandomText.of(random, live)).append("\n\n");
        String now = Sample.disguised(history.toString(), Sample.pseudonyms());

        assertThat(now).startsWith(before);
        before = now;
      }
    }
  }

  @Test
  void a_restored_answer_that_comes_back_as_history_is_what_the_provider_said() {
    var pseudonyms = Sample.pseudonyms();
    String asked = Sample.disguised("张三 is at 13800138000", pseudonyms);
    String said = "I called " + asked.substring(asked.indexOf("PHONE")) + " for " + asked + ".";

    String history = Sample.restored(said, pseudonyms);

    assertThat(history).isEqualTo("I called 13800138000 for 张三 is at 13800138000.");
    assertThat(Sample.disguised(history, Sample.pseudonyms())).isEqualTo(said);
  }

  @Test
  void a_value_found_once_is_replaced_wherever_it_stands() {
    var disguise = new Disguise(Sample.pseudonyms());
    disguise.learn("I am Mark", List.of(new Span(5, 9, Label.PERSON, Action.PSEUDONYM)));
    disguise.learn("客户是欧阳锋先生", List.of(new Span(3, 6, Label.PERSON, Action.PSEUDONYM)));

    String text = disguise.apply("Mark wrote Markdown, Mark. 欧阳锋说", List.of());

    assertThat(text).matches("PERSON_\\w{8} wrote Markdown, PERSON_\\w{8}\\. PERSON_\\w{8}说");
  }

  @Test
  void a_short_value_is_replaced_only_where_it_was_found() {
    var disguise = new Disguise(Sample.pseudonyms());
    var spans = List.of(new Span(0, 2, Label.AGE, Action.PSEUDONYM));
    disguise.learn("12 years", spans);

    assertThat(disguise.apply("12 years and 12 apples", spans))
        .matches("AGE_\\w{8} years and 12 apples");
  }

  @Test
  void masks_and_removals_are_for_good() {
    var pseudonyms = Sample.pseudonyms();
    var disguise = new Disguise(pseudonyms);
    String text = "key sk-ant-1234 of 张三";
    var spans =
        List.of(
            new Span(19, 21, Label.PERSON, Action.MASK),
            new Span(4, 15, Label.SECRET, Action.DROP));
    disguise.learn(text, spans);

    String disguised = disguise.apply(text, spans);

    assertThat(disguised).isEqualTo("key [removed] of **");
    assertThat(Sample.restored(disguised, pseudonyms)).isEqualTo(disguised);
    assertThat(disguise.apply("also sk-ant-1234", List.of())).isEqualTo("also [removed]");
  }

  @Test
  void writing_down_a_pseudonym_reveals_nothing() {
    var pseudonyms = Sample.pseudonyms();
    String live = pseudonyms.issue(Label.PHONE, "13800138000").text();

    for (String planted :
        List.of(
            live,
            live.toLowerCase(java.util.Locale.ROOT),
            live.replace("_", "\\_"),
            live.replace('_', ' '),
            "电话" + live.substring(5))) {
      var request = Sample.pseudonyms();
      String disguised = Sample.disguised("13800138000 " + planted, request);

      assertThat(disguised).matches("PHONE_\\w{8} (电话)?LIT_\\w{8}");
      assertThat(Sample.restored(disguised, request)).isEqualTo("13800138000 " + planted);
    }
  }

  @Test
  void a_surrogate_written_down_reveals_nothing_either() {
    var spans = List.of(new Span(0, 11, Label.PHONE, Action.SURROGATE));
    String surrogate = Sample.pseudonyms().substitute(Label.PHONE, "13800138000").text();
    String text = "13800138000 and " + surrogate;
    var pseudonyms = Sample.pseudonyms();
    var disguise = new Disguise(pseudonyms);
    disguise.learn(text, spans);

    String disguised = disguise.apply(text, spans);

    assertThat(disguised).matches(surrogate + " and LIT_\\w{8}");
    assertThat(Sample.restored(disguised, pseudonyms)).isEqualTo(text);
  }

  @Test
  void ordinary_words_and_identifiers_are_left_as_they_are() {
    String text =
        "person 1 had 2 apps; phone 5551234; user_id, my_variable, CARD-2024, ip 10.0.0.1, "
            + "migration_20240101, PERSON_NAME, MAX_VALUE, 第1_张, data_2f, commit 1a2b3c4d";

    var disguise = new Disguise(Sample.pseudonyms());

    assertThat(disguise.apply(text, List.of())).isSameAs(text);
  }

  @Test
  void spans_that_overlap_or_leave_the_text_are_refused() {
    var disguise = new Disguise(Sample.pseudonyms());
    var span = new Span(0, 3, Label.DATA, Action.PSEUDONYM);

    assertThatThrownBy(() -> disguise.learn("ab", List.of(span)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() ->
            disguise.learn("abcdef", List.of(span, new Span(2, 4, Label.DATA, Action.PSEUDONYM))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_huge_text_that_is_all_beginnings_takes_linear_work() {
    var pseudonyms = Sample.pseudonyms();
    var disguise = new Disguise(pseudonyms);
    String value = "a".repeat(40) + "b";
    disguise.learn(value, List.of(new Span(0, 41, Label.DATA, Action.PSEUDONYM)));
    String text = "PERSON \\\\\\".repeat(200_000) + " " + "a".repeat(1_000_000);

    String disguised = disguise.apply(text, List.of());

    assertThat(disguised).isEqualTo(text);
    assertThat(Sample.restored(text, pseudonyms)).isEqualTo(text);
  }
}
