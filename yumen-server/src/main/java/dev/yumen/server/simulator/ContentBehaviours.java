package dev.yumen.server.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Behaviours that decide what an answer says. */
final class ContentBehaviours {
  private static final int MOST_TOKENS = 200_000;
  private static final int LARGEST_MEBIBYTES = 64;
  private static final String PAGE = "https://example.com/simulated";
  private static final String FINDING = "A simulated page says that rain keeps rivers full.";

  static final List<Behaviour> ALL =
      List.of(
          new Behaviour(
              "text",
              "-N",
              "sim-text-500",
              (draft, argument, _) ->
                  draft.add(new Step.Text(Prose.ofTokens(argument.count(100, MOST_TOKENS))))),
          new Behaviour(
              "echo",
              "",
              "sim-echo",
              (draft, _, situation) ->
                  draft.add(new Step.Text(situation.request().lastUserText()))),
          new Behaviour(
              "thinking",
              "-N",
              "sim-thinking",
              (draft, argument, situation) ->
                  draft.add(
                      new Step.Thinking(
                          Prose.ofTokens(argument.count(30, MOST_TOKENS)),
                          situation.request().showsThinking()))),
          new Behaviour(
              "redacted-thinking",
              "",
              "sim-redacted-thinking",
              (draft, _, _) ->
                  draft.add(
                      new Step.Block(
                          Json.typed("redacted_thinking").put("data", opaque("thinking"))))),
          new Behaviour("tool", "-NAME", "sim-tool", ContentBehaviours::tool),
          new Behaviour("tools", "-N", "sim-tools-3", ContentBehaviours::tools),
          new Behaviour(
              "web-search",
              "",
              "sim-web-search",
              (draft, _, situation) -> {
                search(draft, situation);
                draft.add(new Step.Text("I searched. "));
                draft.add(new Step.Text(FINDING, List.of(pageCitation())));
              }),
          new Behaviour("citations", "", "sim-citations", ContentBehaviours::citations),
          new Behaviour(
              "huge",
              "-N",
              "sim-huge-8",
              (draft, argument, _) -> {
                int perMebibyte = 256;
                var piece = "0123456789abcde ".repeat(1024 * 1024 / perMebibyte / 16);
                draft.add(new Step.Bulk(piece, perMebibyte * argument.count(8, LARGEST_MEBIBYTES)));
              }),
          new Behaviour(
              "max-tokens",
              "",
              "sim-max-tokens",
              (draft, _, situation) -> {
                int tokens = Math.min(situation.request().maxTokens(), MOST_TOKENS);
                draft.add(new Step.Text(Prose.ofTokens(tokens)));
                draft.stop(Stop.MAX_TOKENS);
              }),
          new Behaviour(
              "context-window",
              "",
              "sim-context-window",
              (draft, _, _) -> {
                draft.add(new Step.Text(Prose.ofTokens(50)));
                draft.stop(new Stop("model_context_window_exceeded"));
              }),
          new Behaviour(
              "refusal",
              "",
              "sim-refusal",
              (draft, _, _) -> {
                draft.add(new Step.Text("I cannot"));
                draft.stop(
                    new Stop(
                        "refusal",
                        null,
                        Json.typed("refusal")
                            .put("category", "cyber")
                            .put("explanation", "This is a simulated refusal.")));
              }),
          new Behaviour(
              "pause-turn",
              "",
              "sim-pause-turn",
              (draft, _, situation) -> {
                if (!situation.request().continues()) {
                  draft.add(new Step.Text("I search, and go on when you ask me to. "));
                  search(draft, situation);
                  draft.enough();
                  draft.stop(new Stop("pause_turn"));
                }
              }),
          new Behaviour(
              "unknown",
              "",
              "sim-unknown",
              (draft, _, _) -> {
                draft.add(
                    new Step.Raw(
                        "event: future_event\ndata: {\"type\":\"future_event\",\"n\":1}\n\n"
                            .getBytes(StandardCharsets.UTF_8)));
                draft.add(new Step.Block(Json.typed("future_block").put("future_member", true)));
              }));

  private ContentBehaviours() {}

  private static void tool(Draft draft, Behaviour.Argument argument, Situation situation) {
    MessageRequest request = situation.request();
    if (!request.toolResults().isEmpty()) {
      return;
    }
    if (argument.text().isEmpty()) {
      draft.addAll(ToolCalls.some(request, 1));
      return;
    }
    draft.add(
        ToolCalls.of(request, argument.text())
            .orElse(new Step.Text("The request has no tool " + argument.text() + ".")));
  }

  private static void tools(Draft draft, Behaviour.Argument argument, Situation situation) {
    if (situation.request().toolResults().isEmpty()) {
      draft.addAll(ToolCalls.some(situation.request(), argument.count(2, 100)));
    }
  }

  private static void search(Draft draft, Situation situation) {
    String id = situation.ids().serverToolUse();
    ObjectNode query = Json.object().put("query", situation.request().lastUserText());
    draft.add(new Step.ToolUse(id, "web_search", Json.text(query), true));
    ObjectNode result = Json.typed("web_search_tool_result").put("tool_use_id", id);
    result
        .putArray("content")
        .add(
            Json.typed("web_search_result")
                .put("title", "A simulated page")
                .put("url", PAGE)
                .put("encrypted_content", opaque(FINDING))
                .put("page_age", "January 1, 2026"));
    draft.add(new Step.Block(result));
  }

  private static ObjectNode pageCitation() {
    return Json.typed("web_search_result_location")
        .put("cited_text", FINDING)
        .put("url", PAGE)
        .put("title", "A simulated page")
        .put("encrypted_index", opaque("index"));
  }

  /** Cites the first sentence of the first plain document of the request, or of one made up. */
  private static void citations(Draft draft, Behaviour.Argument argument, Situation situation) {
    String text = FINDING;
    String title = "simulated.txt";
    for (JsonNode block : situation.request().lastUserBlocks()) {
      String data = Json.string(block.path("source"), "data");
      if (Json.string(block.path("source"), "type").equals("text") && !data.isEmpty()) {
        text = data;
        title = Json.string(block, "title");
        break;
      }
    }
    int end = text.indexOf(". ") < 0 ? text.length() : text.indexOf(". ") + 1;
    ObjectNode citation =
        Json.typed("char_location")
            .put("cited_text", text.substring(0, end))
            .put("document_index", 0)
            .put("document_title", title)
            .put("start_char_index", 0)
            .put("end_char_index", end);
    draft.add(new Step.Text("The document begins so: "));
    draft.add(new Step.Text(text.substring(0, end), List.of(citation)));
  }

  private static String opaque(String text) {
    byte[] hash = Signatures.sha256(text.getBytes(StandardCharsets.UTF_8));
    return "Eo" + Base64.getEncoder().encodeToString(hash);
  }
}
