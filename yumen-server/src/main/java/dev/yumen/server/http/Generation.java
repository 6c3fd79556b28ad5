package dev.yumen.server.http;

import dev.yumen.Gateway;
import dev.yumen.upstream.Upstream;

/** One state of the settings, as gateways. A reload makes a new one; none changes. */
@FunctionalInterface
public interface Generation {
  /** The gateway of this generation that asks through the given upstream. */
  Gateway over(Upstream upstream);
}
