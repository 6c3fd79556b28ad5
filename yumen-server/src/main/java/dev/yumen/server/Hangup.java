package dev.yumen.server;

import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGHUP, with which an operator asks for the settings to be read again. The JDK offers signals
 * only in {@code sun.misc}, about which the compiler warns; hence reflection.
 */
final class Hangup {
  private static final Logger LOG = LoggerFactory.getLogger(Hangup.class);

  private Hangup() {}

  /**
   * Has the action run, on a thread of its own, at every SIGHUP. Where there is no such signal, as
   * on Windows or with {@code -Xrs}, nothing happens.
   *
   * @return whether there is such a signal
   */
  static boolean onSignal(Runnable action) {
    try {
      var signal = Class.forName("sun.misc.Signal");
      var handler = Class.forName("sun.misc.SignalHandler");
      var run =
          MethodHandles.lookup()
              .findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
              .bindTo(action);
      signal
          .getMethod("handle", signal, handler)
          .invoke(
              null,
              signal.getConstructor(String.class).newInstance("HUP"),
              MethodHandleProxies.asInterfaceInstance(
                  handler, MethodHandles.dropArguments(run, 0, signal)));
      return true;
    } catch (ReflectiveOperationException e) {
      LOG.debug("There is no SIGHUP here", e);
      return false;
    }
  }
}
