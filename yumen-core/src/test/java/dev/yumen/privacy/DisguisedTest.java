package dev.yumen.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Whole conversations: what the provider sees grows at its end only. */
class DisguisedTest {
  private static final List<String> VALUES =
      List.of("张三", "王小明", "13800138000", "13912345678", "jane@example.com", "Jane Roe");

  private final JsonMapper mapper = new JsonMapper();

  @Test
  void each_turn_sends_the_provider_what_it_saw_and_said_before() throws Exception {
    var random = new Random(51);
    for (int round = 0; round < 100; round++) {
      ObjectNode callers = mapper.createObjectNode().put("system", "Answer " + value(random));
      ArrayNode history = callers.putArray("messages");
      JsonNode seen = mapper.createArrayNode();
      for (int turn = 0; turn < 6; turn++) {
        history.addObject().put("role", "user").put("content", words(random));

        Disguised sent = Sample.disguisedBody(callers.toString(), pseudonyms(callers));

        JsonNode now = mapper.readTree(sent.body()).get("messages");
        for (int i = 0; i < seen.size(); i++) {
          assertThat(now.get(i)).isEqualTo(seen.get(i));
        }
        assertThat(VALUES).noneMatch(sent(sent)::contains);

        JsonNode said = said(now, random);
        byte[] answer = new AnswerText(sent, Sample.NO_HOSTS).body(mapper.writeValueAsBytes(said));
        history.addObject().put("role", "assistant").set("content", content(answer));
        ArrayNode all = (ArrayNode) now;
        all.addObject().put("role", "assistant").set("content", said.get("content"));
        seen = all;
      }
    }
  }

  @Test
  void the_answer_holds_what_the_caller_wrote_and_thinking_what_the_provider_wrote()
      throws Exception {
    var callers = mapper.readTree("{\"messages\":[{\"role\":\"user\",\"content\":\"张三\"}]}");
    Disguised sent = Sample.disguisedBody(callers.toString(), Sample.pseudonyms());
    JsonNode said = said(mapper.readTree(sent.body()).get("messages"), new Random(1));

    JsonNode content =
        content(new AnswerText(sent, Sample.NO_HOSTS).body(mapper.writeValueAsBytes(said)));

    assertThat(content.at("/0")).isEqualTo(said.at("/content/0"));
    assertThat(content.at("/1/text").asString()).isEqualTo("You said: 张三");
    assertThat(content.at("/2/input/echo").asString()).isEqualTo("张三");
  }

  @Test
  void the_order_of_members_in_the_body_does_not_decide_who_was_first() throws Exception {
    String system = "\"system\":\"13800138000\"";
    String messages = "\"messages\":[{\"role\":\"user\",\"content\":\"13912345678 张三\"}]";

    var one = Sample.disguisedBody("{" + system + "," + messages + "}", Sample.pseudonyms());
    var other = Sample.disguisedBody("{" + messages + "," + system + "}", Sample.pseudonyms());

    assertThat(mapper.readTree(one.body())).isEqualTo(mapper.readTree(other.body()));
  }

  private static Pseudonyms pseudonyms(ObjectNode body) throws Exception {
    var leaves = PromptLeaves.of(body.toString().getBytes(StandardCharsets.UTF_8));
    return new Pseudonyms(Sample.key(Conversation.identity("key", null, leaves)), List.of());
  }

  /** A model that thinks of, repeats and hands to a tool what it was told last. */
  private JsonNode said(JsonNode messages, Random random) {
    String last = messages.get(messages.size() - 1).get("content").asString();
    ObjectNode said = mapper.createObjectNode().put("id", "msg_" + random.nextInt(9));
    ArrayNode content = said.putArray("content");
    content.addObject().put("type", "thinking").put("thinking", last).put("signature", last);
    content.addObject().put("type", "text").put("text", "You said: " + last);
    content
        .addObject()
        .put("type", "tool_use")
        .put("id", "toolu_1")
        .put("name", "echo")
        .putObject("input")
        .put("echo", last);
    return said;
  }

  private JsonNode content(byte[] answer) {
    return mapper.readTree(answer).get("content");
  }

  private static String sent(Disguised sent) {
    return Sample.text(sent.body());
  }

  private static String words(Random random) {
    var words = new StringBuilder("please");
    for (int i = random.nextInt(6); i >= 0; i--) {
      words.append(random.nextBoolean() ? " ask " + value(random) : " and 请问, \"tell\"\n");
    }
    return words.toString();
  }

  private static String value(Random random) {
    return VALUES.get(random.nextInt(VALUES.size()));
  }
}
