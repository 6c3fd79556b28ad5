package dev.yumen.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yumen.Recordings;
import dev.yumen.json.MalformedJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Which texts of a request are found, and that nothing else is touched. */
class PromptLeavesTest {
  private final JsonMapper mapper = new JsonMapper();

  @Test
  void texts_of_every_place_are_found_and_all_else_is_left() throws Exception {
    byte[] body = bytes(PROMPT);

    var found = PromptLeaves.of(body).stream().map(l -> l.place() + " " + l.text()).toList();

    assertThat(found)
        .containsExactly(
            "SYSTEM the system",
            "TOOL_DEFINITION looks up",
            "TOOL_DEFINITION by what",
            "TOOL_DEFINITION 张三",
            "TOOL_DEFINITION q",
            "TOOL_DEFINITION an example",
            "USER hello",
            "DOCUMENT a title",
            "DOCUMENT the document",
            "DOCUMENT more",
            "LINK https://example.org/a.png",
            "ASSISTANT words",
            "TOOL_INPUT q",
            "TOOL_INPUT 13800138000",
            "TOOL_INPUT 13800138001",
            "TOOL_INPUT type",
            "TOOL_INPUT x",
            "PROVIDER query",
            "PROVIDER a search",
            "PROVIDER page",
            "PROVIDER https://example.org",
            "TOOL_RESULT result",
            "TOOL_RESULT block",
            "SYSTEM reminder",
            "USER new",
            "METADATA {\"session_id\":\"s\"}",
            "OTHER END",
            "OTHER unknown");
  }

  @Test
  void a_source_before_its_type_and_a_type_given_twice_fool_nobody() throws Exception {
    String body =
        """
        {"messages":[{"content":[
          {"source":{"data":"AAAA","type":"base64"},"type":"image"},
          {"source":{"data":"text","type":"text"},"type":"document"},
          {"thinking":"13800138000","type":"thinking","type":"text"},
          {"thinking":"signed","type":"thinking","signature":"s"}],"role":"user"}]}
        """;

    var leaves = PromptLeaves.of(bytes(body));

    assertThat(leaves).extracting(Leaf::text).containsExactly("text", "13800138000");
    assertThat(leaves.getFirst().document()).isZero();
    assertThat(leaves).allMatch(leaf -> leaf.message() == 0);
  }

  @Test
  void documents_are_numbered_as_citations_count_them() throws Exception {
    String document = "{\"type\":\"document\",\"source\":{\"type\":\"text\",\"data\":\"%s\"}}";
    String body =
        "{\"messages\":[{\"role\":\"user\",\"content\":["
            + document.formatted("a")
            + ",{\"type\":\"document\",\"source\":{\"type\":\"base64\",\"data\":\"AA\"}},"
            + "{\"type\":\"tool_result\",\"tool_use_id\":\"t\",\"content\":["
            + document.formatted("b")
            + "]}]}]}";

    assertThat(PromptLeaves.of(bytes(body))).extracting(Leaf::document).containsExactly(0, 2);
  }

  @Test
  void each_question_of_a_batch_is_a_conversation() throws Exception {
    String body =
        """
        {"requests":[
          {"custom_id":"13800138000","params":{"model":"m","system":"s",
            "messages":[{"role":"user","content":"one"}]}},
          {"custom_id":"b","params":{"messages":[{"role":"user","content":"two"}]}}]}
        """;

    var questions = PromptLeaves.ofBatch(bytes(body));

    assertThat(questions).hasSize(2);
    assertThat(questions.get(0)).extracting(Leaf::text).containsExactly("s", "one");
    assertThat(questions.get(1)).extracting(Leaf::text).containsExactly("two");
    var all = questions.stream().flatMap(List::stream).toList();
    byte[] replaced = PromptLeaves.replaced(bytes(body), all, List.of("S", "one", "2\n"));
    assertThat(Sample.text(replaced))
        .isEqualTo(body.replace("\"s\"", "\"S\"").replace("\"two\"", "\"2\\n\""));
  }

  @Test
  void recorded_questions_are_the_same_bytes_when_nothing_is_replaced() throws Exception {
    for (byte[] body : Recordings.questions().values()) {
      var leaves = PromptLeaves.of(body);

      var same = leaves.stream().map(leaf -> new String(leaf.text().toCharArray())).toList();

      assertThat(leaves).isNotEmpty();
      assertThat(PromptLeaves.replaced(body, leaves, same)).isSameAs(body);
      assertThat(Disguised.of(body, leaves, noSpans(leaves), Sample.pseudonyms()).body())
          .isSameAs(body);
    }
  }

  @Test
  void replaced_texts_of_recorded_questions_say_what_was_put_and_all_else_is_as_it_was()
      throws Exception {
    var random = new Random(31);

    for (var recorded : Recordings.questions().entrySet()) {
      byte[] body = recorded.getValue();
      var leaves = PromptLeaves.of(body);
      var texts = new ArrayList<String>();
      leaves.forEach(leaf -> texts.add(random.nextInt(3) == 0 ? put(random) : leaf.text()));

      byte[] replaced = PromptLeaves.replaced(body, leaves, texts);

      assertThat(without(replaced, PromptLeaves.of(replaced)))
          .as(recorded.getKey())
          .isEqualTo(without(body, leaves));
      assertThat(PromptLeaves.of(replaced)).extracting(Leaf::text).isEqualTo(texts);
      mapper.readTree(replaced);
    }
  }

  @Test
  void what_is_signed_or_names_something_is_never_touched_in_recorded_questions() throws Exception {
    for (var recorded : Recordings.questions().entrySet()) {
      byte[] body = recorded.getValue();
      var leaves = PromptLeaves.of(body);
      var texts = leaves.stream().map(leaf -> "changed").toList();

      byte[] replaced = PromptLeaves.replaced(body, leaves, texts);

      var untouched = new ArrayList<String>();
      protectedTexts(mapper.readTree(body), "", untouched);
      var after = new ArrayList<String>();
      protectedTexts(mapper.readTree(replaced), "", after);
      assertThat(after).as(recorded.getKey()).isEqualTo(untouched);
    }
  }

  @Test
  void halves_of_surrogate_pairs_survive() throws Exception {
    byte[] body = bytes("{\"messages\":[{\"role\":\"user\",\"content\":\"a\\ud83d张三\"}]}");
    var leaves = PromptLeaves.of(body);

    byte[] replaced = PromptLeaves.replaced(body, leaves, List.of(leaves.get(0).text() + "!"));

    assertThat(Sample.text(replaced)).contains("\"a\\ud83d张三!\"");
  }

  @Test
  void what_is_no_json_is_refused() {
    assertThatThrownBy(() -> PromptLeaves.of(bytes("{\"a\":1}x")))
        .isInstanceOf(MalformedJson.class);
    assertThatThrownBy(() -> PromptLeaves.ofBatch(bytes("["))).isInstanceOf(MalformedJson.class);
  }

  /** Strings that must never change, by the rules of the API and not of the code under test. */
  private static void protectedTexts(JsonNode node, String name, List<String> into) {
    if (node.isObject()) {
      String type = node.path("type").asString("");
      boolean signed = type.equals("thinking") || type.equals("redacted_thinking");
      boolean names = type.endsWith("tool_use") || node.has("input_schema");
      node.properties()
          .forEach(member -> {
            String key = member.getKey();
            boolean kept =
                signed
                    || (names && key.equals("name"))
                    || List.of("signature", "tool_use_id", "model", "encrypted_content")
                        .contains(key)
                    || (type.equals("base64") && key.equals("data"));
            if (kept && member.getValue().isString()) {
              into.add(key + "=" + member.getValue().asString());
            } else if (!key.equals("input") && !key.equals("properties")) {
              protectedTexts(member.getValue(), key, into);
            }
          });
    } else if (node.isArray()) {
      node.forEach(item -> protectedTexts(item, name, into));
    }
  }

  private static String without(byte[] body, List<Leaf> leaves) {
    var out = new StringBuilder();
    int at = 0;
    for (Leaf leaf : leaves) {
      out.append(new String(body, at, leaf.from() - at, StandardCharsets.UTF_8)).append('#');
      at = leaf.to();
    }
    return out.append(new String(body, at, body.length - at, StandardCharsets.UTF_8)).toString();
  }

  private static String put(Random random) {
    // Jackson does not take half surrogate pairs in names.
    return RandomText.of(random, "PERSON_7K2QMX4A").replaceAll("[\\ud800-\\udfff]", "")
        + "\u0000\u001f\"\\/\r\n";
  }

  private static List<List<Span>> noSpans(List<Leaf> leaves) {
    return leaves.stream().map(leaf -> List.<Span>of()).toList();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static final String PROMPT =
      """
      {"model":"claude","max_tokens":10,
       "system":[{"type":"text","text":"the system","cache_control":{"type":"ephemeral"}}],
       "tools":[{"name":"find","description":"looks up","cache_control":{"type":"ephemeral"},
         "input_schema":{"type":"object","required":["q"],
           "properties":{"q":{"type":"string","description":"by what","enum":["张三"]}}},
         "input_examples":[{"q":"an example"}]}],
       "tool_choice":{"type":"tool","name":"find"},
       "messages":[
        {"role":"user","content":[{"type":"text","text":"hello"},
          {"type":"document","title":"a title","source":{"type":"text","media_type":"text/plain",
            "data":"the document"}},
          {"type":"document","source":{"type":"content","content":[{"type":"text","text":"more"}]}},
          {"type":"image","source":{"type":"url","url":"https://example.org/a.png"}},
          {"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVBORw0K"}}]},
        {"role":"assistant","content":[
          {"type":"thinking","thinking":"secret thoughts","signature":"c2ln"},
          {"type":"redacted_thinking","data":"xxxx"},
          {"type":"text","text":"words"},
          {"type":"tool_use","id":"toolu_1","name":"find","input":
            {"q":["13800138000"],"13800138001":{"type":"x"}}},
          {"type":"server_tool_use","id":"srvtoolu_1","name":"web_search","input":
            {"query":"a search"}},
          {"type":"web_search_tool_result","tool_use_id":"srvtoolu_1","content":[
            {"type":"web_search_result","title":"page","url":"https://example.org",
             "encrypted_content":"zzzz","page_age":"1 day"}]}]},
        {"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_1","content":"result"},
          {"type":"tool_result","tool_use_id":"toolu_2","content":[
            {"type":"text","text":"block"}]}]},
        {"role":"system","content":"reminder"},
        {"role":"user","content":"new"}],
       "metadata":{"user_id":"{\\"session_id\\":\\"s\\"}"},
       "stop_sequences":["END"],"future":{"note":"unknown","type":"t"},"stream":true}
      """;
}
