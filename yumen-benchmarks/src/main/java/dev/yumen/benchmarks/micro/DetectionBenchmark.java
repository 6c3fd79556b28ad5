package dev.yumen.benchmarks.micro;

import dev.yumen.privacy.detection.Finding;
import dev.yumen.privacy.detection.StructuredDetector;
import dev.yumen.privacy.evaluation.Generator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How fast the scanner reads 100 KiB of UTF-8 of several kinds. Operations per second times 0.1024
 * are megabytes per second.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DetectionBenchmark {
  private static final int SIZE = 100 * 1024;

  private static final String CHINESE =
      "企业需要在保护用户隐私的前提下，合理利用数据资源。为此我们提出了新的方案，包括分类分级、访问控制和审计日志。"
          + "项目组将在下周一召开会议，讨论系统架构设计与性能优化的细节问题，并确认2026年第三季度的计划。\n";

  private static final String ENGLISH =
      "The committee met on Tuesday to discuss the budget for the coming year, and decided to postpone the "
          + "vote until every member had read the report. Version 2.4 of the document lists 37 open points.\n";

  private static final String CODE =
      """
        public List<Finding> detect(String text) {
          var scan = new Scan(NormalText.of(text));
          for (int i = 0; i < scan.length(); i++) {
            if (scan.at(i) == '@' && i > 0) { // token 1 of 2, see issue 4711
              result.add(new Finding(Type.EMAIL, i - 1, i + 1, "key"));
            }
          }
          return result.stream().sorted().limit(100).toList();
        }
      """;

  /**
   * What kind of text: prose in Chinese and English, code, and the generator's, full of findings.
   */
  @Param({"chinese", "english", "code", "generated"})
  public String kind = "";

  private final StructuredDetector detector = new StructuredDetector();
  private String text = "";

  /** Makes the text. */
  @Setup
  public void prepare() {
    var unit =
        switch (kind) {
          case "chinese" -> CHINESE;
          case "english" -> ENGLISH;
          case "code" -> CODE;
          default -> generated();
        };
    int bytes = unit.getBytes(StandardCharsets.UTF_8).length;
    var whole = unit.repeat(SIZE / bytes + 1);
    text =
        whole.substring(
            0, (int) ((long) whole.length() * SIZE / ((long) bytes * (SIZE / bytes + 1))));
  }

  /** Scans the text once. */
  @Benchmark
  public List<Finding> scan() {
    return detector.detect(text);
  }

  private static String generated() {
    var all = new StringBuilder();
    new Generator(new SplittableRandom(1)).generate(500, s -> all.append(s.text()).append('\n'));
    return all.toString();
  }
}
