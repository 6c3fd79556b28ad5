package dev.yumen.server.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.yumen.exchange.Delivery;
import dev.yumen.exchange.Reason;
import dev.yumen.exchange.Usage;
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
  void streams_are_in_flight_at_their_provider_until_they_end() {
    var entry = Exchanges.answered();
    metrics.routed(entry.route(), entry.prompt());
    metrics.routed(entry.route(), entry.prompt());
    metrics.ended(entry);

    assertThat(
            Exposition.of(metrics)
                .value("yumen_provider_requests_in_flight provider=claude streaming=true"))
        .isEqualTo(1);
  }

  @Test
  void a_tenants_exchanges_and_tokens_are_counted() {
    metrics.ended(Exchanges.answered());
    metrics.ended(Exchanges.answered());

    Exposition scrape = Exposition.of(metrics);
    assertThat(scrape.value("yumen_tenant_requests_total tenant=platform")).isEqualTo(2);
    assertThat(scrape.value("yumen_tenant_tokens_total kind=output tenant=platform")).isEqualTo(44);
  }

  @Test
  void answers_of_models_are_measured_as_the_conventions_say() {
    metrics.ended(Exchanges.answered());
    metrics.ended(
        Exchanges.answered(
            new Delivery(529, Delivery.Ending.COMPLETE, 9, 0, Usage.NONE, null, null, 1)));

    Exposition scrape = Exposition.of(metrics);
    String one =
        " gen_ai_operation_name=chat gen_ai_provider_name=anthropic"
            + " gen_ai_response_model=claude-sonnet-4-5-20250929";
    assertThat(
            scrape.value(
                "gen_ai_client_operation_duration_seconds_sum error_type="
                    + one
                    + " yumen_provider=claude"))
        .isEqualTo(1.18456789);
    assertThat(
            scrape.value(
                "gen_ai_client_operation_time_to_first_chunk_seconds_sum"
                    + one
                    + " yumen_provider=claude"))
        .isEqualTo(0.2);
    assertThat(
            scrape.value(
                "gen_ai_client_token_usage_tokens_sum"
                    + one
                    + " gen_ai_token_type=input yumen_provider=claude"))
        .isEqualTo(88);
    assertThat(
            scrape.value(
                "gen_ai_client_operation_duration_seconds_count error_type=529"
                    + " gen_ai_operation_name=chat gen_ai_provider_name=anthropic"
                    + " gen_ai_response_model=none yumen_provider=claude"))
        .isEqualTo(1);
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
