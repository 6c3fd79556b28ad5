package dev.yumen.server.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.yumen.audit.Entry;
import dev.yumen.exchange.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AccessLogTest {
  private static final JsonMapper JSON = new JsonMapper();

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final AtomicLong dropped = new AtomicLong();

  @Test
  void an_answered_exchange_is_one_line_with_everything_that_became_known() {
    JsonNode line = line(Exchanges.answered());

    assertThat(line)
        .isEqualTo(
            JSON.readTree(
                """
                {
                  "time": "2026-11-24T08:09:10.012Z",
                  "id": "req_0123456789abcdefghijklmn",
                  "method": "POST",
                  "path": "/v1/messages",
                  "peer": "192.0.2.7",
                  "credential": "key_1",
                  "caller": "Build server",
                  "tenant": "platform",
                  "endpoint": "messages",
                  "models": ["claude-sonnet-4-5"],
                  "streaming": true,
                  "provider": "claude",
                  "status": 200,
                  "bytes": 4096,
                  "events": 17,
                  "first_byte_ms": 250.000,
                  "model": "claude-sonnet-4-5-20250929",
                  "input_tokens": 11,
                  "output_tokens": 22,
                  "cache_creation_tokens": 33,
                  "cache_read_tokens": 44,
                  "provider_request_id": "req_provider",
                  "ending": "complete",
                  "duration_ms": 1234.567,
                  "user_agent": "curl/8.5",
                  "trace_id": "0af7651916cd43dd8448eb211c80319c"
                }
                """));
  }

  @Test
  void a_refusal_shows_its_status_and_code_and_nothing_that_is_not_known() {
    JsonNode line = line(Exchanges.refused(Reason.CREDENTIAL_MISSING));

    assertThat(line.get("status").intValue()).isEqualTo(401);
    assertThat(line.get("refusal").stringValue()).isEqualTo("credential_missing");
    assertThat(line.get("ending").stringValue()).isEqualTo("refused");
    assertThat(line.propertyNames()).doesNotContain("credential", "endpoint", "provider", "bytes");
  }

  @Test
  void a_caller_who_left_before_an_answer_has_no_status() {
    JsonNode line = line(Exchanges.abandoned());

    assertThat(line.get("ending").stringValue()).isEqualTo("abandoned");
    assertThat(line.has("status")).isFalse();
  }

  @Test
  void hostile_text_stays_inside_its_field_and_its_line() {
    String hostile = "\"}\n{\"status\":200}\r\u0000\u001b[2J\u0085\u2028\u202e\ud800\\ é 玉门 😀";

    JsonNode line =
        line(
            new Entry(
                Exchanges.opening("/v1/" + hostile, hostile, null),
                null,
                Exchanges.prompt(Set.of(hostile)),
                null,
                new Entry.Outcome.Abandoned(),
                0,
                0));

    String kept = hostile.replace('\ud800', '\ufffd');
    assertThat(line.get("path").stringValue()).isEqualTo("/v1/" + kept);
    assertThat(line.get("user_agent").stringValue()).isEqualTo(kept);
    assertThat(line.get("models").get(0).stringValue()).isEqualTo(kept);
    assertThat(out.toString(UTF_8).chars().filter(c -> c != '\n'))
        .allMatch(c -> c >= 0x20 && (c < 0x7f || c >= 0xa0) && c != 0x2028 && c != 0x202e);
  }

  @Test
  void every_character_survives_the_way_through_json() {
    for (int from = 0; from < 0x10000; from += 200) {
      String text =
          IntStream.range(from, Math.min(from + 200, 0x10000))
              .filter(c -> !Character.isSurrogate((char) c))
              .mapToObj(Character::toString)
              .collect(Collectors.joining());

      var lines = new JsonLines(1 << 16);
      lines.begin().text("t", text).end();

      String written = new String(lines.bytes(), 0, lines.length(), UTF_8);
      assertThat(JSON.readTree(written).get("t").stringValue()).isEqualTo(text);
    }
  }

  @Test
  void what_a_caller_can_make_long_is_cut() {
    String longText = "x".repeat(100_000);
    Set<String> manyModels =
        IntStream.range(0, 5000)
            .mapToObj(n -> longText.substring(0, 500) + n)
            .collect(Collectors.toSet());

    JsonNode line =
        line(
            new Entry(
                Exchanges.opening("/" + longText, longText, longText),
                null,
                Exchanges.prompt(manyModels),
                null,
                new Entry.Outcome.Abandoned(),
                0,
                0));

    assertThat(out.size()).isLessThan(4096);
    assertThat(line.get("models")).hasSize(8);
    assertThat(line.get("models_omitted").intValue()).isEqualTo(4992);
  }

  @Test
  void closing_writes_every_line_of_every_thread() throws Exception {
    try (var log = AccessLog.open(out, dropped::addAndGet)) {
      List<Thread> threads =
          IntStream.range(0, 8)
              .mapToObj(_ ->
                  Thread.startVirtualThread(
                      () -> IntStream.range(0, 500).forEach(_ -> log.ended(Exchanges.answered()))))
              .toList();
      for (Thread thread : threads) {
        thread.join();
      }
    }

    assertThat(out.toString(UTF_8).lines()).hasSize(4000).allSatisfy(JSON::readTree);
    assertThat(dropped).hasValue(0);
  }

  @Test
  void an_output_that_takes_nothing_costs_lines_and_never_holds_up_a_request() throws Exception {
    var stuck = new CountDownLatch(1);
    var entered = new CountDownLatch(1);
    var output =
        new OutputStream() {
          @Override
          public void write(int b) {
            out.write(b);
          }

          @Override
          public void write(byte[] bytes, int from, int count) throws IOException {
            entered.countDown();
            try {
              stuck.await();
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
            out.write(bytes, from, count);
          }
        };
    var log = AccessLog.open(output, 2000, dropped::addAndGet);
    log.ended(Exchanges.answered());
    entered.await();

    IntStream.range(0, 100).forEach(_ -> log.ended(Exchanges.answered()));

    assertThat(dropped.get()).isBetween(95L, 99L);
    stuck.countDown();
    log.close();
    assertThat(out.toString(UTF_8).lines())
        .hasSize(101 - (int) dropped.get())
        .allSatisfy(JSON::readTree);
  }

  @Test
  void a_full_disk_costs_the_lines_of_its_time_only() throws Exception {
    var full = new CountDownLatch(1);
    var output =
        new OutputStream() {
          @Override
          public void write(int b) {
            out.write(b);
          }

          @Override
          public void write(byte[] bytes, int from, int count) throws IOException {
            if (full.getCount() > 0) {
              out.write(bytes, from, 10);
              throw new IOException("No space left on device");
            }
            out.write(bytes, from, count);
          }
        };
    var lost = new CountDownLatch(1);
    var log =
        AccessLog.open(
            output,
            lines -> {
              dropped.addAndGet(lines);
              lost.countDown();
            });

    log.ended(Exchanges.answered());
    lost.await();
    full.countDown();
    log.ended(Exchanges.answered());
    log.close();

    assertThat(dropped).hasValue(1);
    List<String> lines = out.toString(UTF_8).lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(JSON.readTree(lines.get(1)).get("status").intValue()).isEqualTo(200);
  }

  @Test
  void a_line_after_closing_is_counted_as_lost() {
    var log = AccessLog.open(out, dropped::addAndGet);
    log.close();

    log.ended(Exchanges.answered());

    assertThat(dropped).hasValue(1);
    assertThat(out.size()).isZero();
  }

  private JsonNode line(Entry entry) {
    try (var log = AccessLog.open(out, dropped::addAndGet)) {
      log.ended(entry);
    }
    assertThat(dropped).hasValue(0);
    assertThat(out.toString(UTF_8)).endsWith("\n");
    assertThat(out.toString(UTF_8).lines()).hasSize(1);
    return JSON.readTree(out.toString(UTF_8));
  }
}
