package finitewidth.job.config;

import finitewidth.inference.Order;
import java.io.Serializable;
import java.util.List;

/**
 * Which quantiles go to the predictions.
 *
 * @param probabilities between 0 and 1; none where no quantiles are wanted
 * @param of what they are quantiles of
 */
public record Quantiles(List<Double> probabilities, Of of) implements Serializable {
  /** Quantiles of the function itself, or of a target: function plus noise. */
  public enum Of {
    LATENT,
    TARGET
  }

  public Quantiles {
    probabilities = List.copyOf(probabilities);
  }

  static Quantiles none() {
    return new Quantiles(List.of(), Of.LATENT);
  }

  public boolean isNone() {
    return probabilities.isEmpty();
  }

  /** The order to which rows are to be scored for them. */
  public Order order(Order given) {
    return isNone() || given == Order.NNGP ? given : Order.CUMULANTS;
  }
}
