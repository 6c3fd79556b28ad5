package dev.yumen.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which requests belong to one conversation. */
class ConversationTest {
  private static final String FIRST = "{\"role\":\"user\",\"content\":\"first\"}";

  @Test
  void turns_of_one_conversation_are_one_and_others_are_others() throws Exception {
    String identity = identity("key", null, "[" + FIRST + "]", "u");

    assertThat(identity("key", null, "[" + FIRST + ",{\"role\":\"assistant\"}]", "u"))
        .isEqualTo(identity);
    assertThat(
            List.of(
                identity("key2", null, "[" + FIRST + "]", "u"),
                identity("key", null, "[" + FIRST + "]", "v"),
                identity("key", null, "[" + FIRST.replace("first", "second") + "]", "u"),
                identity("key", "s", "[" + FIRST + "]", "u")))
        .doesNotContain(identity)
        .doesNotHaveDuplicates();
  }

  @Test
  void a_session_that_the_client_names_holds_whatever_is_left_of_the_history() throws Exception {
    assertThat(identity("key", "s", "[]", "v"))
        .isEqualTo(identity("key", "s", "[" + FIRST + "]", "u"));
  }

  private static String identity(
      String credential, @Nullable String session, String messages, String user) throws Exception {
    String body = "{\"metadata\":{\"user_id\":\"" + user + "\"},\"messages\":" + messages + "}";
    return Conversation.identity(
        credential, session, PromptLeaves.of(body.getBytes(StandardCharsets.UTF_8)));
  }
}
