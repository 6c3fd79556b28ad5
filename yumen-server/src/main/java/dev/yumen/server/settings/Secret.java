package dev.yumen.server.settings;

/** A value that must never be printed. */
public record Secret(String value) {

  /** Prints that there is one, not what it is. */
  @Override
  public String toString() {
    return "Secret[…]";
  }
}
