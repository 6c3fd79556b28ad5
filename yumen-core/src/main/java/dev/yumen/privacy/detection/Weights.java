package dev.yumen.privacy.detection;

/** How much evidence counts, in percent; {@link DataType} has what form and checksum earn. */
final class Weights {
  /** What a finding must reach. */
  static final int THRESHOLD = 50;

  /** A word nearby names the type. */
  static final int CONTEXT = 35;

  /** A label directly before the value, or the header of its column, names the type. */
  static final int LABEL = 60;

  /** The nearest word says it is something else: an order number, a version, an amount. */
  static final int COUNTER = -40;

  /** The most one can be sure of a text. */
  static final int MOST = 99;

  private Weights() {}
}
