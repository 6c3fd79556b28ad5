package dev.yumen.privacy;

/**
 * What stands for a value in one conversation.
 *
 * @param label what kind of value it is
 * @param text the pseudonym or surrogate as the provider sees it
 * @param original the value exactly as the caller wrote it
 */
record Pseudonym(Label label, String text, String original) {
  /** Prints no value. */
  @Override
  public String toString() {
    return "Pseudonym[" + text + "]";
  }
}
