package finitewidth.inference;

import finitewidth.prior.Widths;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * How the Markov chains of one network went.
 *
 * @param widths of its hidden layers
 * @param chains how many
 * @param iterations of each, once adapted
 * @param end what has ended them
 * @param states that are kept of all chains
 * @param rhat split R-hat of the log likelihood
 * @param largestRhat of the predictions that were watched; absent where none were
 * @param effectiveDraws of the log likelihood
 * @param medianDraws effective draws of the median prediction; absent where none were watched
 * @param fewestDraws of the prediction that has fewest; likewise
 * @param acceptance share of Hamiltonian trajectories that were accepted
 * @param failures of the chains, each a sentence; none where they have converged
 * @param logEvidence in nats; NaN, as are its bounds and the information, where it is not computed
 * @param logEvidenceError its standard error
 * @param lower a bound of the log evidence, but for its scatter
 * @param upper likewise
 * @param evidenceFailures of the log evidence, each a sentence
 * @param information nats from prior to posterior of the hidden weights: KL(posterior ‖ prior)
 * @param hyperparameters that were sampled, the noise first; none where they were given
 */
public record ChainReport(
    Widths widths,
    int chains,
    int iterations,
    ChainEnd end,
    int states,
    double rhat,
    OptionalDouble largestRhat,
    double effectiveDraws,
    OptionalDouble medianDraws,
    OptionalDouble fewestDraws,
    OptionalDouble acceptance,
    List<String> failures,
    double logEvidence,
    double logEvidenceError,
    double lower,
    double upper,
    List<String> evidenceFailures,
    double information,
    List<SampledHyperparameter> hyperparameters) {

  /** Whether nothing speaks against the chains. */
  public boolean isConverged() {
    return failures.isEmpty();
  }

  /** The largest split R-hat, of the log likelihood, of predictions and of hyperparameters. */
  public double worstRhat() {
    return hyperparameters.stream()
        .mapToDouble(SampledHyperparameter::rhat)
        .reduce(Math.max(rhat, largestRhat.orElse(rhat)), Math::max);
  }

  /** The fewest effective draws, of the log likelihood, of predictions and of hyperparameters. */
  public double leastDraws() {
    return hyperparameters.stream()
        .mapToDouble(SampledHyperparameter::effectiveDraws)
        .reduce(Math.min(effectiveDraws, fewestDraws.orElse(effectiveDraws)), Math::min);
  }

  /** Failures of the chains, then those of the log evidence. */
  public List<String> allFailures() {
    return Stream.concat(failures.stream(), evidenceFailures.stream()).toList();
  }
}
