package dev.yumen.privacy.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** Text and code without personal data: at most one finding in 100 KB. */
class CleanTextTest {
  private static final int EACH = 100_000;

  /**
   * The JDK's authors give their real addresses, and each file that of the Free Software
   * Foundation.
   */
  private static final Set<DataType> TRUE_IN_THE_JDK = EnumSet.of(DataType.EMAIL, DataType.ADDRESS);

  private final Detector detector = new StructuredDetector();
  private final Map<DataType, Integer> found = new EnumMap<>(DataType.class);
  private long bytes;

  @Test
  void the_sources_of_the_jdk_are_clean() throws IOException {
    var sources = Path.of(System.getProperty("java.home"), "lib", "src.zip");
    if (!Files.exists(sources)) {
      System.err.println("SKIPPED: this JDK has no src.zip");
    }
    assumeTrue(Files.exists(sources), "this JDK has no src.zip");
    try (var zip = new ZipFile(sources.toFile())) {
      for (var entry : Collections.list(zip.entries())) {
        var name = entry.getName();
        if (name.startsWith("java.base/") || name.startsWith("java.net.http/")) {
          search(new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
        }
      }
    }

    found.keySet().removeAll(TRUE_IN_THE_JDK);

    assertThat(bytes).isGreaterThan(10_000_000);
    assertThat(count()).as(found.toString()).isLessThanOrEqualTo(bytes / EACH);
  }

  @Test
  void the_sources_of_this_project_are_clean_but_for_its_samples() throws IOException {
    try (var files = Files.walk(Path.of(".."))) {
      for (var file : files.filter(CleanTextTest::clean).toList()) {
        search(Files.readString(file));
      }
    }

    assertThat(bytes).isGreaterThan(200_000);
    assertThat(count()).as(found.toString()).isLessThanOrEqualTo(bytes / EACH);
  }

  @Test
  void chinese_prose_without_personal_data_is_clean() {
    var prose =
        """
        人工智能技术正在深刻改变我们的生活方式，企业需要在保护用户隐私的前提下，合理利用数据资源。
        北京市海淀区今天多云转晴，最高气温二十三度；上海浦东新区的三号线地铁将延长运营时间至二十二点三十分。
        第三十二条　国家机关为履行法定职责处理个人信息，适用本法；密码应当妥善保管，不得向他人透露。
        高兴的是，周末马上就要到了，江苏和黄山的游客明显增多，白天的票价为一百二十元，共售出12345678张。
        2023年第三季度，公司实现营业收入1234567890元，同比增长12.5%，股票代码600519，市盈率28.3。
        会议时间：2026年3月5日下午2点，地点：二楼会议室；请联系人事部门领取材料，手机请调至静音。
        """;

    search(prose.repeat(200));

    assertThat(found).isEmpty();
  }

  private void search(String text) {
    bytes += text.getBytes(StandardCharsets.UTF_8).length;
    detector.detect(text).forEach(finding -> found.merge(finding.type(), 1, Integer::sum));
  }

  private long count() {
    return found.values().stream().mapToLong(Integer::longValue).sum();
  }

  /** Sources and notes, but not those that show personal data on purpose. */
  private static boolean clean(Path file) {
    var path = file.toString();
    boolean source = path.endsWith(".java") || path.endsWith(".xml") || path.endsWith(".md");
    return source
        && !path.contains("/target/")
        && !path.contains("/privacy/")
        && !path.contains("/.git/")
        && !path.contains("/node_modules/")
        && !path.contains("/redaction/")
        && !path.contains("/.venv")
        && !path.endsWith("pseudonyms.md")
        && !path.endsWith("detected-types.md")
        && !path.endsWith("evaluation.md")
        && !path.contains("/src/test/");
  }
}
