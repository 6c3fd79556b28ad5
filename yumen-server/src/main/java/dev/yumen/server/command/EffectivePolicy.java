package dev.yumen.server.command;

import dev.yumen.exchange.Pattern;
import dev.yumen.server.settings.Settings.ProviderSettings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which models a caller gets from whom: the callers' patterns and those of the providers taken
 * together, without knowing any model. The outcome is that of {@link dev.yumen.routing.Router}.
 *
 * @param providers in the order of the settings
 */
record EffectivePolicy(List<ProviderSettings> providers) {

  /**
   * Models and who is asked for them. Of several shares the first that fits counts.
   *
   * @param models a pattern, or two of which both must fit
   * @param provider null when none serves them
   */
  record Share(String models, @Nullable String provider) {}

  /** Returns the provider that is asked for a model; null when there is none. */
  @Nullable ProviderSettings serving(String model) {
    for (var provider : providers) {
      if (allows(provider.models(), model)) {
        return provider;
      }
    }
    return null;
  }

  /** Tells whether one of the patterns fits the model. */
  static boolean allows(List<String> patterns, String model) {
    return patterns.stream().anyMatch(pattern -> Pattern.matches(pattern, model));
  }

  /** Divides the models of one of a caller's patterns among the providers. */
  List<Share> shares(String allowed) {
    var shares = new ArrayList<Share>();
    var earlier = new ArrayList<String>();
    for (var provider : providers) {
      for (var served : provider.models()) {
        if (covers(served, allowed)) {
          shares.add(new Share(allowed, provider.name()));
          return shares;
        }
        if (overlap(served, allowed) && earlier.stream().noneMatch(one -> covers(one, served))) {
          var models = covers(allowed, served) ? served : allowed + " and " + served;
          shares.add(new Share(models, provider.name()));
        }
        earlier.add(served);
      }
    }
    shares.add(new Share(allowed, null));
    return shares;
  }

  /** Returns the providers after the first whose every model an earlier provider takes. */
  List<ProviderSettings> neverAsked() {
    var never = new ArrayList<ProviderSettings>();
    var earlier = new ArrayList<String>();
    for (var provider : providers) {
      if (provider.models().stream()
          .allMatch(served -> earlier.stream().anyMatch(one -> covers(one, served)))) {
        never.add(provider);
      }
      earlier.addAll(provider.models());
    }
    return never;
  }

  /**
   * Tells whether every model that fits the narrow pattern fits the wide one. A star of the narrow
   * pattern is read as a character: only a star of the wide one can take it, and that takes
   * whatever stands for it as well.
   */
  private static boolean covers(String wide, String narrow) {
    return Pattern.matches(wide, narrow);
  }

  /** Tells whether some model fits both patterns. */
  static boolean overlap(String one, String other) {
    var fits = new boolean[one.length() + 1][other.length() + 1];
    for (int i = one.length(); i >= 0; i--) {
      for (int j = other.length(); j >= 0; j--) {
        boolean left = i < one.length();
        boolean right = j < other.length();
        boolean leftStar = left && one.charAt(i) == '*';
        boolean rightStar = right && other.charAt(j) == '*';
        fits[i][j] =
            (!left && !right)
                || (leftStar && (fits[i + 1][j] || (right && fits[i][j + 1])))
                || (rightStar && (fits[i][j + 1] || (left && fits[i + 1][j])))
                || (left && right && one.charAt(i) == other.charAt(j) && fits[i + 1][j + 1]);
      }
    }
    return fits[0][0];
  }
}
