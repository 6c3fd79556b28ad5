package dev.yumen.privacy.evaluation;

/** Counts for one type or one part of a corpus. Not thread-safe. */
public final class Score {
  private int right;
  private int wrong;
  private int missed;
  private long characters;
  private long covered;

  void right() {
    right++;
  }

  void wrong() {
    wrong++;
  }

  void missed() {
    missed++;
  }

  void covered(long some, long of) {
    covered += some;
    characters += of;
  }

  void add(Score other) {
    right += other.right;
    wrong += other.wrong;
    missed += other.missed;
    characters += other.characters;
    covered += other.covered;
  }

  /** How many findings are wrong. */
  public int falsePositives() {
    return wrong;
  }

  /** How many places are labelled. */
  public int labelled() {
    return right + missed;
  }

  /** Of what was found, how much is right. */
  public Proportion precision() {
    return new Proportion(right, right + wrong);
  }

  /** Of what is labelled, how much was found. */
  public Proportion recall() {
    return new Proportion(right, right + missed);
  }

  /** Harmonic mean of both, as a share of its own: 2TP / (2TP + FP + FN). */
  public Proportion f1() {
    return new Proportion(right, right + (wrong + missed) / 2.0);
  }

  /**
   * Of the labelled characters, how many some finding of any type covers: what masking would hide.
   */
  public Proportion coverage() {
    return new Proportion(covered, characters);
  }
}
