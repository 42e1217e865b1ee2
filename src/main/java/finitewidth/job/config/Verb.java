package finitewidth.job.config;

import java.util.Locale;

/** What a job can do. */
public enum Verb {
  FIT("compute the posterior from training data, score test rows, write predictions and summary"),
  FLOW("follow the prior through the layers: kernel, self-energy and vertex per layer"),
  PREDICT("score a data set of any size with a saved model, write predictions"),
  VALIDATE("draw the exact finite-width posterior on a subset, set the corrected one beside it");

  private final String does;

  Verb(String does) {
    this.does = does;
  }

  public String does() {
    return does;
  }

  /** The name on the command line, which picocli takes from here too. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
