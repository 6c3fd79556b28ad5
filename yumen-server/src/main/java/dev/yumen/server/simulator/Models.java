package dev.yumen.server.simulator;

import dev.yumen.server.simulator.Call.Failed;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET /v1/models}: models that look like the real ones, and one for each behaviour. */
final class Models {
  private static final List<Model> REAL_LOOKING =
      List.of(
          new Model("claude-opus-5-5", "Claude Opus 5.5", "2026-10-06T00:00:00Z"),
          new Model("claude-sonnet-5", "Claude Sonnet 5", "2026-06-16T00:00:00Z"),
          new Model("claude-opus-4-6", "Claude Opus 4.6", "2026-02-04T00:00:00Z"),
          new Model("claude-sonnet-4-6", "Claude Sonnet 4.6", "2026-02-17T00:00:00Z"),
          new Model("claude-haiku-4-5-20251001", "Claude Haiku 4.5", "2025-10-15T00:00:00Z"),
          new Model("claude-sonnet-4-5-20250929", "Claude Sonnet 4.5", "2025-09-29T00:00:00Z"));

  private final List<Model> all;
  private final Predicate<String> known;

  private record Model(String id, String name, String created) {
    ObjectNode node() {
      return Json.typed("model")
          .put("id", id)
          .put("display_name", name)
          .put("created_at", created)
          .put("max_input_tokens", 1_000_000)
          .put("max_tokens", 128_000);
    }
  }

  /**
   * Lists the models.
   *
   * @param behaviours ids of models with a behaviour
   * @param known whether an id that is not listed has a behaviour all the same
   */
  Models(List<String> behaviours, Predicate<String> known) {
    this.all =
        Stream.concat(
                REAL_LOOKING.stream(),
                behaviours.stream()
                    .map(id -> new Model(id, "Simulated: " + id, "2026-01-01T00:00:00Z")))
            .toList();
    this.known = known;
  }

  Outgoing answer(Call call, List<String> path) throws Failed {
    Routes.expect(call, "GET");
    if (path.isEmpty()) {
      return Outgoing.json(Page.of(all, Model::id, Model::node, call));
    }
    String id = path.getFirst();
    if (path.size() == 1) {
      for (Model model : all) {
        if (model.id().equals(id)) {
          return Outgoing.json(model.node());
        }
      }
      if (known.test(id)) {
        return Outgoing.json(new Model(id, "Simulated: " + id, "2026-01-01T00:00:00Z").node());
      }
    }
    throw new Failed(Failure.notFound("model: " + id));
  }
}
