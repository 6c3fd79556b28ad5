package dev.yumen.server.simulator;

import static dev.yumen.server.simulator.SimulatedProvider.json;
import static dev.yumen.server.simulator.SimulatedProvider.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** Scripts, from the file to what an application receives. */
class ScriptTest {
  @TempDir private Path directory;

  @Test
  void the_first_rule_whose_conditions_hold_answers() throws Exception {
    try (var provider =
        scripted(
            """
            rules:
              - when: {model: "claude-opus-*", text: weather}
                answer: [text: Sunny.]
              - when: {model: "claude-*"}
                answer:
                  - text: Hello.
            """)) {
      assertThat(said(provider, "claude-opus-5-5", "the weather?")).isEqualTo("Sunny.");
      assertThat(said(provider, "claude-opus-5-5", "Hi")).isEqualTo("Hello.");
      assertThat(said(provider, "claude-sonnet-5", "the weather?")).isEqualTo("Hello.");
      assertThat(said(provider, "other", "Hi")).startsWith("You wrote: “Hi”");
      assertThat(said(provider, "sim-echo", "Hi")).isEqualTo("Hi");
    }
  }

  @Test
  void calls_are_counted_for_each_rule_by_its_other_conditions() throws Exception {
    try (var provider =
        scripted(
            """
            rules:
              - when: {text: b}
                answer: [text: b]
              - when: {call: [1, 3]}
                answer: [error: 529]
              - when: {call: 2}
                answer: [text: second]
            """)) {
      var codes =
          Stream.of("a", "b", "a", "a")
              .map(text -> provider.ask("claude-opus-5-5", text))
              .map(answer -> answer.statusCode() == 200 ? said(answer) : "" + answer.statusCode())
              .toList();

      assertThat(codes.subList(0, 3)).containsExactly("529", "b", "529");
      assertThat(codes.get(3)).startsWith("You wrote");
    }
  }

  @Test
  void steps_make_one_answer_in_both_forms() throws Exception {
    try (var provider =
        scripted(
            """
            rules:
              - answer:
                  - thinking: Let me look.
                  - text: "I'll "
                  - ping
                  - wait: 1ms
                  - text: look.
                  - tool: {name: read, id: toolu_1, input: {path: /tmp, lines: [1, 2.5, true, null]}}
                  - tool: {name: now}
                  - usage: {input_tokens: 7, output_tokens: 9}
                  - headers: {X-Extra: "1"}
            """)) {
      var stream = provider.stream("claude-opus-5-5", "Hi");
      var whole = provider.ask("claude-opus-5-5", "Hi");

      ObjectNode message = Grammar.message(text(stream));
      assertThat(Json.text(message.path("content").path(1)))
          .isEqualTo("{\"type\":\"text\",\"text\":\"I'll look.\"}");
      assertThat(Json.text(message.path("content").path(2).path("input")))
          .isEqualTo("{\"path\":\"/tmp\",\"lines\":[1,2.5,true,null]}");
      assertThat(message.path("content").path(2).path("id").asString()).isEqualTo("toolu_1");
      assertThat(message.path("stop_reason").asString()).isEqualTo("tool_use");
      assertThat(message.path("usage").path("input_tokens").asInt()).isEqualTo(7);
      assertThat(json(whole).path("usage").path("output_tokens").asInt()).isEqualTo(9);
      assertThat(json(whole).path("content").path(1)).isEqualTo(message.path("content").path(1));
      assertThat(stream.headers().firstValue("x-extra")).hasValue("1");
    }
  }

  @Test
  void an_error_before_anything_is_a_status_and_afterwards_an_event() throws Exception {
    try (var provider =
        scripted(
            """
            rules:
              - when: {text: early}
                answer:
                  - wait: 1ms
                  - headers: {retry-after: "7", x-should-retry: "false"}
                  - error: {status: 429, type: billing_error, message: No more., shape: api}
              - answer:
                  - text: Half
                  - error: {type: overloaded_error}
            """)) {
      var early = provider.stream("claude-opus-5-5", "early");
      var late = provider.stream("claude-opus-5-5", "late");

      assertThat(early.statusCode()).isEqualTo(429);
      assertThat(early.headers().firstValue("retry-after")).hasValue("7");
      assertThat(json(early).path("error").path("type").asString()).isEqualTo("billing_error");
      assertThat(json(early).path("error").path("message").asString()).isEqualTo("No more.");
      assertThat(Grammar.events(text(late)).getLast().name()).isEqualTo("error");
      assertThat(provider.ask("claude-opus-5-5", "late").statusCode()).isEqualTo(529);
    }
  }

  @Test
  void raw_bytes_cuts_ends_and_stops_come_as_written() throws Exception {
    try (var provider =
        scripted(
            """
            rules:
              - when: {text: raw}
                answer: [raw: ": comment\\r\\n\\r\\n", text: x, end: ]
              - when: {text: cut}
                answer: [text: x, cut]
              - when: {text: stop}
                answer: [stop: {reason: new_reason, details: {type: new}}, text: x]
              - when: {text: status}
                answer: [status: 202, text: x]
              - when: {text: both}
                answer: [behaviour: thinking-3+text-2, gzip: false, pace: 0, chunks: 3, head: 1ms]
            """
                .replace("end: ]", "end]"))) {
      String raw = text(provider.stream("claude-opus-5-5", "raw"));
      assertThat(raw).contains("\n\n: comment\r\n\r\nevent: content_block_start");
      assertThat(raw).doesNotContain("message_stop");
      assertThatThrownBy(() -> provider.stream("claude-opus-5-5", "cut"))
          .hasRootCauseInstanceOf(IOException.class);
      ObjectNode stopped = Grammar.message(text(provider.stream("claude-opus-5-5", "stop")));
      assertThat(stopped.path("stop_reason").asString()).isEqualTo("new_reason");
      assertThat(stopped.path("stop_details").path("type").asString()).isEqualTo("new");
      assertThat(provider.ask("claude-opus-5-5", "status").statusCode()).isEqualTo(202);
      assertThat(Grammar.message(text(provider.stream("claude-opus-5-5", "both"))).path("content"))
          .hasSize(2);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rulez: []                                   | 1: unknown key rulez; expected is one of rules",
        "rules:\\n  - when: {modell: x}\\n    answer: []  | 2: unknown key modell; expected is one of call, model, text",
        "rules:\\n  - when: {model: x}                  | 2: an answer is expected",
        "rules:\\n  - answer:\\n      - txt: x            | 3: unknown step txt; expected is one of behaviour, ",
        "rules:\\n  - answer:\\n      - text: x\\n        wait: 1s | 3: one key with its value is expected",
        "rules:\\n  - answer:\\n      - wait: 5           | 3: a time like 250ms, 30s or 2m is expected",
        "rules:\\n  - answer:\\n      - status: 99        | 3: a number from 200 to 599 is expected",
        "rules:\\n  - answer:\\n      - behaviour: text-x | 3: sim-text-N: a number from 0 to 200000 is expected",
        "rules:\\n  - answer:\\n      - transcript: no.sse | 3: the transcript cannot be read",
        "rules:\\n  - answer:\\n      - error: {shape: x, status: 500} | 3: api, edge or html is expected",
        "rules:\\n  - answer:\\n      - tool: {input: {}} | 3: a tool needs a name",
        "rules:\\n  - answer:\\n      - headers: {'a b': x} | 3: this is no header",
        "rules:\\n  - when: {call: 0}\\n    answer: []     | 2: a number from 1 to 1000000 is expected",
        "rules:\\n  - answer: {                         | 3: expected the node content",
        "rules:\\n  - answer: [cut: x]                  | 2: nothing is expected after this key",
      })
  void a_mistake_is_reported_with_its_line(String script, String error) throws Exception {
    Path file = directory.resolve("script.yaml");
    Files.writeString(file, script.replace("\\n", "\n") + "\n");

    assertThatThrownBy(() -> new SimulatedProvider(file, null))
        .rootCause()
        .hasMessageStartingWith(file + ":" + error);
  }

  @Test
  void a_script_that_is_not_there_is_named() {
    Path file = directory.resolve("none.yaml");

    assertThatThrownBy(() -> new SimulatedProvider(file, null))
        .rootCause()
        .hasMessageStartingWith(file + " cannot be read");
  }

  private SimulatedProvider scripted(String script) throws IOException {
    Path file = directory.resolve("script.yaml");
    Files.writeString(file, script);
    return new SimulatedProvider(file, null);
  }

  private static String said(SimulatedProvider provider, String model, String text) {
    return said(provider.ask(model, text));
  }

  private static String said(java.net.http.HttpResponse<byte[]> answer) {
    return json(answer).path("content").path(0).path("text").asString();
  }
}
