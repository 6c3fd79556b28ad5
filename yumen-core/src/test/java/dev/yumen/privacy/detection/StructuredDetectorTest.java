package dev.yumen.privacy.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scanner as a whole: context, columns, overlaps, and any text whatever. */
class StructuredDetectorTest {
  private static final int LARGE = 500_000;

  private final Detector detector = new StructuredDetector();

  @Test
  void the_nearest_word_decides_whether_a_number_is_personal() {
    assertThat(found("手机号 13800138000")).containsExactly("cn-mobile 13800138000");
    assertThat(found("订单号 13800138000")).isEmpty();
    assertThat(found("手机号登记后生成订单号 13800138000")).isEmpty();
    assertThat(found("订单已发货。手机号 13800138000")).containsExactly("cn-mobile 13800138000");
  }

  @Test
  void a_word_counts_only_as_a_word() {
    assertThat(found("public: D1234567, opossum 123456789")).isEmpty();
    assertThat(found("phoneNumber=4155552671")).containsExactly("phone-number 4155552671");
    assertThat(found("user_phone: 4155552671")).containsExactly("phone-number 4155552671");
  }

  @Test
  void a_header_types_its_column_and_clears_the_columns_of_orders() {
    var csv = "姓名,手机号,订单号\n李雷,13912345678,13912345679\n韩梅梅,13812345678,13812345679\n";
    var tsv = "user\tqq\tage\nx1\t123456789\t30\n";
    var markdown = "| 联系人 | 身份证 |\n|---|---|\n| 王芳 | 110105194912310021 |\n";

    assertThat(found(csv))
        .containsExactly(
            "person-name 李雷", "cn-mobile 13912345678", "person-name 韩梅梅", "cn-mobile 13812345678");
    assertThat(found(tsv)).containsExactly("qq-number 123456789");
    assertThat(found(markdown))
        .containsExactly("person-name 王芳", "cn-resident-id 110105194912310021");
  }

  @Test
  void a_quoted_cell_may_hold_the_delimiter() {
    var csv = "name,address,email\n\"Miller, Anna\",\"12 Elm Street, Springfield\",a@example.org\n";

    assertThat(found(csv))
        .containsExactly(
            "person-name Miller, Anna",
            "address 12 Elm Street, Springfield",
            "email a@example.org");
  }

  @Test
  void findings_never_overlap_and_the_password_in_a_url_is_no_mailbox() {
    assertThat(found("mysql://app:pa55w0rd@db.example.org/x"))
        .containsExactly("connection-password pa55w0rd");
    assertThat(found("地址：北京市朝阳区建国路93号院1号楼1201室 13800138000"))
        .containsExactly("address 北京市朝阳区建国路93号院1号楼1201室", "cn-mobile 13800138000");
  }

  @Test
  void values_in_escaped_json_within_json_are_found_at_their_place() {
    var text =
        "{\"content\": \"{\\\"phone\\\": \\\"13800138000\\\", \\\"password\\\": \\\"Abc!2345\\\"}\"}";

    assertThat(found(text)).containsExactly("cn-mobile 13800138000", "password Abc!2345");
  }

  @Test
  void a_private_key_that_is_cut_off_is_found_as_far_as_it_goes() {
    var text =
        "-----BEGIN RSA PRIVATE KEY-----\nMIIEpQIBAAKCAQEAn6O8liSX4m98LLYtPKSzEmQ\nZBD7Loh9P13f4yQ92EF3";

    assertThat(found(text)).containsExactly("private-key " + text);
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void the_time_is_linear_whatever_the_text(String unit) {
    var text = unit.repeat(LARGE / unit.length());

    // Linear work takes well under a second, quadratic work hours.
    var findings =
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60), () -> detector.detect(text));

    assertThat(disjointWithin(findings, text)).isTrue();
  }

  static Stream<String> hostile() {
    return Stream.of(
        "1",
        "1 ",
        "1-",
        "13800138000 ",
        "4111 ",
        "1.",
        "1:",
        "a:",
        "@",
        "a@a",
        "a@a.",
        "a@b.c",
        "手机",
        "密码是",
        "password=",
        "token: ",
        "姓名：",
        "地址：北京市",
        "路1号",
        "北京",
        "一",
        "一 ",
        "十",
        "\\",
        "\\u00",
        "%E5",
        "&#",
        "&#49;",
        "\u200b",
        "eyJ",
        "eyJ.",
        "-----BEGIN ",
        "-----BEGIN PRIVATE KEY-----",
        "://",
        "://a:",
        "://a:b@",
        "curl --user ",
        "curl ",
        "sk-",
        "AKIA",
        "a,b\n",
        "name,phone\n",
        "|",
        "姓名|电话\n",
        "\t",
        "12 Elm ",
        "12 Elm Street, ",
        "0.12345, ",
        "DE89",
        "GB29 ",
        "京A",
        "A1",
        "0x",
        "Q~",
        "1:A",
        "字第",
        "岁",
        "\ud835",
        "\ud835\udfce",
        "年龄 ",
        "-",
        "((((",
        "\n",
        "a-1");
  }

  @Test
  void random_texts_of_telling_pieces_give_disjoint_findings_within_the_text() {
    var random = new SplittableRandom(42);

    for (int i = 0; i < 20_000; i++) {
      var text = pieces(random);
      assertThatNoException()
          .as(text)
          .isThrownBy(() -> assertThat(disjointWithin(detector.detect(text), text)).isTrue());
    }
  }

  @Test
  void one_detector_serves_many_threads_with_the_same_answers() throws Exception {
    var random = new SplittableRandom(7);
    var texts = Stream.generate(() -> pieces(random)).limit(200).toList();
    var expected = texts.stream().map(detector::detect).toList();

    try (var threads = Executors.newFixedThreadPool(4)) {
      Callable<List<List<Finding>>> all = () -> texts.stream().map(detector::detect).toList();
      for (var result : threads.invokeAll(List.of(all, all, all, all))) {
        assertThat(result.get()).isEqualTo(expected);
      }
    }
  }

  private List<String> found(String text) {
    return detector.detect(text).stream()
        .map(f -> f.type().id() + " " + text.substring(f.start(), f.end()))
        .toList();
  }

  static boolean disjointWithin(List<Finding> findings, String text) {
    int end = 0;
    for (var finding : findings) {
      if (finding.start() < end || finding.end() > text.length()) {
        return false;
      }
      end = finding.end();
    }
    return true;
  }

  private static String pieces(RandomGenerator random) {
    var pieces = new ArrayList<>(hostile().toList());
    pieces.addAll(
        List.of(
            "110105",
            "19491231",
            "002X",
            "Ｘ",
            "１",
            "壹",
            "+86",
            "(",
            ")",
            "订单号",
            "\"",
            "'",
            " ",
            "：",
            "name",
            "eyJhbGciOiJIUzI1NiJ9.e30.x",
            "%40",
            "\\\"",
            "&quot;",
            "🙂",
            "\ud800",
            "é",
            "St",
            "Apt 4"));
    var text = new StringBuilder();
    for (int i = random.nextInt(30); i >= 0; i--) {
      text.append(pieces.get(random.nextInt(pieces.size())));
    }
    return text.toString();
  }
}
