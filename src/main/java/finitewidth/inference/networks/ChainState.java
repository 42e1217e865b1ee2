package finitewidth.inference.networks;

import java.io.Serializable;

/**
 * All that a chain needs to go on, between rounds: what can be computed from its weights is.
 *
 * @param chain its number
 * @param weights U, and the coordinates of hyperparameters behind them where these are sampled
 * @param logLikelihood L(U)
 * @param steps done in each phase but the pilot's, in their order
 * @param forward log weight of the way from prior to posterior, Σ (τ_k − τ_{k−1}) L
 * @param backward the same of the way back
 * @param adaptation while it adapts
 * @param metric once it has
 * @param acceptance sum of the acceptance probabilities of trajectories while drawing
 * @param monitored batch means of the conditional means at the probe's rows while drawing
 * @param kept states for predictions
 */
record ChainState(
    int chain,
    double[] weights,
    double logLikelihood,
    int[] steps,
    double forward,
    double backward,
    Adaptation adaptation,
    Metric metric,
    double acceptance,
    double[] monitored,
    KeptStates kept)
    implements Serializable {

  /** Steps done of a phase. */
  int done(Phase phase) {
    return steps[phase.ordinal()];
  }

  /** The same before another pass from the prior to the posterior and back. */
  ChainState again() {
    int[] none = steps.clone();
    none[Phase.ANNEALING.ordinal()] = 0;
    none[Phase.RETURNING.ordinal()] = 0;
    return new ChainState(
        chain, weights, logLikelihood, none, 0, 0, adaptation, metric, acceptance, monitored, kept);
  }

  /** The same with the metric that all chains go by from now on. */
  ChainState with(Metric shared) {
    return new ChainState(
        chain,
        weights,
        logLikelihood,
        steps,
        forward,
        backward,
        adaptation,
        shared,
        acceptance,
        monitored,
        kept);
  }
}
