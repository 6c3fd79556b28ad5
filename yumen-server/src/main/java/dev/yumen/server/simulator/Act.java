package dev.yumen.server.simulator;

import java.time.Duration;

/** What happens on the connection, one thing after another; when nothing follows, it ends well. */
sealed interface Act {
  /** Bytes of the body before any content coding; for a stream one whole event. */
  record Send(byte[] bytes) implements Act {}

  /** Nothing is sent for a while. */
  record Wait(Duration time) implements Act {}

  /** The connection is cut without an end of the body. */
  record Cut() implements Act {}
}
