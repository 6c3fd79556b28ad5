package dev.yumen.server.simulator;

/** A script that cannot be read; the message says where and why. */
final class ScriptError extends RuntimeException {
  private static final long serialVersionUID = 1;

  ScriptError(String message) {
    super(message);
  }
}
