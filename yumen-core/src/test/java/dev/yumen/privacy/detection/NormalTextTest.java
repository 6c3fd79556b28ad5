package dev.yumen.privacy.detection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The view without disguises, and the way back. */
class NormalTextTest {
  @ParameterizedTest
  @CsvSource({
    "ＡＢＣ１２３,ABC123",
    "一三八零零一三八〇〇〇,13800138000",
    "壹叁捌 零零壹叁 捌零零零,138 0013 8000",
    "一二三四五六,一二三四五六",
    "138零零一三八〇〇〇,13800138000",
    "٠١٢٣,0123",
    "\\u5f20\\u4e09,张三",
    "\\\\u5f20,张",
    "a\\\"b\\/c,a\"b/c",
    "&#24352;&#x4e09;&amp;,张三&",
    "%E5%BC%A0%20%41,张 A",
    "100% of %zz &unknown; \\d,100% of %zz &unknown; \\d",
    "𝟏𝟛𝟠,138",
    "1\u200b3\u20608,138",
    "\\u200b1,1",
    "1—2‑3−4,1-2-3-4"
  })
  void disguises_are_gone(String text, String plain) {
    assertThat(view(NormalText.of(text))).isEqualTo(plain);
  }

  @Test
  void
      every_character_of_the_view_has_its_place_in_the_original_in_order_and_without_gaps_between() {
    var pieces =
        new String[] {
          "a", "1", "张", "Ａ", "\u200b", "\\u5f20", "&#49;", "%E5%BC%A0", "𝟏", "一", "\\", "%"
        };
    var random = new SplittableRandom(5);
    for (int round = 0; round < 5_000; round++) {
      var text = new StringBuilder();
      for (int i = random.nextInt(20); i > 0; i--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }

      var view = NormalText.of(text.toString());

      int end = 0;
      for (int i = 0; i < view.length(); i++) {
        assertThat(view.originalStart(i)).as("%s at %d", text, i).isGreaterThanOrEqualTo(end);
        end = view.originalEnd(i + 1);
        assertThat(end).isGreaterThan(view.originalStart(i)).isLessThanOrEqualTo(text.length());
        // Each piece alone must give the same character as it does within the text.
        var alone = view(NormalText.of(text.substring(view.originalStart(i), end)));
        assertThat(alone).isIn(view.chars()[i] + "", "一");
      }
    }
  }

  private static String view(NormalText text) {
    return new String(text.chars(), 0, text.length());
  }
}
