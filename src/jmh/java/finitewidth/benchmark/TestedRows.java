package finitewidth.benchmark;

import finitewidth.evidence.Hyperparameters;
import finitewidth.gaussian.activations.Activations;
import finitewidth.linalg.Matrix;
import finitewidth.posterior.Components;
import finitewidth.posterior.ObservedValue;
import finitewidth.posterior.Predictive;
import finitewidth.prior.Architecture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Training rows with a prior, and test rows whose targets are known, all preprocessed.
 *
 * @param given a prior that nobody has tuned
 * @param inputs P × n_0
 * @param targets P × m
 * @param tests T × n_0
 * @param truth T × m
 * @param unit a target of 1 in its own unit
 */
record TestedRows(
    Hyperparameters given, Matrix inputs, Matrix targets, Matrix tests, Matrix truth, double unit) {

  private static final int DIGITS_TESTS = 200;

  /**
   * Rows of a set.
   *
   * @param data with a directory for each UCI set
   * @param set its name, or digits
   * @param split of the published ones, or {@code K-pilot}: the training rows of split K alone
   * @param most training rows
   * @param hiddenLayers of the prior, ReLU
   */
  static TestedRows of(Path data, String set, String split, int most, int hiddenLayers)
      throws IOException {
    if (set.equals("digits")) {
      return digits(most, hiddenLayers);
    }
    int number = Integer.parseInt(split.replace("-pilot", ""));
    UciSplit rows =
        split.endsWith("-pilot")
            ? UciSplit.pilot(data.resolve(set), number, most)
            : UciSplit.of(data.resolve(set), number, most);
    Matrix truth = Matrix.zeros(rows.truth().length, 1);
    for (int x = 0; x < truth.rows(); x++) {
      truth.set(x, 0, (rows.truth()[x] - rows.mean()) / rows.deviation());
    }
    return new TestedRows(
        new Hyperparameters(
            Architecture.uniform(Activations.byName("relu").orElseThrow(), hiddenLayers, 0.1, 2),
            0.05,
            new double[0]),
        rows.inputs(),
        rows.targets(),
        rows.tests(),
        truth,
        rows.deviation());
  }

  /** With the prior of conf/digits.conf, of any depth. */
  private static TestedRows digits(int most, int hiddenLayers) throws IOException {
    Examples digits = Examples.of("digits", most, DIGITS_TESTS);
    double[] weights = new double[hiddenLayers + 1];
    Arrays.fill(weights, digits.network().weightVariance(0));
    weights[hiddenLayers] = digits.network().weightVariance(digits.network().hiddenLayers());
    return new TestedRows(
        new Hyperparameters(
            Architecture.of(digits.network().activation(), new double[hiddenLayers + 1], weights),
            digits.noise(),
            new double[0]),
        digits.inputs(),
        digits.targets(),
        digits.tests(),
        digits.truth(),
        1);
  }

  /**
   * How good predictions are, over all rows and outputs, preprocessed.
   *
   * @param logDensity mean log density of a target, with noise; NaN if a variance is not positive
   * @param trusted share of the rows whose prediction is trusted
   */
  record Score(double rmse, double logDensity, double trusted) {}

  /**
   * Scores the test rows.
   *
   * @param noise of predictions that bring none
   */
  Score score(List<Predictive> predictions, double noise) {
    double squares = 0;
    double density = 0;
    int trusted = 0;
    for (int x = 0; x < truth.rows(); x++) {
      Predictive row = predictions.get(x);
      double[] mean = row.mean();
      double[] variance = row.variance();
      Components components = row.components();
      trusted += row.trusted() ? 1 : 0;
      for (int i = 0; i < mean.length; i++) {
        double y = truth.get(x, i);
        squares += (y - mean[i]) * (y - mean[i]);
        density -=
            components == null
                ? ObservedValue.negativeLogDensity(y, mean[i], variance[i] + noise)
                : components.negativeLogDensity(i, y, noise);
      }
    }
    double count = (double) truth.rows() * truth.cols();
    return new Score(Math.sqrt(squares / count), density / count, (double) trusted / truth.rows());
  }
}
