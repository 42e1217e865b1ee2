package finitewidth.inference.comparison;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The exact posterior of networks of some widths at the test points, as far as a computation with
 * noise tells it, and what that noise does to functions of it.
 */
public interface Truth {

  /** Means, variances and log evidence, with standard errors. */
  WeightedMoments posterior();

  /** How many independent draws of the posterior would know as much. */
  double effectiveDraws();

  /** What is to be said in place of a verdict; empty where there may be one. */
  Optional<Trust> silence();

  /** Standard errors that a difference must be away from zero to count. */
  double significant();

  /**
   * Functions of one quantity's numbers with their standard errors, and freed from the bias that
   * noise brings where they are curved.
   *
   * @param functions of the numbers, in the order of {@link Comparison.Quantity#of}
   */
  Jackknife functions(Comparison.Quantity quantity, UnaryOperator<double[]> functions);
}
