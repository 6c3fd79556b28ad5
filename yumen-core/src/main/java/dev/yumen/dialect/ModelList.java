package dev.yumen.dialect;

import dev.yumen.exchange.Answer;
import dev.yumen.exchange.Caller;
import dev.yumen.exchange.Headers;
import dev.yumen.exchange.Prompt;
import dev.yumen.exchange.Provider;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code GET /v1/models} and {@code /v1/models/{id}} over several providers, in the shape the
 * caller knows: Anthropic's when {@code anthropic-version} is sent, as every Anthropic SDK does,
 * else OpenAI's. Models the caller may not ask are left out.
 */
public final class ModelList {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Set<String> PAGING = Set.of("limit", "after_id", "before_id", "page", "");

  private ModelList() {}

  /** Whether the one provider's own answer can be passed on as it is. */
  public static boolean isPlain(Caller caller, Prompt prompt, Provider provider) {
    return caller.mayAskAll()
        && provider.models().contains("*")
        && prompt.headers().has("anthropic-version");
  }

  /**
   * The question for everything at once, without the caller's page: a joined list is one page, and
   * of what was left out of a provider's page nobody would know.
   */
  public static Prompt unpaged(Prompt prompt) {
    String target = prompt.target();
    int mark = target.indexOf('?');
    var query = new StringJoiner("&");
    if (mark >= 0) {
      for (String parameter : target.substring(mark + 1).split("&", -1)) {
        if (!PAGING.contains(parameter.replaceAll("=.*", ""))) {
          query.add(parameter);
        }
      }
    }
    query.add("limit=1000");
    return new Prompt(
        prompt.endpoint(),
        prompt.method(),
        (mark >= 0 ? target.substring(0, mark) : target) + "?" + query,
        prompt.headers(),
        prompt.content(),
        prompt.models(),
        prompt.streaming());
  }

  /**
   * Joins the lists of several providers. A model listed twice belongs to the first; a model that
   * the provider's patterns do not cover would be routed elsewhere and is left out. A provider that
   * answered with an error contributes nothing, unless all did: then the first error is the answer.
   */
  public static Answer.Whole join(
      Caller caller, Prompt prompt, Map<Provider, Answer.Whole> answers) {
    var models = new LinkedHashMap<String, JsonNode>();
    Answer.Whole error = null;
    boolean any = false;
    for (var entry : answers.entrySet()) {
      Answer.Whole answer = entry.getValue();
      if (answer.status() != 200) {
        error = error == null ? answer : error;
        continue;
      }
      any = true;
      for (JsonNode model : read(answer).path("data")) {
        String id = model.path("id").asString("");
        if (!id.isEmpty() && entry.getKey().serves(id) && caller.mayAsk(id)) {
          models.putIfAbsent(id, model);
        }
      }
    }
    return !any && error != null ? error : list(prompt, List.copyOf(models.values()));
  }

  /** One model in the caller's shape. */
  static Answer.Whole one(Prompt prompt, Answer.Whole answer) {
    if (answer.status() != 200 || prompt.headers().has("anthropic-version")) {
      return answer;
    }
    return json(openAi(read(answer)));
  }

  private static Answer.Whole list(Prompt prompt, List<JsonNode> models) {
    ObjectNode body = JSON.createObjectNode();
    ArrayNode data = body.putArray("data");
    if (prompt.headers().has("anthropic-version")) {
      models.forEach(data::add);
      body.put("has_more", false);
      body.put("first_id", models.isEmpty() ? null : models.getFirst().path("id").asString());
      body.put("last_id", models.isEmpty() ? null : models.getLast().path("id").asString());
    } else {
      body.put("object", "list");
      models.forEach(model -> data.add(openAi(model)));
    }
    return json(body);
  }

  private static ObjectNode openAi(JsonNode model) {
    return JSON.createObjectNode()
        .put("id", model.path("id").asString(""))
        .put("object", "model")
        .put("created", seconds(model.path("created_at").asString("")))
        .put("owned_by", model.path("owned_by").asString("anthropic"));
  }

  private static long seconds(String created) {
    try {
      return Instant.parse(created).getEpochSecond();
    } catch (DateTimeParseException e) {
      return 0;
    }
  }

  private static JsonNode read(Answer.Whole answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (JacksonException e) {
      return JSON.createObjectNode();
    }
  }

  private static Answer.Whole json(ObjectNode body) {
    return new Answer.Whole(
        200, Headers.of("content-type", "application/json"), JSON.writeValueAsBytes(body));
  }
}
