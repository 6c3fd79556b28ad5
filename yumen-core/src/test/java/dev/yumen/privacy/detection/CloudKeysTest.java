package dev.yumen.privacy.detection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Keys of Chinese clouds and model providers as their documentation shows them, with random values.
 */
class CloudKeysTest {
  private static final int ROUNDS = 200;

  private final Detector detector = new StructuredDetector();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "export ALIBABA_CLOUD_ACCESS_KEY_ID=LTAI5t{a18}",
        "accessKeySecret: {a30}",
        "ALIYUN_ACCESS_KEY_SECRET={a30}",
        "DASHSCOPE_API_KEY=sk-{x32}",
        "TENCENTCLOUD_SECRET_ID=AKID{a32}",
        "\"secretKey\": \"{a32}\"",
        "HUAWEICLOUD_SDK_SK={a40}",
        "hw_secret_key = '{a40}'",
        "BAIDU_SECRET_KEY: {l32}",
        "QIANFAN_API_KEY=bce-v3/ALTAK-{a21}/{x40}",
        "VOLC_ACCESSKEY=AKLT{a43}",
        "client = OpenAI(api_key=\"sk-{x32}\", base_url=\"https://api.deepseek.com\")",
        "MOONSHOT_API_KEY=sk-{a48}",
        "ZHIPUAI_API_KEY={x32}.{a16}",
        "zhipu密钥是{x32}.{a16}",
        "app_secret = \"{a32}\"",
        "qiniu_secret_key={u40}",
        "https://oapi.dingtalk.com/robot/send?access_token={x64}",
        "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={uuid}",
        "https://open.feishu.cn/open-apis/bot/v2/hook/{uuid}",
        "微信支付 api_key: {a32}",
        "访问密钥：{a30}"
      })
  void at_least_95_of_100_keys_are_found(String template) {
    var random = new SplittableRandom(template.hashCode());
    int found = 0;

    for (int i = 0; i < ROUNDS; i++) {
      var text = filled(template, random);
      found += detector.detect(text).stream().anyMatch(f -> f.type().secret()) ? 1 : 0;
    }

    assertThat(found).isGreaterThanOrEqualTo(ROUNDS * 95 / 100);
  }

  /** {a18} is 18 letters and digits, l lower case, x hexadecimal, u also hyphen and underscore. */
  private static String filled(String template, RandomGenerator random) {
    var out = new StringBuilder();
    int at = 0;
    for (int open = template.indexOf('{'); open >= 0; open = template.indexOf('{', at)) {
      int close = template.indexOf('}', open);
      out.append(template, at, open);
      var slot = template.substring(open + 1, close);
      out.append(
          slot.equals("uuid")
              ? uuid(random)
              : some(slot.charAt(0), Integer.parseInt(slot.substring(1)), random));
      at = close + 1;
    }
    return out.append(template.substring(at)).toString();
  }

  private static String uuid(RandomGenerator random) {
    return some('x', 8, random)
        + "-"
        + some('x', 4, random)
        + "-4"
        + some('x', 3, random)
        + "-a"
        + some('x', 3, random)
        + "-"
        + some('x', 12, random);
  }

  private static String some(char kind, int count, RandomGenerator random) {
    var lower = "0123456789abcdefghijklmnopqrstuvwxyz";
    var alphabet =
        switch (kind) {
          case 'x' -> lower.substring(0, 16);
          case 'l' -> lower;
          case 'u' -> lower + "ABCDEFGHIJKLMNOPQRSTUVWXYZ-_";
          default -> lower + "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        };
    var out = new StringBuilder();
    for (int i = 0; i < count; i++) {
      out.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return out.toString();
  }
}
