package finitewidth.job;

import finitewidth.spark.RowScorer;
import java.io.Serializable;
import java.util.List;

/**
 * Which quantiles go to the predictions.
 *
 * @param probabilities between 0 and 1; none where no quantiles are wanted
 * @param of what they are quantiles of
 */
record Quantiles(List<Double> probabilities, Of of) implements Serializable {
  /** Quantiles of the function itself, or of a target: function plus noise. */
  enum Of {
    LATENT,
    TARGET
  }

  Quantiles {
    probabilities = List.copyOf(probabilities);
  }

  static Quantiles none() {
    return new Quantiles(List.of(), Of.LATENT);
  }

  boolean isNone() {
    return probabilities.isEmpty();
  }

  /** The order to which rows are to be scored for them. */
  RowScorer.Order order(RowScorer.Order given) {
    return isNone() || given == RowScorer.Order.NNGP ? given : RowScorer.Order.CUMULANTS;
  }
}
