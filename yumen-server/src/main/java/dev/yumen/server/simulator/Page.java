package dev.yumen.server.simulator;

import dev.yumen.server.simulator.Call.Failed;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** A page of a list, as {@code limit}, {@code after_id} and {@code before_id} ask for it. */
final class Page {
  private static final int USUAL = 20;
  private static final int LARGEST = 1_000;

  private Page() {}

  static <T> ObjectNode of(
      List<T> all, Function<T, String> id, Function<T, ObjectNode> node, Call call) throws Failed {
    int limit = limit(call);
    int from = 0;
    int to = all.size();
    String after = call.query().get("after_id");
    String before = call.query().get("before_id");
    if (after != null) {
      from = index(all, id, after, "after_id") + 1;
      to = Math.min(to, from + limit);
    } else if (before != null) {
      to = index(all, id, before, "before_id");
      from = Math.max(0, to - limit);
    } else {
      to = Math.min(to, limit);
    }
    var page = Json.object();
    var data = page.putArray("data");
    List<T> shown = all.subList(from, to);
    shown.forEach(one -> data.add(node.apply(one)));
    page.put("has_more", before == null ? to < all.size() : from > 0);
    page.put("first_id", shown.isEmpty() ? null : id.apply(shown.getFirst()));
    page.put("last_id", shown.isEmpty() ? null : id.apply(shown.getLast()));
    return page;
  }

  private static int limit(Call call) throws Failed {
    String text = call.query().getOrDefault("limit", Integer.toString(USUAL));
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= LARGEST) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // refused below, with what lies out of bounds
    }
    throw new Failed(Failure.invalid("limit: Input should be an integer from 1 to " + LARGEST));
  }

  private static <T> int index(List<T> all, Function<T, String> id, String wanted, String name)
      throws Failed {
    for (int i = 0; i < all.size(); i++) {
      if (id.apply(all.get(i)).equals(wanted)) {
        return i;
      }
    }
    throw new Failed(Failure.invalid(name + ": no such object: " + wanted));
  }
}
