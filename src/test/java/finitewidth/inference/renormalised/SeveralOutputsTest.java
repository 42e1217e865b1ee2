package finitewidth.inference.renormalised;

import static finitewidth.oracle.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import finitewidth.FiniteNetwork;
import finitewidth.FittedNetwork;
import finitewidth.gaussian.activations.Activations;
import finitewidth.inference.FirstOrder;
import finitewidth.inference.exact.ExactPosterior;
import finitewidth.inference.exact.Fit;
import finitewidth.inference.scale.ScaleExpansion;
import finitewidth.inference.work.LocalRuntime;
import finitewidth.linalg.Cholesky;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.Products;
import finitewidth.oracle.FiniteNetworks;
import finitewidth.oracle.Problems;
import finitewidth.posterior.Predictive;
import finitewidth.prior.Architecture;
import finitewidth.prior.SampleFlow;
import finitewidth.prior.Widths;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several outputs, beside weighted draws of finite networks and beside one output. */
class SeveralOutputsTest {
  private static final int P = 8;

  private static Architecture network(int layers) {
    return Architecture.uniform(Activations.byName("linear").orElseThrow(), layers, 0, 1);
  }

  /** Weighted networks in groups, whose scatter is the error of the log evidence. */
  private static final int GROUPS = 20;

  private static final double NOISE = 0.1;
  private static final double[][] ROWS = {{1, 0.5, -0.2}, {-0.3, 0.8, 0.9}, {0.6, -1.2, 0.4}};
  private static final double[] TEST = {0.2, 0.4, 0.6};
  private static final double[][] TARGETS = {{1.2, 0.3, 0.5}, {-0.4, 0.9, -0.6}, {0.7, -1.1, 0.4}};

  /** [output] of the exact posterior at the test row. */
  private record Truth(double logEvidence, double error, double[] means, double[] variances) {}

  /** Networks of every layer's fields, the last layer integrated out. */
  private static Truth truth(Architecture network, Widths widths, double[][] targets, int draws) {
    Matrix kernel =
        SampleFlow.of(network, Matrix.copyOf(new double[][] {ROWS[0], ROWS[1], ROWS[2], TEST}))
            .kernel(0);
    int m = targets[0].length;
    double[] evidence = new double[GROUPS];
    double[] means = new double[m];
    double[] squares = new double[m];
    for (int group = 0; group < GROUPS; group++) {
      FiniteNetworks networks = new FiniteNetworks(network, widths.whole(), kernel, 100 + group);
      for (int k = 0; k < draws / GROUPS; k++) {
        evidence[group] += add(networks.drawOutputKernel(), targets, means, squares);
      }
    }
    double sum = Arrays.stream(evidence).sum();
    double square = 0;
    for (double each : evidence) {
      square += (each - sum / GROUPS) * (each - sum / GROUPS);
    }
    for (int i = 0; i < m; i++) {
      means[i] /= sum;
      squares[i] = squares[i] / sum - means[i] * means[i];
    }
    return new Truth(
        Math.log(sum / draws), Math.sqrt(square * GROUPS / (GROUPS - 1)) / sum, means, squares);
  }

  /** Adds a network with the evidence of its kernel, which is returned. */
  private static double add(Matrix kernel, double[][] targets, double[] means, double[] squares) {
    int p = targets.length;
    int m = targets[0].length;
    Matrix a = Matrix.zeros(p, p);
    for (int i = 0; i < p; i++) {
      System.arraycopy(kernel.row(i), 0, a.data(), i * p, p);
      a.add(i, i, NOISE);
    }
    Cholesky factor = Cholesky.of(a);
    double[] row = factor.solveLower(Arrays.copyOf(kernel.row(p), p));
    double log = -0.5 * m * (factor.logDeterminant() + p * Math.log(2 * Math.PI));
    double[] mean = new double[m];
    for (int j = 0; j < m; j++) {
      double[] half = factor.solveLower(Matrix.copyOf(targets).column(j));
      log -= 0.5 * Products.dot(half, 0, half, 0, p);
      mean[j] = Products.dot(half, 0, row, 0, p);
    }
    double weight = Math.exp(log);
    double variance = kernel.get(p, p) - Products.dot(row, 0, row, 0, p);
    for (int j = 0; j < m; j++) {
      means[j] += weight * mean[j];
      squares[j] += weight * (variance + mean[j] * mean[j]);
    }
    return weight;
  }

  /**
   * Against weighted networks, which have errors of a thousandth here: variances within 0.6 of
   * first order's errors, log evidence within 0.6 of them, means within a tenth of a deviation.
   */
  @ParameterizedTest
  @CsvSource({"2, 8", "2, 16", "3, 8", "3, 16"})
  void itIsNearerThanFirstOrder(int outputs, int width) {
    Widths widths = Widths.of(width);
    double[][] targets =
        Arrays.stream(TARGETS).map(row -> Arrays.copyOf(row, outputs)).toArray(double[][]::new);
    Architecture network =
        Architecture.uniform(Activations.byName("relu").orElseThrow(), 1, 0.1, 2);
    Truth truth = truth(network, widths, targets, 40_000);
    FiniteNetwork prior = FiniteNetwork.of("relu", 1).prior(network).noiseVariance(NOISE);
    FittedNetwork first = prior.engine("exact").condition(ROWS, targets);
    FittedNetwork found =
        prior
            .renormalising(new Renormalising(List.of(widths), "exact", 1))
            .engine("renormalised")
            .condition(ROWS, targets);
    double plain = first.logEvidence().at(widths) - truth.logEvidence();
    assertThat(truth.error()).isLessThan(0.05 * plain);
    assertThat(found.logEvidence().at(widths) - truth.logEvidence())
        .isBetween(-0.6 * plain, 0.6 * plain);
    Predictive one = found.predict(new double[][] {TEST}).get(0).at(widths);
    Predictive other = first.predict(new double[][] {TEST}).get(0).at(widths);
    double deviation = Math.sqrt(one.nngpVariance());
    for (int i = 0; i < outputs; i++) {
      assertThat(one.mean()[i]).isCloseTo(truth.means()[i], within(0.1 * deviation));
      double error = Math.abs(other.variance()[i] - truth.variances()[i]);
      assertThat(one.variance()[i]).isCloseTo(truth.variances()[i], within(0.6 * error));
    }
  }

  /**
   * V:ΦΦ of one hidden layer needs no further contraction; what a contraction with ΦΦ alone gives
   * is the same. Of two layers it is contracted, and for deep linear networks known: 2 ‖φᵀK̃φ‖².
   */
  @Test
  void whatTheVertexSaysOfAllOutputsIsThatOfItsContraction() {
    Matrix inputs = Problems.gaussian(P, 3, 1);
    Matrix targets = Problems.gaussian(P, 2, 2);
    for (int layers = 1; layers <= 2; layers++) {
      ExactPosterior linear = Fit.of(network(layers), inputs, targets, 0.3);
      double expected = 2 * ScaleExpansion.Sums.of(Base.of(linear).at()).pairs();
      for (double found : linear.shifts(LocalRuntime.allCores()).targets()) {
        assertClose("layers " + layers, found, expected, 1e-10);
      }
    }
  }

  /** The scale's own share of first order is first order where nothing is left, for two outputs. */
  @Test
  void ofDeepLinearNetworksNothingIsLeft() {
    Matrix inputs = Problems.gaussian(P, 3, 1);
    ExactPosterior linear = Fit.of(network(2), inputs, Problems.gaussian(P, 2, 2), 0.3);
    FirstOrder.Shifts shifts = linear.shifts(LocalRuntime.allCores());
    Contractions contractions =
        Contractions.of(Base.of(linear).at(), shifts, linear.logEvidence().byCoefficients());
    Widths widths = Widths.of(5, 9);
    ScaleExpansion expansion = contractions.expansion(widths);
    assertClose("δ log p", expansion.logEvidence(), linear.logEvidence().delta(widths), 1e-10);
    for (double element : contractions.rest(widths).data()) {
      assertThat(element).isCloseTo(0, within(1e-12));
    }
  }
}
