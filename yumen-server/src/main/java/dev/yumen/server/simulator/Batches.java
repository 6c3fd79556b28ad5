package dev.yumen.server.simulator;

import dev.yumen.server.simulator.Call.Failed;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/messages/batches}: a batch ends a second after it was made. */
final class Batches {
  private static final Duration WORK = Duration.ofSeconds(1);
  private static final Duration LIFE = Duration.ofHours(24);
  private static final int MOST = 100;
  private static final int MOST_REQUESTS = 100_000;

  private final Messages messages;
  private final Ids ids;
  private final InstantSource clock;
  private final Supplier<URI> address;
  private final Map<String, Batch> all = new LinkedHashMap<>();

  /**
   * Begins without any.
   *
   * @param address where the provider listens, for links to results
   */
  Batches(Messages messages, Ids ids, InstantSource clock, Supplier<URI> address) {
    this.messages = messages;
    this.ids = ids;
    this.clock = clock;
    this.address = address;
  }

  private record Result(String customId, ObjectNode result) {
    boolean succeeded() {
      return Json.string(result, "type").equals("succeeded");
    }
  }

  private record Batch(
      String id, Instant created, @Nullable Instant canceled, List<Result> results) {

    Instant end() {
      return created.plus(WORK);
    }

    boolean ended(Instant now) {
      return !now.isBefore(end());
    }
  }

  Outgoing answer(Call call, List<String> path) throws Failed {
    if (path.isEmpty()) {
      return call.method().equals("POST") ? create(call) : list(call);
    }
    Batch batch = all.get(path.getFirst());
    if (batch == null) {
      throw new Failed(Failure.of(404));
    }
    if (path.size() == 1) {
      return call.method().equals("DELETE") ? delete(batch) : get(call, batch);
    }
    if (path.size() == 2 && path.get(1).equals("cancel")) {
      Routes.expect(call, "POST");
      return cancel(batch);
    }
    if (path.size() == 2 && path.get(1).equals("results")) {
      Routes.expect(call, "GET");
      return results(batch);
    }
    throw new Failed(Failure.of(404));
  }

  private Outgoing create(Call call) throws Failed {
    JsonNode requests = call.body().object().path("requests");
    if (!requests.isArray() || requests.isEmpty() || requests.size() > MOST_REQUESTS) {
      throw new Failed(
          Failure.invalid("requests: a list of 1 to " + MOST_REQUESTS + " requests is required"));
    }
    Set<String> names = new HashSet<>();
    var results = new ArrayList<Result>();
    for (int i = 0; i < requests.size(); i++) {
      JsonNode request = requests.path(i);
      String name = Json.string(request, "custom_id");
      if (name.isEmpty()) {
        throw new Failed(Failure.invalid("requests." + i + ".custom_id: Field required"));
      }
      if (!names.add(name)) {
        throw new Failed(Failure.invalid("requests: custom_id values must be unique: " + name));
      }
      results.add(new Result(name, messages.inBatch(request.path("params"), call)));
    }
    var batch = new Batch(ids.batch(), clock.instant(), null, List.copyOf(results));
    all.put(batch.id(), batch);
    if (all.size() > MOST) {
      all.remove(all.keySet().iterator().next());
    }
    return Outgoing.json(node(batch));
  }

  private Outgoing list(Call call) throws Failed {
    Routes.expect(call, "GET");
    List<Batch> newestFirst = new ArrayList<>(all.values()).reversed();
    return Outgoing.json(Page.of(newestFirst, Batch::id, this::node, call));
  }

  private Outgoing get(Call call, Batch batch) throws Failed {
    Routes.expect(call, "GET");
    return Outgoing.json(node(batch));
  }

  private Outgoing delete(Batch batch) throws Failed {
    if (!batch.ended(clock.instant())) {
      throw new Failed(
          Failure.invalid("Message Batch " + batch.id() + " cannot be deleted in progress."));
    }
    all.remove(batch.id());
    return Outgoing.json(Json.object().put("id", batch.id()).put("type", "message_batch_deleted"));
  }

  private Outgoing cancel(Batch batch) {
    Instant now = clock.instant();
    if (batch.ended(now) || batch.canceled() != null) {
      return Outgoing.json(node(batch));
    }
    List<Result> canceled =
        batch.results().stream()
            .map(one -> new Result(one.customId(), Json.typed("canceled")))
            .toList();
    var other = new Batch(batch.id(), batch.created(), now, canceled);
    all.put(other.id(), other);
    return Outgoing.json(node(other));
  }

  private Outgoing results(Batch batch) throws Failed {
    if (!batch.ended(clock.instant())) {
      throw new Failed(
          Failure.notFound("Message Batch " + batch.id() + " has no available results."));
    }
    Iterator<Act> lines =
        batch.results().stream()
            .map(one ->
                Json.text(
                        Json.object().put("custom_id", one.customId()).set("result", one.result()))
                    + "\n")
            .<Act>map(line -> new Act.Send(line.getBytes(StandardCharsets.UTF_8)))
            .iterator();
    return new Outgoing(
        200, Map.of("content-type", "application/x-jsonl"), -1, lines, Answer.Delivery.PLAIN);
  }

  private ObjectNode node(Batch batch) {
    boolean ended = batch.ended(clock.instant());
    boolean canceled = batch.canceled() != null;
    int size = batch.results().size();
    int succeeded = Math.toIntExact(batch.results().stream().filter(Result::succeeded).count());
    var node = Json.object().put("id", batch.id()).put("type", "message_batch");
    node.put("processing_status", ended ? "ended" : canceled ? "canceling" : "in_progress");
    node.putObject("request_counts")
        .put("processing", ended ? 0 : size)
        .put("succeeded", ended ? succeeded : 0)
        .put("errored", ended && !canceled ? size - succeeded : 0)
        .put("canceled", ended && canceled ? size : 0)
        .put("expired", 0);
    node.put("ended_at", ended ? batch.end().toString() : null);
    node.put("created_at", batch.created().toString());
    node.put("expires_at", batch.created().plus(LIFE).toString());
    node.putNull("archived_at");
    Instant at = batch.canceled();
    node.put("cancel_initiated_at", at == null ? null : at.toString());
    node.put(
        "results_url",
        ended ? address.get() + "/v1/messages/batches/" + batch.id() + "/results" : null);
    return node;
  }
}
