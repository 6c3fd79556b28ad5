package dev.yumen.privacy;

/**
 * One JSON string of a body that may hold personal data.
 *
 * @param place where it stands
 * @param from where it begins in the body, its quote included
 * @param to where it ends, exclusive
 * @param text what it says, decoded
 * @param message the number of its message, from 0; -1 when it is in none
 * @param document the number of the document whose whole text it is, from 0, as citations count
 *     them; -1 when it is none's
 */
public record Leaf(Place place, int from, int to, String text, int message, int document) {
  /** Prints no words. */
  @Override
  public String toString() {
    return "Leaf[" + place + ", " + from + " to " + to + "]";
  }
}
