package dev.yumen.server.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.yumen.exchange.Reason;
import java.io.ByteArrayOutputStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private static final String WAY = " endpoint=messages provider=claude streaming=true";

  private final Metrics metrics = new Metrics("1.2.3");

  @AfterEach
  void close() {
    metrics.close();
  }

  @Test
  void an_answer_is_counted_with_its_ending_size_and_tokens() {
    metrics.begun(Exchanges.opening());
    metrics.ended(Exchanges.answered());

    Exposition scrape = Exposition.of(metrics);
    assertThat(
            scrape.value(
                "yumen_requests_total ending=complete endpoint=messages provider=claude"
                    + " status=200"))
        .isEqualTo(1);
    assertThat(scrape.value("yumen_answer_bytes_total" + WAY)).isEqualTo(4096);
    assertThat(scrape.value("yumen_answer_events_total" + WAY)).isEqualTo(17);
    String model = " model=claude-sonnet-4-5-20250929 provider=claude";
    assertThat(scrape.value("yumen_tokens_total kind=input" + model)).isEqualTo(11);
    assertThat(scrape.value("yumen_tokens_total kind=output" + model)).isEqualTo(22);
    assertThat(scrape.value("yumen_tokens_total kind=cache_creation" + model)).isEqualTo(33);
    assertThat(scrape.value("yumen_tokens_total kind=cache_read" + model)).isEqualTo(44);
  }

  @Test
  void durations_fall_into_buckets_up_to_ten_minutes() {
    metrics.ended(Exchanges.answered());

    Exposition scrape = Exposition.of(metrics);
    String duration = "yumen_request_duration_seconds";
    String way = " endpoint=messages le=%s provider=claude streaming=true";
    assertThat(scrape.types()).containsEntry(duration, "histogram");
    assertThat(scrape.value(duration + "_bucket" + way.formatted("1.0"))).isEqualTo(0);
    assertThat(scrape.value(duration + "_bucket" + way.formatted("2.5"))).isEqualTo(1);
    assertThat(scrape.value(duration + "_bucket" + way.formatted("600.0"))).isEqualTo(1);
    assertThat(scrape.value(duration + "_bucket" + way.formatted("+Inf"))).isEqualTo(1);
    assertThat(scrape.value(duration + "_sum" + WAY)).isEqualTo(1.23456789);
    assertThat(scrape.value("yumen_request_first_byte_seconds_bucket" + way.formatted("0.25")))
        .isEqualTo(1);
    assertThat(scrape.value("yumen_request_first_byte_seconds_bucket" + way.formatted("0.1")))
        .isEqualTo(0);
  }

  @Test
  void every_reason_to_refuse_is_there_before_it_first_happens() {
    metrics.ended(Exchanges.refused(Reason.OVERLOADED));

    Exposition scrape = Exposition.of(metrics);
    for (Reason reason : Reason.values()) {
      assertThat(scrape.value("yumen_refusals_total reason=" + reason.code()))
          .isEqualTo(reason == Reason.OVERLOADED ? 1 : 0);
    }
    assertThat(
            scrape.value(
                "yumen_requests_total ending=refused endpoint=none provider=none status=529"))
        .isEqualTo(1);
  }

  @Test
  void a_caller_who_left_is_counted_without_a_status() {
    metrics.ended(Exchanges.abandoned());

    assertThat(
            Exposition.of(metrics)
                .value(
                    "yumen_requests_total ending=abandoned endpoint=none provider=none status=none"))
        .isEqualTo(1);
  }

  @Test
  void what_has_begun_and_not_ended_is_in_flight() {
    metrics.begun(Exchanges.opening());
    metrics.begun(Exchanges.opening());
    metrics.ended(Exchanges.abandoned());

    assertThat(Exposition.of(metrics).value("yumen_requests_in_flight")).isEqualTo(1);
  }

  @Test
  void callers_cannot_make_more_series_than_the_limit_by_inventing_models() {
    IntStream.range(0, 5 * Labels.MOST)
        .forEach(n -> metrics.ended(Exchanges.answered(Exchanges.delivery("invented-" + n))));
    metrics.ended(Exchanges.answered(Exchanges.delivery("invented-0")));

    Exposition scrape = Exposition.of(metrics);
    long series =
        scrape.samples().keySet().stream()
            .filter(sample -> sample.startsWith("yumen_tokens_total kind=input"))
            .count();
    assertThat(series).isEqualTo(Labels.MOST + 1);
    assertThat(scrape.value("yumen_tokens_total kind=input model=other provider=claude"))
        .isEqualTo(11.0 * 4 * Labels.MOST);
    assertThat(scrape.value("yumen_tokens_total kind=input model=invented-0 provider=claude"))
        .isEqualTo(22);
  }

  @Test
  void hostile_model_names_do_not_break_the_scrape() {
    metrics.ended(Exchanges.answered(Exchanges.delivery("a\"} 1\nyumen_requests_total 7\\")));
    metrics.ended(Exchanges.answered(Exchanges.delivery("x".repeat(10_000))));

    Exposition scrape = Exposition.of(metrics);
    assertThat(
            scrape.value(
                "yumen_tokens_total kind=input model=a\\\"} 1\\nyumen_requests_total 7\\\\"
                    + " provider=claude"))
        .isEqualTo(11);
    assertThat(scrape.value("yumen_tokens_total kind=input model=other provider=claude"))
        .isEqualTo(11);
  }

  @Test
  void the_first_settings_are_no_reload() {
    metrics.settingsApplied(1);
    metrics.settingsApplied(2);
    metrics.settingsRejected();

    Exposition scrape = Exposition.of(metrics);
    assertThat(scrape.value("yumen_settings_generation")).isEqualTo(2);
    assertThat(scrape.value("yumen_settings_reloads_total result=success")).isEqualTo(1);
    assertThat(scrape.value("yumen_settings_reloads_total result=failure")).isEqualTo(1);
  }

  @Test
  void the_process_and_its_build_are_seen() {
    metrics.linesDropped(3);

    Exposition scrape = Exposition.of(metrics);
    assertThat(scrape.value("yumen_build_info java=" + Runtime.version() + " version=1.2.3"))
        .isEqualTo(1);
    assertThat(scrape.value("yumen_access_log_dropped_lines_total")).isEqualTo(3);
    assertThat(scrape.types())
        .containsKeys(
            "jvm_memory_used_bytes",
            "jvm_gc_memory_allocated_bytes_total",
            "jvm_threads_live_threads",
            "process_cpu_usage",
            "process_files_open_files",
            "process_uptime_seconds");
  }

  @Test
  void open_metrics_ends_as_its_specification_says() {
    var out = new ByteArrayOutputStream();
    metrics.scrape(out, "application/openmetrics-text; version=1.0.0; charset=utf-8");

    assertThat(out.toString(UTF_8)).endsWith("# EOF\n").contains("# TYPE yumen_refusals counter");
  }
}
