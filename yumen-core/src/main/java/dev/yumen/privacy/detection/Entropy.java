package dev.yumen.privacy.detection;

/** How random a text looks. */
final class Entropy {
  private Entropy() {}

  /** Bits per character by the frequencies within the text itself (Shannon, 1948). */
  static double of(CharSequence text) {
    var counts = new int[128];
    int length = text.length();
    for (int i = 0; i < length; i++) {
      counts[text.charAt(i) & 127]++;
    }
    double bits = 0;
    for (int count : counts) {
      if (count > 0) {
        double share = (double) count / length;
        bits -= share * Math.log(share) / Math.log(2);
      }
    }
    return bits;
  }
}
