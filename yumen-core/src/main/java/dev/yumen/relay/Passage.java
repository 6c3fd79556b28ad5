package dev.yumen.relay;

/**
 * What becomes of flowing bytes on their way: some may go on, some are held back. Pure; belongs to
 * one answer and one thread at a time.
 */
interface Passage {

  /** Bytes that may go on, as a stretch of an array. */
  record Stretch(byte[] bytes, int from, int to) {
    static final Stretch EMPTY = new Stretch(new byte[0], 0, 0);

    boolean isEmpty() {
      return from == to;
    }

    int length() {
      return to - from;
    }
  }

  /** Takes what came and returns what may go on now. */
  Stretch take(byte[] bytes) throws Overlong;

  /**
   * Returns what may still go on when no more comes.
   *
   * @param whole whether the source ended as it must; else it broke
   */
  Stretch rest(boolean whole);

  /** Whether the source had said all it had to say. */
  boolean finished();

  /** Whether only whole events pass, so that something may be put between them. */
  boolean separable();

  /** Number of events passed. */
  long events();

  /** An event is longer than the gateway holds. */
  final class Overlong extends Exception {
    private static final long serialVersionUID = 1;

    Overlong() {
      super("an event is too long", null, false, false);
    }
  }
}
