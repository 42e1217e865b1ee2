package finitewidth.evidence;

import java.util.Optional;

/**
 * What a search maximises: the log evidence of training targets at infinite width, or what stands
 * for it, as a function of the coordinates of a {@link ParameterSpace}.
 *
 * <p>It is that of Gaussian targets whose covariance the output's scale multiplies as a whole.
 */
interface Evidence {

  /**
   * The evidence at a point.
   *
   * @param logEvidence in nats
   * @param dataFit q, the part of −2 log p that is quadratic in the targets
   * @param gradient of the log evidence in the coordinates
   */
  record Evaluation(
      Hyperparameters hyperparameters, double logEvidence, double dataFit, double[] gradient) {}

  /** What the coordinates stand for. */
  ParameterSpace space();

  /** How many targets there are, rows times outputs. */
  double targets();

  /** The mean diagonal of the output's kernel over the training rows. */
  double meanDiagonal(Hyperparameters hyperparameters);

  /**
   * The evidence and its gradient.
   *
   * @return empty where the covariance is not positive definite to working precision
   */
  Optional<Evaluation> at(double[] at);
}
