package dev.yumen.privacy.evaluation;

/**
 * A share with its uncertainty.
 *
 * @param successes how many, halves allowed
 * @param trials of how many
 */
public record Proportion(double successes, double trials) {
  /** The 97.5 % quantile of the normal distribution: intervals hold 95 %. */
  private static final double Z = 1.959964;

  /** The share; 1 when nothing was tried. */
  public double value() {
    return trials == 0 ? 1 : successes / trials;
  }

  /** Lower end of the interval (Wilson, 1927); 0 when nothing was tried. */
  public double low() {
    return trials == 0 ? 0 : Math.max(0, centre() - margin());
  }

  /** Upper end of the interval; 1 when nothing was tried. */
  public double high() {
    return trials == 0 ? 1 : Math.min(1, centre() + margin());
  }

  private double centre() {
    return (value() + Z * Z / (2 * trials)) / (1 + Z * Z / trials);
  }

  private double margin() {
    double p = value();
    double variance = p * (1 - p) / trials + Z * Z / (4 * trials * trials);
    return Z * Math.sqrt(variance) / (1 + Z * Z / trials);
  }
}
