package finitewidth.job.config;

import finitewidth.inference.Order;
import finitewidth.settings.Key;
import java.io.Serializable;
import java.util.List;

/**
 * Which quantiles go to the predictions.
 *
 * @param probabilities different ones between 0 and 1; none where no quantiles are wanted
 * @param of what they are quantiles of
 */
public record Quantiles(
    @From(Key.PREDICT_QUANTILES) List<Double> probabilities, @From(Key.PREDICT_QUANTILES_OF) Of of)
    implements Serializable {
  /** Quantiles of the function itself, or of a target: function plus noise. */
  public enum Of {
    LATENT,
    TARGET
  }

  public Quantiles {
    probabilities = List.copyOf(probabilities);
    Refusal.unless(
        Refusal.differ(probabilities) && probabilities.stream().allMatch(p -> p > 0 && p < 1),
        Key.PREDICT_QUANTILES);
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
