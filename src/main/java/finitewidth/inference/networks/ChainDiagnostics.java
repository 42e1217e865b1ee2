package finitewidth.inference.networks;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What {@link Convergence} judges chains by. L is the log likelihood of a state.
 *
 * @param likelihoodRhat split R-hat of L
 * @param likelihoodDraws effective draws of L
 * @param halves of L
 * @param rhats of predictions, all rows and outputs
 * @param effectiveDraws of predictions
 * @param relativeErrors of predictions: standard errors of means in posterior deviations
 * @param acceptance share of Hamiltonian trajectories that were accepted; empty without any
 */
record ChainDiagnostics(
    double likelihoodRhat,
    double likelihoodDraws,
    Halves halves,
    double[] rhats,
    double[] effectiveDraws,
    double[] relativeErrors,
    OptionalDouble acceptance) {

  /**
   * From all that chains kept.
   *
   * @param likelihoods [chain][draw] of L
   * @param predictions batch means of the chains' predictions; empty where there are no rows to
   *     predict
   */
  static ChainDiagnostics of(
      double[][] likelihoods, List<BatchMeans> predictions, OptionalDouble acceptance) {
    int values = predictions.isEmpty() ? 0 : predictions.get(0).values();
    double[] rhats = new double[values];
    double[] draws = new double[values];
    double[] errors = new double[values];
    if (values > 0) {
      MonitoredChains chains = new MonitoredChains(predictions);
      for (int v = 0; v < values; v++) {
        MonitoredValue value = chains.value(v);
        rhats[v] = value.rhat();
        draws[v] = value.effectiveDraws();
        errors[v] = value.relativeError();
      }
    }
    return new ChainDiagnostics(
        SplitRhat.of(likelihoods),
        EffectiveDraws.of(likelihoods),
        Halves.of(likelihoods),
        rhats,
        draws,
        errors,
        acceptance);
  }
}
