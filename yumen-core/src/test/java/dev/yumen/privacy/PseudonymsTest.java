package dev.yumen.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a pseudonym depends on, and what not. */
class PseudonymsTest {

  @Test
  void a_pseudonym_is_the_same_in_every_order_and_every_request_of_the_conversation() {
    var values = new ArrayList<String>();
    for (int i = 0; i < 500; i++) {
      values.add("person " + i);
    }
    var first = Sample.pseudonyms();
    var expected = values.stream().map(v -> first.issue(Label.PERSON, v).text()).toList();

    var shuffled = new ArrayList<>(values);
    Collections.shuffle(shuffled, new Random(3));
    var second = Sample.pseudonyms();
    shuffled.forEach(v -> second.issue(Label.PERSON, v));

    assertThat(values.stream().map(v -> second.issue(Label.PERSON, v).text()).toList())
        .isEqualTo(expected);
  }

  @Test
  void tenant_conversation_master_and_label_each_change_it() {
    byte[] other = new byte[32];
    other[31] = 1;
    var texts = new HashSet<String>();

    for (var key :
        List.of(
            ConversationKey.derive(new byte[32], "acme", "one"),
            ConversationKey.derive(new byte[32], "acme", "two"),
            ConversationKey.derive(new byte[32], "acmeo", "ne"),
            ConversationKey.derive(other, "acme", "one"))) {
      var pseudonyms = new Pseudonyms(key, List.of());
      texts.add(pseudonyms.issue(Label.PERSON, "张三").text().substring(7));
      texts.add(pseudonyms.issue(Label.DATA, "张三").text().substring(5));
    }

    assertThat(texts).hasSize(8);
  }

  @Test
  void ways_of_writing_one_value_share_five_symbols_and_differ_in_the_rest() {
    var pseudonyms = Sample.pseudonyms();

    String plain = pseudonyms.issue(Label.PHONE, "13800138000").text();
    String dashed = pseudonyms.issue(Label.PHONE, "138-0013-8000").text();
    String wide = pseudonyms.issue(Label.PHONE, "１３８００１３８０００").text();
    String other = pseudonyms.issue(Label.PHONE, "13800138001").text();

    assertThat(List.of(dashed.substring(0, 11), wide.substring(0, 11)))
        .containsOnly(plain.substring(0, 11));
    assertThat(other.substring(0, 11)).isNotEqualTo(plain.substring(0, 11));
    assertThat(new HashSet<>(List.of(plain, dashed, wide, other))).hasSize(4);
    assertThat(Sample.restored(plain + "|" + dashed + "|" + wide, pseudonyms))
        .isEqualTo("13800138000|138-0013-8000|１３８００１３８０００");
  }

  @Test
  void of_two_values_that_hash_alike_the_first_keeps_its_pseudonym() {
    // Of 20 000 values of 25 bits about six pairs hash alike.
    var alone = new HashMap<String, String>();
    String one = "";
    String other = "";
    for (int i = 0; i < 40_000 && one.isEmpty(); i++) {
      String text = Sample.pseudonyms().issue(Label.PERSON, "name" + i).text();
      String earlier = alone.put(text.substring(0, 12), "name" + i);
      if (earlier != null) {
        one = earlier;
        other = "name" + i;
      }
    }
    assertThat(one).isNotEmpty();

    for (var pair : List.of(List.of(one, other), List.of(other, one))) {
      var pseudonyms = Sample.pseudonyms();
      String first = pseudonyms.issue(Label.PERSON, pair.get(0)).text();
      String second = pseudonyms.issue(Label.PERSON, pair.get(1)).text();

      assertThat(first).isEqualTo(Sample.pseudonyms().issue(Label.PERSON, pair.get(0)).text());
      assertThat(second.substring(0, 12)).isNotEqualTo(first.substring(0, 12));
      assertThat(Sample.restored(first + second, pseudonyms)).isEqualTo(pair.get(0) + pair.get(1));
    }
  }

  @Test
  void one_value_may_be_written_in_a_thousand_ways() {
    var pseudonyms = Sample.pseudonyms();
    var texts = new HashSet<String>();

    for (int i = 0; i < 1_500; i++) {
      String value = "ab" + " ".repeat(i % 40) + "c" + "\t".repeat(i / 40);
      String text = pseudonyms.issue(Label.DATA, value).text();
      assertThat(Sample.restored(text, pseudonyms)).isEqualTo(value);
      texts.add(text);
    }

    assertThat(texts).hasSize(1_500);
  }

  @Test
  void an_epoch_that_ends_is_still_turned_back_but_no_longer_issued() {
    ConversationKey old = ConversationKey.derive(new byte[40], "acme", "one");
    ConversationKey now = Sample.key("one");
    String before = new Pseudonyms(old, List.of()).issue(Label.PERSON, "张三").text();

    var turning = new Pseudonyms(now, List.of(old));
    String after = turning.issue(Label.PERSON, "张三").text();

    assertThat(after).isNotEqualTo(before);
    assertThat(Sample.restored(before + " " + after, turning)).isEqualTo("张三 张三");
    var ended = new Pseudonyms(now, List.of());
    assertThat(ended.issue(Label.PERSON, "张三").text()).isEqualTo(after);
    assertThat(Sample.restored(before, ended)).isEqualTo(before);
  }

  @Test
  void a_short_master_secret_is_refused_and_nothing_prints_a_secret_or_a_value() {
    var pseudonyms = Sample.pseudonyms();
    var issued = pseudonyms.issue(Label.PERSON, "张三");

    assertThatThrownBy(() -> ConversationKey.derive(new byte[31], "acme", "one"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(issued.toString() + pseudonyms + Sample.key("one")).doesNotContain("张三");
  }
}
