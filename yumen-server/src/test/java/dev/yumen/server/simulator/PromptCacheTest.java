package dev.yumen.server.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a prompt costs when parts of it are marked for the cache. */
class PromptCacheTest {
  private static final String MARK = ",\"cache_control\":{\"type\":\"ephemeral\"}";
  private static final String HOUR = ",\"cache_control\":{\"type\":\"ephemeral\",\"ttl\":\"1h\"}";

  private Instant now = Instant.parse("2026-11-24T12:00:00Z");
  private final PromptCache cache = new PromptCache(() -> now);

  @Test
  void without_a_mark_nothing_is_cached() {
    var usage = usage(prompt("", "one"));

    assertThat(usage.read() + usage.written5m() + usage.written1h()).isZero();
    assertThat(usage.input()).isPositive();
  }

  @Test
  void the_second_prompt_with_the_same_beginning_reads_it() {
    var first = usage(prompt(MARK, "one"));

    var second = usage(prompt(MARK, "another one"));

    assertThat(first.written5m()).isPositive();
    assertThat(first.read()).isZero();
    assertThat(second.read()).isEqualTo(first.written5m());
    assertThat(second.written5m()).isZero();
  }

  @Test
  void the_parts_are_the_whole() {
    var request = prompt(MARK, "one");

    var usage = usage(request);

    assertThat(usage.input() + usage.written5m())
        .isEqualTo(new MessageRequest(Json.read(request)).tokens());
  }

  @Test
  void a_longer_conversation_reads_what_it_had_and_writes_the_rest_though_the_mark_moves() {
    var first = usage(conversation("{\"type\":\"text\",\"text\":\"one\"" + MARK + "}"));

    var second =
        usage(
            conversation(
                "{\"type\":\"text\",\"text\":\"one\"},{\"type\":\"text\",\"text\":\"two\""
                    + MARK
                    + "}"));

    assertThat(second.read()).isEqualTo(first.written5m());
    assertThat(second.written5m()).isPositive();
  }

  @Test
  void anything_changed_before_the_mark_is_written_anew() {
    usage(prompt(MARK, "one"));

    assertThat(usage(prompt(MARK, "one").replace("You are", "You were")).read()).isZero();
    assertThat(usage(prompt(MARK, "one").replace("\"m\"", "\"other\"")).read()).isZero();
    assertThat(usage(prompt(MARK, "one").replace("\"lookup\"", "\"search\"")).read()).isZero();
  }

  @Test
  void what_is_not_read_for_its_time_is_forgotten() {
    usage(prompt(MARK, "one"));
    now = now.plus(Duration.ofMinutes(4));
    assertThat(usage(prompt(MARK, "two")).read()).isPositive();
    now = now.plus(Duration.ofMinutes(4));
    assertThat(usage(prompt(MARK, "three")).read()).isPositive();
    now = now.plus(Duration.ofMinutes(5));
    assertThat(usage(prompt(MARK, "four")).read()).isZero();

    assertThat(usage(prompt(HOUR, "five").replace("You", "They")).written1h()).isPositive();
    now = now.plus(Duration.ofMinutes(59));
    assertThat(usage(prompt(HOUR, "six").replace("You", "They")).read()).isPositive();
  }

  @Test
  void a_mark_at_the_top_is_for_all_there_is() {
    String request = conversation("{\"type\":\"text\",\"text\":\"one\"}");
    String marked = "{\"cache_control\":{\"type\":\"ephemeral\"}," + request.substring(1);

    var first = usage(marked);
    var second = usage(marked);

    assertThat(first.input()).isZero();
    assertThat(second.read()).isEqualTo(first.written5m());
  }

  private Usage usage(String request) {
    return cache.usage(new MessageRequest(Json.read(request)));
  }

  private static String prompt(String mark, String text) {
    return """
    {"model":"m","tools":[{"name":"lookup","input_schema":{"type":"object"}}],
    "system":[{"type":"text","text":"You are terse and to the point."%s}],
    "messages":[{"role":"user","content":"%s"}]}\
    """
        .formatted(mark, text);
  }

  private static String conversation(String blocks) {
    return "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[" + blocks + "]}]}";
  }
}
