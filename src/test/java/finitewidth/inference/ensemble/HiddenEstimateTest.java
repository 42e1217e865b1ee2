package finitewidth.inference.ensemble;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.gaussian.activations.Activations;
import finitewidth.inference.comparison.Slope;
import finitewidth.inference.exact.Fit;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.PairIndex;
import finitewidth.oracle.Problems;
import finitewidth.posterior.HiddenKernel;
import finitewidth.prior.Architecture;
import finitewidth.prior.Widths;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The drawn posterior of hidden kernels against what is known of it by other means. */
class HiddenEstimateTest {
  private static final double ERRORS = 4;

  private static final Matrix NO_TESTS_NEEDED = Problems.gaussian(1, 3, 9);

  /** Networks of which every weight is drawn; kernels of fewer and of more neurons than points. */
  @ParameterizedTest
  @CsvSource({"relu, 6, 9", "erf, 9, 3", "tanh, 8, 8"})
  void agreesWithEveryWeightDrawn(String activation, int first, int second) {
    Architecture network = Problems.network(activation, 2);
    Matrix inputs = Problems.gaussian(4, 3, 5);
    Matrix targets = Problems.gaussian(4, 1, 6);
    WeightSpace brute =
        WeightSpace.ofHiddenKernels(
            network, inputs, targets.data(), 0.3, 150_000, 7, first, second);
    EnsembleProblem problem =
        new EnsembleProblem(network, inputs, targets, 0.3, NO_TESTS_NEEDED, true);
    EnsembleEstimate estimate = Estimates.of(problem, 8, 32_000, first, second);
    for (int h = 0; h < 2; h++) {
      HiddenEstimate found = estimate.hiddenKernels().get(h);
      assertThat(found.layer()).isEqualTo(h);
      for (int k = 0; k < 10; k++) {
        double expected = brute.value()[10 * h + k];
        double noise = Math.hypot(found.error()[k], brute.error()[10 * h + k]);
        assertThat(noise).isBetween(0.0, 0.02 * (1 + expected));
        assertThat(problem.hiddenKernel(h)[k] + found.shift()[k])
            .as("layer %d pair %d", h, k)
            .isBetween(expected - ERRORS * noise, expected + ERRORS * noise);
      }
    }
  }

  /**
   * One training point, linear, no bias: the kernels are K q₁ and K q₁q₂ with q_l = χ²/n_l, and
   * everything is an integral over two numbers.
   */
  @Test
  void onePointByQuadrature() {
    int[] widths = {5, 8};
    double y = 2.2;
    double noise = 0.3;
    Architecture network =
        Architecture.of(
            Activations.byName("linear").orElseThrow(),
            new double[] {0, 0, 0},
            new double[] {1.5, 0.8, 1.2});
    double[] k = {1.5 * 0.8, 1.5 * 0.8 * 1.2};
    double[] sums = new double[3];
    int nodes = 600;
    for (int i = 0; i < nodes; i++) {
      double q1 = Math.exp(-6 + 9 * (i + 0.5) / nodes);
      for (int j = 0; j < nodes; j++) {
        double q2 = Math.exp(-6 + 9 * (j + 0.5) / nodes);
        double own = k[1] * q1 * q2 + noise;
        double weight =
            chi(q1, widths[0]) * chi(q2, widths[1]) * Math.exp(-0.5 * y * y / own) / Math.sqrt(own);
        sums[0] += weight;
        sums[1] += weight * k[0] * (q1 - 1);
        sums[2] += weight * k[1] * (q1 * q2 - 1);
      }
    }
    EnsembleProblem problem =
        new EnsembleProblem(
            network,
            Matrix.wrap(1, 1, new double[] {1}),
            Matrix.wrap(1, 1, new double[] {y}),
            noise,
            Matrix.wrap(1, 1, new double[] {0.4}),
            true);
    EnsembleEstimate estimate = Estimates.of(problem, 3, 64_000, widths);
    for (int h = 0; h < 2; h++) {
      HiddenEstimate found = estimate.hiddenKernels().get(h);
      double expected = sums[1 + h] / sums[0];
      assertThat(found.error()[0]).isBetween(0.0, 0.02 * expected);
      assertThat((found.shift()[0] - expected) / found.error()[0]).isBetween(-ERRORS, ERRORS);
    }
  }

  /** The density of log q, q = χ²_n/n, but for a factor. */
  private static double chi(double q, int n) {
    return Math.exp(0.5 * n * (Math.log(q) - q + 1));
  }

  /** What first order leaves falls as 1/n², in every layer; what the NNGP leaves as 1/n. */
  @ParameterizedTest
  @CsvSource({"relu, 24", "linear, 24", "erf, 10"})
  void remainderIsOfSecondOrder(String activation, int narrowest) {
    Architecture network = Problems.network(activation, 2);
    Matrix inputs = Problems.gaussian(3, 3, 51);
    Matrix targets = Matrix.copyOf(new double[][] {{1.9}, {-1.4}, {0.8}});
    List<HiddenKernel> kernels = Fit.hiddenKernels(network, inputs, targets, 0.3);
    EnsembleProblem problem =
        new EnsembleProblem(network, inputs, targets, 0.3, NO_TESTS_NEEDED, true);
    List<List<Slope.Point>> corrected = List.of(new ArrayList<>(), new ArrayList<>());
    List<List<Slope.Point>> nngp = List.of(new ArrayList<>(), new ArrayList<>());
    for (int width = narrowest; width <= 4 * narrowest; width *= 2) {
      EnsembleEstimate exact = Estimates.of(problem, 17, 25_600, width, width);
      for (HiddenKernel kernel : kernels) {
        HiddenComparison found = HiddenComparison.of(exact, kernel, Widths.uniform(2, width));
        double next = found.corrected().value() / found.nngp().value();
        corrected.get(found.layer()).add(new Slope.Point(width, found.corrected(), next));
        nngp.get(found.layer()).add(new Slope.Point(width, found.nngp(), next));
        assertThat(found.nngp().isResolved()).isTrue();
      }
    }
    for (int h = 0; h < 2; h++) {
      Slope slope = Slope.of(corrected.get(h)).orElseThrow();
      assertThat(slope.error()).isLessThan(0.35);
      assertThat(slope.value()).isBetween(-2 - 3 * slope.error(), -2 + 3 * slope.error());
      assertThat(Slope.of(nngp.get(h)).orElseThrow().value()).isBetween(-1.15, -0.85);
    }
  }

  /** Distances are over all pairs and in units of K. */
  @Test
  void distancesAreRelativeToTheKernel() {
    Architecture network = Problems.network("relu", 1);
    Matrix inputs = Problems.gaussian(3, 3, 51);
    Matrix targets = Matrix.copyOf(new double[][] {{1.9}, {-1.4}, {0.8}});
    HiddenKernel kernel = Fit.hiddenKernels(network, inputs, targets, 0.3).get(0);
    EnsembleProblem problem =
        new EnsembleProblem(network, inputs, targets, 0.3, NO_TESTS_NEEDED, true);
    EnsembleEstimate exact = Estimates.of(problem, 17, 64_000, 64);
    HiddenComparison found = HiddenComparison.of(exact, kernel, Widths.uniform(1, 64));
    double shift = 0;
    double left = 0;
    double unit = 0;
    for (int a = 0; a < 3; a++) {
      for (int b = 0; b < 3; b++) {
        double one = exact.hiddenKernels().get(0).shift()[PairIndex.of(a, b)];
        shift += one * one;
        left += Math.pow(one - kernel.posteriorShift(Widths.uniform(1, 64), a, b), 2);
        unit += Math.pow(kernel.nngp().get(a, b), 2);
      }
    }
    assertThat(found.nngp().value() / Math.sqrt(shift / unit)).isBetween(0.98, 1.02);
    assertThat(found.corrected().value() / Math.sqrt(left / unit)).isBetween(0.8, 1.05);
  }

  /** Asking for hidden kernels changes no bit of what else is drawn. */
  @Test
  void nothingElseChanges() {
    Architecture network = Problems.network("relu", 3);
    Matrix inputs = Problems.gaussian(5, 3, 1);
    Matrix targets = Problems.gaussian(5, 2, 2);
    Matrix tests = Problems.gaussian(3, 3, 3);
    int[] widths = {7, 30, 20};
    EnsembleEstimate without =
        Estimates.of(new EnsembleProblem(network, inputs, targets, 0.2, tests), 4, 640, widths);
    EnsembleEstimate with =
        Estimates.of(
            new EnsembleProblem(network, inputs, targets, 0.2, tests, true), 4, 640, widths);
    assertThat(without.hiddenKernels()).isEmpty();
    assertThat(with.hiddenKernels()).hasSize(3);
    assertThat(with.effectiveDraws()).isEqualTo(without.effectiveDraws());
    assertThat(with.noiseReduction()).isEqualTo(without.noiseReduction());
    assertThat(with.posterior().mean()).isDeepEqualTo(without.posterior().mean());
    assertThat(with.posterior().variance()).isDeepEqualTo(without.posterior().variance());
    assertThat(with.posterior().meanError()).isDeepEqualTo(without.posterior().meanError());
    assertThat(with.posterior().varianceError()).isDeepEqualTo(without.posterior().varianceError());
    assertThat(with.posterior().logEvidence()).isEqualTo(without.posterior().logEvidence());
  }
}
