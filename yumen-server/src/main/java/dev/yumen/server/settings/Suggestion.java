package dev.yumen.server.settings;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which known name someone meant. */
final class Suggestion {
  private static final int LONGEST = 40;

  private Suggestion() {}

  /** Ends a sentence about an unknown name: with the nearest known one, or else with all. */
  static String among(Collection<String> known, String name) {
    String nearest = nearest(known, name);
    return nearest == null
        ? "known are " + String.join(", ", known)
        : "did you mean \"" + nearest + "\"?";
  }

  /** Returns the nearest known name; null when none is near. */
  static @Nullable String nearest(Collection<String> known, String name) {
    String nearest = null;
    int best = 1 + Math.min(3, Math.max(1, name.length() / 3));
    if (name.length() <= LONGEST) {
      for (String one : known) {
        String a = folded(name);
        String b = folded(one);
        int distance = isPartOf(a, b) || isPartOf(b, a) ? 1 : distance(a, b);
        if (distance < best) {
          best = distance;
          nearest = one;
        }
      }
    }
    return nearest;
  }

  /** So that warning is near to warn, and url to base-url. */
  private static boolean isPartOf(String part, String whole) {
    return part.length() >= 3 && (whole.startsWith(part) || whole.endsWith(part));
  }

  /** So that base_url and baseUrl are near to base-url. */
  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
  }

  /** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
  private static int distance(String a, String b) {
    var d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        d[i][j] = Math.min(replaced, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
