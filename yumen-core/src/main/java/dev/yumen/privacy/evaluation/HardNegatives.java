package dev.yumen.privacy.evaluation;

import java.util.Locale;
import java.util.random.RandomGenerator;

/** What looks like personal data or a secret and is neither. */
final class HardNegatives {
  private static final String HEX = "0123456789abcdef";

  private final RandomGenerator random;
  private final SyntheticValues values;

  HardNegatives(RandomGenerator random) {
    this.random = random;
    this.values = new SyntheticValues(random);
  }

  /** A number of an order, a request or a moment, for a column or a member that says so. */
  String number() {
    return switch (random.nextInt(3)) {
      case 0 -> "20" + values.some("23456", 2) + values.some("01234", 10);
      case 1 -> "17" + values.some(SyntheticValues.DIGITS, 11);
      default -> "9" + values.some(SyntheticValues.DIGITS, 11);
    };
  }

  /** A short text without anything to find. */
  String text() {
    int kind = random.nextInt(24);
    return kind < 12 ? record(kind) : sentence(kind);
  }

  private String record(int kind) {
    return switch (kind) {
      case 0 -> "请求号 " + uuid() + " 处理完成";
      case 1 -> "commit " + values.some(HEX, 40) + " fixes the build";
      case 2 -> "sha256:" + values.some(HEX, 64);
      case 3 -> "订单号：" + number() + "，已发货";
      case 4 ->
          "\"createdAt\": "
              + "17"
              + values.some(SyntheticValues.DIGITS, 11)
              + ", \"updated\": true";
      case 5 ->
          "ISBN 978-7-"
              + values.some(SyntheticValues.DIGITS, 3)
              + "-"
              + values.some(SyntheticValues.DIGITS, 5)
              + "-"
              + values.some(SyntheticValues.DIGITS, 1);
      case 6 ->
          "升级到 v"
              + random.nextInt(20)
              + "."
              + random.nextInt(20)
              + "."
              + random.nextInt(20)
              + "."
              + random.nextInt(20);
      case 7 ->
          "data:image/png;base64,iVBORw0KGgo"
              + values.some(SyntheticValues.ALNUM + "+/", 200)
              + "==";
      case 8 ->
          "股票代码 60"
              + values.some(SyntheticValues.DIGITS, 4)
              + " 今日收盘 "
              + random.nextInt(100)
              + "."
              + values.some(SyntheticValues.DIGITS, 2)
              + " 元";
      case 9 -> "总价 " + values.some("123456789", 8) + " 元，数量 " + random.nextInt(100);
      case 10 ->
          "2026-03-"
              + (10 + random.nextInt(20))
              + "T12:30:05.123Z took "
              + random.nextInt(9000)
              + " ms";
      default -> "运单号 " + "SF" + values.some(SyntheticValues.DIGITS, 13) + " 正在派送";
    };
  }

  private String sentence(int kind) {
    return switch (kind) {
      case 12 ->
          "float[] m = {0."
              + values.some(SyntheticValues.DIGITS, 6)
              + "f, 0."
              + values.some(SyntheticValues.DIGITS, 6)
              + "f, 0."
              + values.some(SyntheticValues.DIGITS, 6)
              + "f};";
      case 13 ->
          "{\"type\": \"object\", \"properties\": {\"password\": {\"type\": \"string\"}, \"phone\": {\"type\": \"string\", \"pattern\": \"^1[3-9]\\\\d{9}$\"}}}";
      case 14 ->
          "if (password == null || token.isEmpty()) { throw new IllegalStateException(\"secret is required\"); }";
      case 15 -> "export DB_PASSWORD=${DB_PASSWORD:-changeme} API_KEY=<your-api-key>";
      case 16 -> "git clone git@git.example.com:team/repo.git && npm i @scope/package@1.2.3";
      case 17 -> "今天北京市海淀区的气温是" + random.nextInt(35) + "度，周末高兴地去黄山玩";
      case 18 -> "error code 0x" + values.some(HEX, 8) + " at offset " + random.nextInt(100_000);
      case 19 -> "segments: 13-45-2231, part number 44-21-8832-1";
      case 20 -> "std::vector<std::string> a::b::c; time 12:30:45 ratio 16:9";
      case 21 -> "127.0.0.1 localhost, listen 0.0.0.0:8080, 10.0.0.1 gateway";
      case 22 ->
          String.format(
              Locale.ROOT,
              "loss=%.8f acc=%.6f step=%d",
              random.nextDouble(),
              random.nextDouble(),
              random.nextInt(1_000_000));
      default ->
          "assertThat(id).isEqualTo("
              + random.nextInt(1_000_000)
              + "L); // user_id "
              + random.nextInt(100_000);
    };
  }

  private String uuid() {
    return values.some(HEX, 8)
        + "-"
        + values.some(HEX, 4)
        + "-4"
        + values.some(HEX, 3)
        + "-a"
        + values.some(HEX, 3)
        + "-"
        + values.some(HEX, 12);
  }
}
