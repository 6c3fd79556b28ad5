package dev.yumen.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Surrogates look like the value and are nobody's. */
class SurrogatesTest {

  @Test
  void each_is_of_the_same_form_and_out_of_the_range_that_is_assigned() {
    var forms =
        Map.of(
            "13800138000", List.of(Label.PHONE, "100\\d{8}"),
            "+86 138-0013-8000", List.of(Label.PHONE, "\\+99 9\\d\\d-\\d{4}-\\d{4}"),
            "010-62345678", List.of(Label.PHONE, "000-\\d{8}"),
            "11010519491231002X", List.of(Label.IDCARD, "00\\d{15}[0-9]"),
            "123-45-6789", List.of(Label.IDCARD, "000-\\d{2}-\\d{4}"),
            "4111 1111 1111 1111", List.of(Label.CARD, "0\\d{3} \\d{4} \\d{4} \\d{4}"),
            "DE89370400440532013000", List.of(Label.IBAN, "ZZ00\\d{18}"),
            "jane@corp.example", List.of(Label.EMAIL, "user[a-z]{10}@example\\.com"),
            "8.8.8.8", List.of(Label.IP, "(192\\.0\\.2|198\\.51\\.100|203\\.0\\.113)\\.\\d+"),
            "fe80::1", List.of(Label.IP, "2001:db8:[0-9a-f]+:[0-9a-f]+::[0-9a-f]+"));

    forms.forEach((value, form) -> {
      var pseudonyms = Sample.pseudonyms();
      String text = pseudonyms.substitute((Label) form.get(0), value).text();

      assertThat(text).matches((String) form.get(1));
      assertThat(Sample.restored("is " + text + "?", pseudonyms)).isEqualTo("is " + value + "?");
    });
  }

  @Test
  void check_digits_are_always_wrong() {
    var pseudonyms = Sample.pseudonyms();

    for (int i = 0; i < 2_000; i++) {
      String card = pseudonyms.substitute(Label.CARD, "4" + (100_000_000_000_000L + i)).text();
      String id = pseudonyms.substitute(Label.IDCARD, (11010119900101000L + i) + "X").text();

      assertThat(luhn(card)).isNotZero();
      assertThat(gb11643(id)).isFalse();
    }
  }

  @Test
  void where_a_form_has_none_or_no_more_a_pseudonym_stands() {
    var pseudonyms = Sample.pseudonyms();
    var texts = new HashSet<String>();

    for (int i = 0; i < 1_200; i++) {
      texts.add(pseudonyms.substitute(Label.IP, "10." + i / 250 + ".7." + i % 250).text());
    }

    assertThat(texts).hasSize(1_200).anyMatch(text -> text.startsWith("IP_"));
    assertThat(pseudonyms.substitute(Label.PERSON, "张三").text()).startsWith("PERSON_");
  }

  @Test
  void a_surrogate_is_not_found_within_a_longer_number() {
    var pseudonyms = Sample.pseudonyms();
    String text = pseudonyms.substitute(Label.PHONE, "13800138000").text();

    assertThat(Sample.restored(text + "1 2" + text + " x" + text, pseudonyms))
        .isEqualTo(text + "1 2" + text + " x" + text);
    assertThat(Sample.restored("号码" + text + "。", pseudonyms)).isEqualTo("号码13800138000。");
  }

  private static int luhn(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      digit = i % 2 == 1 ? digit * 2 : digit;
      sum += digit > 9 ? digit - 9 : digit;
    }
    return sum % 10;
  }

  private static boolean gb11643(String id) {
    int[] weights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (int i = 0; i < 17; i++) {
      sum += (id.charAt(i) - '0') * weights[i];
    }
    return id.charAt(17) == "10X98765432".charAt(sum % 11);
  }
}
