package dev.yumen.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yumen.Recordings;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Originals come back in whole answers and in streams, and nothing else changes. */
class AnswerTextTest {
  private static final String ASKED =
      "{\"messages\":[{\"role\":\"user\",\"content\":\"张三, 13800138000\"}]}";

  private final JsonMapper mapper = new JsonMapper();
  private final Pseudonyms pseudonyms = Sample.pseudonyms();
  private final Disguised disguised;
  private final String person;
  private final String phone;

  AnswerTextTest() throws Exception {
    disguised = Sample.disguisedBody(ASKED, pseudonyms);
    person = pseudonyms.issue(Label.PERSON, "张三").text();
    phone = pseudonyms.issue(Label.PHONE, "13800138000").text();
  }

  @Test
  void a_whole_answer_gets_the_originals_in_its_words_and_arguments_alone() throws Exception {
    String answer =
        """
        {"id":"TOKEN","model":"m","role":"assistant","content":[
          {"type":"thinking","thinking":"TOKEN","signature":"TOKEN"},
          {"type":"text","text":"Dear TOKEN","citations":[{"type":"page_location",
            "cited_text":"TOKEN","document_index":0,"start_page_number":1}]},
          {"type":"tool_use","id":"t","name":"TOKEN","input":{"TOKEN":"{\\"a\\":\\"TOKEN\\"}"}}],
          "stop_reason":"stop_sequence","stop_sequence":"TOKEN","usage":{"input_tokens":1}}
        """
            .replace("TOKEN", person);

    byte[] body = answerText().body(answer.getBytes(StandardCharsets.UTF_8));

    var tree = mapper.readTree(body);
    assertThat(tree.at("/id").asString()).isEqualTo(person);
    assertThat(tree.at("/content/0/thinking").asString()).isEqualTo(person);
    assertThat(tree.at("/content/0/signature").asString()).isEqualTo(person);
    assertThat(tree.at("/content/1/text").asString()).isEqualTo("Dear 张三");
    assertThat(tree.at("/content/1/citations/0/cited_text").asString()).isEqualTo("张三");
    assertThat(tree.at("/content/2/name").asString()).isEqualTo(person);
    assertThat(tree.at("/content/2/input/张三").asString()).isEqualTo("{\"a\":\"张三\"}");
    assertThat(tree.at("/stop_sequence").asString()).isEqualTo("张三");
  }

  @Test
  void a_stream_gets_them_though_cut_anywhere_and_what_is_held_comes_before_the_end()
      throws Exception {
    String text = "Call " + person + " at " + phone + ", P";
    String arguments = "{\"to\":\"" + phone + "\",\"" + person + "\":\"\\u00e9\\n\"}";

    for (int size = 1; size < 40; size++) {
      var events = new StringBuilder(event("message_start", "\"message\":{\"content\":[]}"));
      events.append(block(0, "text", "text_delta", "text", text, size));
      events.append(block(1, "tool_use", "input_json_delta", "partial_json", arguments, size));
      events.append(event("message_stop", "\"x\":1"));

      String out = restored(answerText(), events.toString());

      var blocks = blocks(out);
      assertThat(blocks.get("0 text")).isEqualTo("Call 张三 at 13800138000, P");
      assertThat(mapper.readTree(blocks.get("1 partial_json")))
          .isEqualTo(mapper.readTree("{\"to\":\"13800138000\",\"张三\":\"é\\n\"}"));
      assertThat(out).endsWith(event("message_stop", "\"x\":1"));
    }
  }

  @Test
  void thinking_passes_byte_for_byte() {
    String events =
        event(
                "content_block_start",
                "\"index\":0,\"content_block\":{\"type\":\"thinking\",\"thinking\":\""
                    + person
                    + "\",\"signature\":\"\"}")
            + block(0, "thinking", "thinking_delta", "thinking", person + " is", 4)
            + block(0, "thinking", "signature_delta", "signature", person, 100);

    assertThat(restored(answerText(), events)).isEqualTo(events);
  }

  @Test
  void what_is_held_comes_before_an_error_and_before_a_sudden_end() {
    String delta = delta(3, "text_delta", "text", "so PERSON_");
    String error = "event: error\ndata: {\"type\":\"error\",\"error\":{\"message\":\"no\"}}\n\n";
    var ending = answerText();

    String out = restored(answerText(), delta + error);
    var part = new ByteArrayOutputStream();
    byte[] bytes = delta.getBytes(StandardCharsets.UTF_8);
    ending.event(bytes, 0, bytes.length, part);

    assertThat(out)
        .isEqualTo(
            delta(3, "text_delta", "text", "so ")
                + delta(3, "text_delta", "text", "PERSON_")
                + error);
    assertThat(Sample.text(part.toByteArray())).isEqualTo(delta(3, "text_delta", "text", "so "));
    assertThat(Sample.text(ending.rest())).isEqualTo(delta(3, "text_delta", "text", "PERSON_"));
    assertThat(ending.rest()).isEmpty();
  }

  @Test
  void blocks_do_not_mix() {
    int half = person.length() / 2;

    String out =
        restored(
            answerText(),
            delta(0, "text_delta", "text", person.substring(0, half))
                + delta(1, "text_delta", "text", person.substring(half))
                + delta(0, "text_delta", "text", person.substring(half)));

    assertThat(blocks(out))
        .containsEntry("0 text", "张三")
        .containsEntry("1 text", person.substring(half));
  }

  @Test
  void halves_of_a_character_in_two_events_stay_one_character() {
    String out =
        restored(
            answerText(),
            "data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":"
                + "{\"type\":\"text_delta\",\"text\":\""
                + person
                + "\\ud83d\"}}\n\n"
                + "data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":"
                + "{\"type\":\"text_delta\",\"text\":\"\\ude00 "
                + person
                + "\"}}\n\n");

    assertThat(blocks(out)).containsEntry("0 text", "张三😀 张三");
  }

  @Test
  void data_on_several_lines_and_every_line_end_are_understood() {
    String event =
        "event: content_block_delta\r\ndata: {\"type\":\"content_block_delta\",\r\n"
            + "data:\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\""
            + person
            + "\"}}\r\n\r\n";
    String plain = event.replace(person, "nobody");

    assertThat(blocks(restored(answerText(), event))).containsEntry("0 text", "张三");
    assertThat(restored(answerText(), plain)).isEqualTo(plain);
    String cr = delta(0, "text_delta", "text", person).replace('\n', '\r');
    assertThat(restored(answerText(), cr)).isEqualTo(cr.replace(person, "张三"));
  }

  @Test
  void citations_by_character_point_into_the_callers_document() throws Exception {
    String document = "😀 张三 lives here. 13800138000 is 张三's number. End.";
    String body =
        "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"document\",\"source\":"
            + "{\"type\":\"text\",\"data\":\""
            + document
            + "\"}}]}]}";
    var sent = Sample.disguisedBody(body, pseudonyms);
    String masked = mapper.readTree(sent.body()).at("/messages/0/content/0/source/data").asString();

    for (String cited : List.of("lives here.", "End.", "is PERSON", "PHONE")) {
      int unit = masked.indexOf(cited);
      int start = masked.codePointCount(0, unit);
      int end = start + cited.length();
      String event =
          "data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":"
              + "\"citations_delta\",\"citation\":{\"end_char_index\":"
              + end
              + ",\"type\":\"char_location\",\"cited_text\":\"x\",\"document_index\":0,"
              + "\"start_char_index\":"
              + start
              + "}}}\n\n";

      String out = restored(new AnswerText(sent, Sample.NO_HOSTS), event);

      var citation = mapper.readTree(out.substring(6)).at("/delta/citation");
      int from = document.offsetByCodePoints(0, citation.get("start_char_index").asInt());
      int to = document.offsetByCodePoints(0, citation.get("end_char_index").asInt());
      assertThat(document.substring(from, to))
          .isEqualTo(cited.replace("PERSON", "张三").replace("PHONE", "13800138000"));
    }
  }

  @Test
  void recorded_answers_and_streams_pass_byte_for_byte_when_nothing_is_to_be_put_back() {
    Recordings.messages()
        .forEach((name, body) -> assertThat(answerText().body(body)).as(name).isSameAs(body));
    Recordings.streams()
        .forEach((name, stream) -> {
          var answer = answerText();
          String text = new String(stream, StandardCharsets.ISO_8859_1);
          String out = restoredLatin(answer, text);
          // What is held between two deltas of a word like "P" moves from one to the next.
          assertThat(normal(out)).as(name).isEqualTo(normal(text));
        });
  }

  @Test
  void recorded_streams_with_pseudonyms_written_into_them_come_back_wherever_they_are_cut() {
    Recordings.streams()
        .forEach((name, stream) -> {
          var blocks = blocks(new String(stream, StandardCharsets.UTF_8));
          blocks.forEach((block, said) -> {
            String text = said.substring(0, Math.min(said.length(), 200));
            String planted = text.replace(" ", " " + person + " ");
            String expected = text.replace(" ", " 张三 ");
            for (int cut = 0; cut <= planted.length(); cut++) {
              String events = cut(block, planted, cut);
              assertThat(blocks(restored(answerText(), events)))
                  .as("%s cut at %s", name, cut)
                  .isEqualTo(Map.of(block, expected));
            }
          });
        });
  }

  @Test
  void whatever_the_events_are_nothing_fails_and_what_is_unknown_passes() {
    var random = new Random(42);
    String[] events = {
      "event: ping\ndata: {\"type\": \"ping\"}\n\n",
      ": comment\n\n",
      "data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{}}\n\n",
      "data: {\"type\":\"content_block_delta\",\"delta\":\"" + person + "\"}\n\n",
      "data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"new_delta\","
          + "\"text\":\""
          + person
          + "\"}}\n\n",
      "data: [DONE]\n\n",
      "data: {\"type\":\"content_block_stop\",\"index\":9}\n\n",
      "data: {\"type\":" + person + "\n\n",
      "data\n\n",
      "data:\n\n"
    };

    for (int round = 0; round < 2_000; round++) {
      var stream = new StringBuilder();
      for (int i = random.nextInt(8); i >= 0; i--) {
        stream.append(events[random.nextInt(events.length)]);
      }
      assertThat(restored(answerText(), stream.toString())).isEqualTo(stream.toString());
    }
  }

  private AnswerText answerText() {
    return new AnswerText(disguised, Sample.NO_HOSTS);
  }

  private static String cut(String block, String text, int at) {
    String member = block.substring(block.indexOf(' ') + 1);
    long index = Long.parseLong(block.substring(0, block.indexOf(' ')));
    String type = member.equals("text") ? "text_delta" : "input_json_delta";
    return delta(index, type, member, text.substring(0, at))
        + delta(index, type, member, text.substring(at))
        + event("content_block_stop", "\"index\":" + index);
  }

  private static String normal(String stream) {
    return new TreeMap<>(blocks(stream))
        + stream.replaceAll("event: content_block_delta\n.*\n\n", "");
  }

  private static String restored(AnswerText answer, String events) {
    return Sample.text(run(answer, events.getBytes(StandardCharsets.UTF_8)));
  }

  private static String restoredLatin(AnswerText answer, String events) {
    return new String(
        run(answer, events.getBytes(StandardCharsets.ISO_8859_1)), StandardCharsets.ISO_8859_1);
  }

  private static byte[] run(AnswerText answer, byte[] bytes) {
    var out = new ByteArrayOutputStream();
    int from = 0;
    for (int end : ends(bytes)) {
      answer.event(bytes, from, end, out);
      from = end;
    }
    if (from < bytes.length) {
      answer.event(bytes, from, bytes.length, out);
    }
    out.writeBytes(answer.rest());
    return out.toByteArray();
  }

  private static List<Integer> ends(byte[] bytes) {
    var ends = new ArrayList<Integer>();
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    var matcher = Pattern.compile("\r\n\r\n|\n\n|\r\r").matcher(text);
    while (matcher.find()) {
      ends.add(matcher.end());
    }
    return ends;
  }

  /** What the deltas of each block say together, by index and member. */
  private static Map<String, String> blocks(String stream) {
    var said = new TreeMap<String, String>();
    var mapper = new JsonMapper();
    for (String block : Pattern.compile("\r\n\r\n|\n\n|\r\r").splitAsStream(stream).toList()) {
      for (String line : block.lines().toList()) {
        if (line.startsWith("data: {\"type\":\"content_block_delta\"")) {
          JsonNode event = mapper.readTree(line.substring(6));
          for (String member : List.of("text", "partial_json")) {
            JsonNode text = event.path("delta").path(member);
            if (text.isString()) {
              said.merge(
                  event.path("index").asInt() + " " + member, text.asString(), String::concat);
            }
          }
        }
      }
    }
    return said;
  }

  private static String block(
      int index, String kind, String type, String member, String text, int size) {
    var out = new StringBuilder();
    out.append(
        event(
            "content_block_start",
            "\"index\":" + index + ",\"content_block\":{\"type\":\"" + kind + "\"}"));
    for (int at = 0; at < text.length(); at += size) {
      String piece = text.substring(at, Math.min(text.length(), at + size));
      out.append(delta(index, type, member, piece));
    }
    return out.append(event("content_block_stop", "\"index\":" + index)).toString();
  }

  private static String delta(long index, String type, String member, String text) {
    return event(
        "content_block_delta",
        "\"index\":%d,\"delta\":{\"type\":\"%s\",\"%s\":\"%s\"}"
            .formatted(index, type, member, JsonText.escaped(text)));
  }

  private static String event(String type, String members) {
    return "event: " + type + "\ndata: {\"type\":\"" + type + "\"," + members + "}\n\n";
  }
}
