package dev.yumen.server.http;

import io.vertx.core.http.HttpConnection;
import java.util.IdentityHashMap;
import java.util.List;

/** The open connections of a lane and since when each has been idle. On the loop only. */
final class Connections {
  private final Loop loop;
  private final DoorOptions options;
  private final IdentityHashMap<HttpConnection, State> open = new IdentityHashMap<>();

  private static final class State {
    private int running;
    private boolean served;
    private boolean last;
    private long idleSince;
  }

  Connections(Loop loop, DoorOptions options) {
    this.loop = loop;
    this.options = options;
  }

  void opened(HttpConnection connection) {
    Wire.prepare(connection);
    var state = new State();
    state.idleSince = loop.now();
    open.put(connection, state);
    connection.closeHandler(_ -> open.remove(connection));
  }

  void begun(HttpConnection connection) {
    State state = open.get(connection);
    if (state != null) {
      state.running++;
      state.served = true;
    }
  }

  void ended(HttpConnection connection) {
    State state = open.get(connection);
    if (state != null) {
      state.running--;
      state.idleSince = loop.now();
    }
  }

  /** Says that the answer being sent is the last: what else the caller sent is not looked at. */
  void last(HttpConnection connection) {
    State state = open.get(connection);
    if (state != null) {
      state.last = true;
    }
  }

  /** Whether requests on the connection are still answered. */
  boolean answers(HttpConnection connection) {
    State state = open.get(connection);
    return state != null && !state.last;
  }

  /** Closes connections without a request: new ones that send no head, old ones that rest. */
  void tick() {
    long now = loop.now();
    for (var entry : List.copyOf(open.entrySet())) {
      State state = entry.getValue();
      long patience = (state.served ? options.keepAlive() : options.headTimeout()).toNanos();
      if (state.running == 0 && now - state.idleSince > patience) {
        entry.getKey().close();
      }
    }
  }

  /** Closes connections without a request. */
  void closeIdle() {
    for (var entry : List.copyOf(open.entrySet())) {
      if (entry.getValue().running == 0) {
        entry.getKey().close();
      }
    }
  }
}
