package dev.yumen.server;

import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signals of the operating system: HUP, with which an operator asks for the settings to be read
 * again, INT and TERM. The JDK offers them only in {@code sun.misc}, about which the compiler
 * warns; hence reflection.
 */
final class Signals {
  private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

  private Signals() {}

  /**
   * Has the action run, on a thread of its own, each time the signal comes. Where there is no such
   * signal, as HUP on Windows or any with {@code -Xrs}, nothing happens.
   *
   * @param name without SIG
   * @return whether there is such a signal
   */
  static boolean on(String name, Runnable action) {
    try {
      var signal = Class.forName("sun.misc.Signal");
      var handler = Class.forName("sun.misc.SignalHandler");
      Object calling =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "equals" -> isSame(proxy, arguments[0]);
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "toString" -> "SIG" + name;
                    default -> {
                      action.run();
                      yield null;
                    }
                  });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), calling);
      return true;
    } catch (ReflectiveOperationException e) {
      LOG.debug("There is no SIG{} here", name, e);
      return false;
    }
  }

  @SuppressWarnings("ReferenceEquality") // a handler is equal to itself only
  private static boolean isSame(Object handler, Object other) {
    return handler == other;
  }
}
