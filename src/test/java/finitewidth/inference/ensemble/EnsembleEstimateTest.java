package finitewidth.inference.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import finitewidth.gaussian.activations.Activations;
import finitewidth.inference.comparison.WeightedMoments;
import finitewidth.inference.exact.Fit;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.NotPositiveDefiniteException;
import finitewidth.oracle.Problems;
import finitewidth.posterior.NngpPosterior;
import finitewidth.prior.Architecture;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The drawn posterior against what is known of it by other means. */
class EnsembleEstimateTest {
  private static final double ERRORS = 4;

  private static Architecture uniform(String name, int layers, double bias, double weight) {
    return Architecture.uniform(Activations.byName(name).orElseThrow(), layers, bias, weight);
  }

  /** Two and three layers have kernels of fewer and of more neurons than points. */
  @ParameterizedTest
  @CsvSource({"relu, 12, 0", "erf, 3, 9", "tanh, 9, 4", "relu, 8, 8"})
  void agreesWithEveryWeightDrawn(String activation, int first, int second) {
    int[] widths = second == 0 ? new int[] {first} : new int[] {first, second};
    Architecture network = Problems.network(activation, widths.length);
    Matrix inputs = Problems.gaussian(6, 3, 5);
    Matrix targets = Problems.gaussian(4, 1, 6);
    WeightSpace brute = WeightSpace.of(network, inputs, targets.data(), 0.3, 200_000, 7, widths);
    Matrix training = Matrix.wrap(4, 3, Arrays.copyOf(inputs.data(), 12));
    Matrix tests = Matrix.wrap(2, 3, Arrays.copyOfRange(inputs.data(), 12, 18));
    EnsembleEstimate estimate =
        Estimates.of(
            new EnsembleProblem(network, training, targets, 0.3, tests), 8, 32_000, widths);
    WeightedMoments found = estimate.posterior();
    assertWithin(
        found.logEvidence(), found.logEvidenceError(), brute.value()[0], brute.error()[0], 0.01);
    for (int x = 0; x < 2; x++) {
      double size = Math.sqrt(found.variance()[x][0]);
      assertWithin(
          found.mean()[x][0],
          found.meanError()[x][0],
          brute.value()[1 + x],
          brute.error()[1 + x],
          0.01 * size);
      assertWithin(
          found.variance()[x][0],
          found.varianceError()[x][0],
          brute.value()[3 + x],
          brute.error()[3 + x],
          0.02 * size * size);
    }
  }

  /**
   * Within four standard errors of the difference, which must be small enough to mean something.
   */
  private static void assertWithin(
      double found, double error, double expected, double expectedError, double mostError) {
    double noise = Math.hypot(error, expectedError);
    assertThat(noise).isBetween(0.0, mostError);
    assertThat(found - expected).isBetween(-ERRORS * noise, ERRORS * noise);
  }

  /**
   * One training point and a test point on the same ray, no bias: the field at both is one Gaussian
   * number a neuron, and with one neuron everything is an integral over it.
   */
  @ParameterizedTest
  @ValueSource(strings = {"relu", "erf", "tanh"})
  void oneNeuronByQuadrature(String activation) {
    Architecture network =
        Architecture.of(
            Activations.byName(activation).orElseThrow(),
            new double[] {0, 0.2},
            new double[] {1.5, 2});
    double y = 1.3;
    double noise = 0.4;
    double ratio = -0.7;
    double[] sums = new double[3];
    int nodes = 40_000;
    for (int k = 0; k < nodes; k++) {
      double z = -10 + 20.0 * (k + 0.5) / nodes;
      double f = network.activation().value(Math.sqrt(1.5) * z);
      double g = network.activation().value(Math.sqrt(1.5) * ratio * z);
      double own = 0.2 + 2 * f * f + noise;
      double cross = 0.2 + 2 * f * g;
      double weight = Math.exp(-0.5 * z * z - 0.5 * y * y / own) / Math.sqrt(own);
      double mean = cross / own * y;
      sums[0] += weight;
      sums[1] += weight * mean;
      sums[2] += weight * (0.2 + 2 * g * g - cross * cross / own + mean * mean);
    }
    double mean = sums[1] / sums[0];
    double evidence = Math.log(sums[0] * 20 / nodes / (2 * Math.PI));
    EnsembleProblem problem =
        new EnsembleProblem(
            network,
            Matrix.wrap(1, 1, new double[] {1}),
            Matrix.wrap(1, 1, new double[] {y}),
            noise,
            Matrix.wrap(1, 1, new double[] {ratio}));
    WeightedMoments found = Estimates.of(problem, 3, 64_000, 1).posterior();
    assertWithin(found.logEvidence(), found.logEvidenceError(), evidence, 0, 0.005);
    assertWithin(found.mean()[0][0], found.meanError()[0][0], mean, 0, 0.01);
    assertWithin(
        found.variance()[0][0],
        found.varianceError()[0][0],
        sums[2] / sums[0] - mean * mean,
        0,
        0.02);
  }

  /**
   * The scale E[s|y] of the covariance and δlog p of deep linear networks
   * (docs/theory.md#reference-values).
   */
  @ParameterizedTest
  @CsvSource({
    "10, 1.11010047713, -0.226656883552, 5e-3",
    "100, 1.01043285837, -0.0271218575705, 3e-4",
    "1000, 1.00100493026, -0.0027466175188, 3e-5"
  })
  void deepLinearClosedForm(int width, double scale, double evidence, double mostError) {
    Architecture network = uniform("linear", 1, 0, 1.3);
    Matrix training = Problems.gaussian(4, 6, 4);
    Matrix targets = Problems.gaussian(4, 1, 5);
    double q = Fit.of(network, training, targets, 0).nngp().dataFit();
    for (int i = 0; i < 4; i++) {
      targets.data()[i] *= Math.sqrt(5 / q);
    }
    NngpPosterior nngp = Fit.of(network, training, targets, 0).nngp();
    EnsembleProblem problem =
        new EnsembleProblem(network, training, targets, 0, Problems.gaussian(1, 6, 8));
    EnsembleEstimate estimate = Estimates.of(problem, 11, 64_000, width);
    WeightedMoments found = estimate.posterior();
    double variance = problem.reference().variance()[0];
    assertWithin(
        found.variance()[0][0] / variance,
        found.varianceError()[0][0] / variance,
        scale,
        0,
        mostError);
    assertWithin(
        found.logEvidence() - nngp.logEvidence(), found.logEvidenceError(), evidence, 0, mostError);
    assertWithin(
        found.mean()[0][0],
        found.meanError()[0][0],
        problem.reference().mean().get(0, 0),
        0,
        mostError * Math.sqrt(variance));
  }

  /** Every control of every quantity, hidden kernels among them, for all layers. */
  @ParameterizedTest
  @CsvSource({"relu, 1", "relu, 3", "erf, 2", "tanh, 2", "quadratic, 2"})
  void controlsHaveZeroMean(String activation, int layers) {
    Architecture network = Problems.network(activation, layers);
    EnsembleProblem problem =
        new EnsembleProblem(
            network,
            Problems.gaussian(5, 3, 1),
            Problems.gaussian(5, 2, 2),
            0.2,
            Problems.gaussian(2, 3, 3),
            true);
    int[] widths = new int[layers];
    Arrays.fill(widths, 40);
    DrawSums sums = new EnsembleWorker(problem, widths).compute(5, 0, 20_000);
    for (int i = 0; i < Controls.COUNT; i++) {
      for (int k = 0; k < sums.y.length; k++) {
        double mean = sums.c[i][k] / sums.draws;
        double square = sums.cc[i * (i + 3) / 2][k] / sums.draws;
        double error = Math.sqrt(square / sums.draws);
        assertThat(error).isPositive();
        assertThat(mean / error).as("control %d of %d", i, k).isBetween(-4.5, 4.5);
      }
    }
  }

  /** What they are there for: noise falls as n^-3/2 instead of n^-1/2. */
  @Test
  void controlsExplainMostOfTheNoise() {
    EnsembleProblem problem =
        new EnsembleProblem(
            uniform("relu", 2, 0.1, 2),
            Problems.gaussian(5, 3, 1),
            Problems.gaussian(5, 1, 2),
            0.2,
            Problems.gaussian(2, 3, 3));
    assertThat(Estimates.of(problem, 1, 6400, 32, 32).noiseReduction()).isGreaterThan(2);
    assertThat(Estimates.of(problem, 1, 6400, 512, 512).noiseReduction()).isGreaterThan(80);
  }

  /** Targets that no draw explains: one draw has all the weight, and that is told. */
  @Test
  void degenerateWeightsAreTold() {
    Matrix targets = Problems.gaussian(8, 1, 2);
    Arrays.setAll(targets.data(), i -> 60 * targets.data()[i]);
    EnsembleProblem problem =
        new EnsembleProblem(
            uniform("relu", 1, 0.1, 1),
            Problems.gaussian(8, 3, 1),
            targets,
            0.01,
            Problems.gaussian(2, 3, 3));
    EnsembleEstimate estimate = Estimates.of(problem, 1, 640, 32);
    assertThat(estimate.effectiveDraws()).isBetween(1.0, 10.0);
    assertThat(estimate.largestWeight()).isBetween(0.2, 1.0);
  }

  @Test
  void singularKernelsAreRefused() {
    EnsembleProblem problem =
        new EnsembleProblem(
            uniform("relu", 1, 0, 1),
            Problems.gaussian(5, 6, 1),
            Problems.gaussian(5, 1, 2),
            0,
            Problems.gaussian(1, 6, 3));
    EnsembleWorker worker = new EnsembleWorker(problem, 3);
    assertThatThrownBy(() -> worker.compute(1, 0, 1))
        .isInstanceOf(NotPositiveDefiniteException.class)
        .hasMessageContaining("hidden widths [3]")
        .hasMessageContaining("raise the noise variance");
  }
}
