package finitewidth.inference.networks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

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
 * @param hyperparameters that were sampled, one or more; none where they were given
 */
record ChainDiagnostics(
    double likelihoodRhat,
    double likelihoodDraws,
    Halves halves,
    double[] rhats,
    double[] effectiveDraws,
    double[] relativeErrors,
    OptionalDouble acceptance,
    List<SampledValues.Named> hyperparameters) {
  ChainDiagnostics {
    hyperparameters = List.copyOf(hyperparameters);
  }

  /** Of chains whose hyperparameters were given. */
  ChainDiagnostics(
      double likelihoodRhat,
      double likelihoodDraws,
      Halves halves,
      double[] rhats,
      double[] effectiveDraws,
      double[] relativeErrors,
      OptionalDouble acceptance) {
    this(
        likelihoodRhat,
        likelihoodDraws,
        halves,
        rhats,
        effectiveDraws,
        relativeErrors,
        acceptance,
        List.of());
  }

  /** Of chains whose hyperparameters were given. */
  static ChainDiagnostics of(
      double[][] likelihoods, List<BatchMeans> predictions, OptionalDouble acceptance) {
    return of(likelihoods, predictions, acceptance, Optional.empty());
  }

  /**
   * From all that chains kept.
   *
   * @param likelihoods [chain][draw] of L
   * @param monitored batch means of the chains' predictions, and of hyperparameters behind them;
   *     empty where there are neither
   * @param space of the hyperparameters, where these are sampled
   */
  static ChainDiagnostics of(
      double[][] likelihoods,
      List<BatchMeans> monitored,
      OptionalDouble acceptance,
      Optional<HyperparameterSpace> space) {
    int sampled = space.map(HyperparameterSpace::size).orElse(0);
    int values = monitored.isEmpty() ? 0 : monitored.get(0).values() - sampled;
    List<SampledValues.Named> named = new ArrayList<>();
    double[] rhats = new double[values];
    double[] draws = new double[values];
    double[] errors = new double[values];
    if (values + sampled > 0) {
      MonitoredChains chains = new MonitoredChains(monitored);
      for (int v = 0; v < values; v++) {
        MonitoredValue value = chains.value(v);
        rhats[v] = value.rhat();
        draws[v] = value.effectiveDraws();
        errors[v] = value.relativeError();
      }
      for (int h = 0; h < sampled; h++) {
        named.add(new SampledValues.Named(space.get().name(h), chains.value(values + h)));
      }
    }
    return new ChainDiagnostics(
        SplitRhat.of(likelihoods),
        EffectiveDraws.of(likelihoods),
        Halves.of(likelihoods),
        rhats,
        draws,
        errors,
        acceptance,
        named);
  }

  /** All R-hats. */
  DoubleStream allRhats() {
    return DoubleStream.concat(
        DoubleStream.concat(DoubleStream.of(likelihoodRhat), DoubleStream.of(rhats)),
        hyperparameters.stream().mapToDouble(one -> one.value().rhat()));
  }

  /** All effective draws. */
  DoubleStream allDraws() {
    return DoubleStream.concat(
        DoubleStream.concat(DoubleStream.of(likelihoodDraws), DoubleStream.of(effectiveDraws)),
        hyperparameters.stream().mapToDouble(one -> one.value().effectiveDraws()));
  }
}
