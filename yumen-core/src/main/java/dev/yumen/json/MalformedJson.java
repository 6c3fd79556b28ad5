package dev.yumen.json;

/** The bytes are not JSON as RFC 8259 defines it. */
public final class MalformedJson extends Exception {
  private static final long serialVersionUID = 1;

  private final int offset;

  MalformedJson(String what, int offset) {
    super(what + " at byte " + offset, null, false, false);
    this.offset = offset;
  }

  /** Where, in bytes from the beginning of the array. */
  public int offset() {
    return offset;
  }
}
