package finitewidth.inference.networks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Whether chains have converged, so that their averages may be called those of the posterior.
 *
 * @param failures each test that fails, in a sentence with its figure and the limit
 */
record Convergence(List<String> failures) {
  static final double LARGEST_RHAT = 1.05;
  static final double LARGEST_OF_ALL_RHATS = 1.1;

  /** Of predictions that have to keep within a limit. */
  static final double SHARE = 0.99;

  static final double FEWEST_LIKELIHOOD_DRAWS = 100;
  static final double FEWEST_MEDIAN_DRAWS = 400;
  static final double FEWEST_DRAWS = 50;

  /** Standard error of a posterior mean in posterior deviations. */
  static final double LARGEST_ERROR = 0.1;

  static final double LEAST_ACCEPTANCE = 0.6;
  static final double LARGEST_ACCEPTANCE = 0.95;

  /** Standard errors. */
  static final double HALVES_APART = 3;

  Convergence {
    failures = List.copyOf(failures);
  }

  boolean isConverged() {
    return failures.isEmpty();
  }

  /** Whether one prediction may be called converged, if the chains' log likelihood is. */
  static boolean isConverged(MonitoredValue prediction) {
    return prediction.rhat() < LARGEST_RHAT
        && prediction.effectiveDraws() >= FEWEST_DRAWS
        && prediction.relativeError() <= LARGEST_ERROR;
  }

  /** The verdict. What is not a number fails. */
  static Convergence of(ChainDiagnostics chains) {
    List<String> failures = new ArrayList<>();
    likelihood(chains, failures);
    if (chains.rhats().length > 0) {
      predictions(chains, failures);
    }
    if (!chains.hyperparameters().isEmpty()) {
      hyperparameters(chains.hyperparameters(), failures);
    }
    acceptance(chains.acceptance(), failures);
    return new Convergence(failures);
  }

  private static void likelihood(ChainDiagnostics chains, List<String> failures) {
    if (!(chains.likelihoodRhat() < LARGEST_RHAT)) {
      failures.add(
          Figures.sentence(
              "R-hat of the log likelihood is %s, not below %s",
              chains.likelihoodRhat(), LARGEST_RHAT));
    }
    if (!(chains.likelihoodDraws() >= FEWEST_LIKELIHOOD_DRAWS)) {
      failures.add(
          Figures.sentence(
              "the log likelihood has %s effective draws, fewer than %s",
              chains.likelihoodDraws(), FEWEST_LIKELIHOOD_DRAWS));
    }
    if (!(chains.halves().errorsApart() <= HALVES_APART)) {
      failures.add(
          Figures.sentence(
              "the mean log likelihoods of the two halves differ by %s, %s standard errors, more"
                  + " than %s",
              Math.abs(chains.halves().second() - chains.halves().first()),
              chains.halves().errorsApart(),
              HALVES_APART));
    }
  }

  private static void predictions(ChainDiagnostics chains, List<String> failures) {
    double[] rhats = chains.rhats();
    share(
        Arrays.stream(rhats).filter(rhat -> rhat < LARGEST_RHAT).count(),
        rhats.length,
        Figures.sentence("R-hat is below %s", LARGEST_RHAT),
        failures);
    double largest = Arrays.stream(rhats).max().orElseThrow();
    if (!(largest < LARGEST_OF_ALL_RHATS)) {
      failures.add(
          Figures.sentence(
              "the largest R-hat of a prediction is %s, not below %s",
              largest, LARGEST_OF_ALL_RHATS));
    }
    double[] draws = chains.effectiveDraws().clone();
    Arrays.sort(draws);
    double median = 0.5 * (draws[(draws.length - 1) / 2] + draws[draws.length / 2]);
    if (!(median >= FEWEST_MEDIAN_DRAWS)) {
      failures.add(
          Figures.sentence(
              "the median prediction has %s effective draws, fewer than %s",
              median, FEWEST_MEDIAN_DRAWS));
    }
    double fewest = Arrays.stream(draws).min().orElseThrow();
    if (!(fewest >= FEWEST_DRAWS)) {
      failures.add(
          Figures.sentence(
              "the prediction with the fewest has %s effective draws, fewer than %s",
              fewest, FEWEST_DRAWS));
    }
    share(
        Arrays.stream(chains.relativeErrors()).filter(error -> error <= LARGEST_ERROR).count(),
        rhats.length,
        Figures.sentence("the standard error is within %s posterior deviations", LARGEST_ERROR),
        failures);
  }

  /** Those that are known worst. What is not a number is the worst. */
  private static void hyperparameters(List<SampledValues.Named> all, List<String> failures) {
    SampledValues.Named apart =
        Collections.max(all, Comparator.comparingDouble(one -> one.value().rhat()));
    if (!(apart.value().rhat() < LARGEST_OF_ALL_RHATS)) {
      failures.add(
          Figures.sentence(
              "the largest R-hat of a hyperparameter, " + apart.name() + ", is %s, not below %s",
              apart.value().rhat(),
              LARGEST_OF_ALL_RHATS));
    }
    SampledValues.Named slow =
        Collections.max(all, Comparator.comparingDouble(one -> -one.value().effectiveDraws()));
    if (!(slow.value().effectiveDraws() >= FEWEST_DRAWS)) {
      failures.add(
          Figures.sentence(
              "the hyperparameter with the fewest, "
                  + slow.name()
                  + ", has %s effective draws, fewer than %s",
              slow.value().effectiveDraws(),
              FEWEST_DRAWS));
    }
  }

  private static void share(long within, long all, String what, List<String> failures) {
    if (!(within >= SHARE * all)) {
      failures.add(
          what
              + " for "
              + within
              + " of "
              + all
              + " predictions, "
              + Figures.sentence("fewer than %s %%", 100 * SHARE));
    }
  }

  private static void acceptance(OptionalDouble acceptance, List<String> failures) {
    if (acceptance.isPresent()
        && !(acceptance.getAsDouble() >= LEAST_ACCEPTANCE
            && acceptance.getAsDouble() <= LARGEST_ACCEPTANCE)) {
      failures.add(
          Figures.sentence(
              "%s %% of the trajectories were accepted, not between %s and %s %%",
              100 * acceptance.getAsDouble(), 100 * LEAST_ACCEPTANCE, 100 * LARGEST_ACCEPTANCE));
    }
  }
}
