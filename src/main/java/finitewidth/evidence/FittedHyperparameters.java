package finitewidth.evidence;

import java.util.List;

/**
 * The hyperparameters of the highest log evidence that was found.
 *
 * @param logEvidence of the rows that were fitted to, in nats
 * @param start log evidence of those that were given, their noise raised to the floor; NaN where
 *     that is singular
 * @param optima of all starts, in their order
 * @param best number of the start that reached the highest evidence
 * @param atBounds names of parameters that ended at a bound
 */
public record FittedHyperparameters(
    Hyperparameters hyperparameters,
    double logEvidence,
    double start,
    List<Optimum> optima,
    int best,
    List<String> atBounds) {

  /**
   * Where one start ended.
   *
   * @param evaluations of evidence and gradient
   */
  public record Optimum(Hyperparameters hyperparameters, double logEvidence, int evaluations) {}

  /** Evaluations of evidence and gradient, all starts together. */
  public int evaluations() {
    return optima.stream().mapToInt(Optimum::evaluations).sum();
  }

  /** How many starts ended within {@code nats} of the highest evidence. */
  public long agreeing(double nats) {
    return optima.stream().filter(o -> o.logEvidence() >= logEvidence - nats).count();
  }

  /** Whether the noise ended at its floor. */
  public boolean atNoiseFloor() {
    return atBounds.contains("noise-variance, least");
  }
}
