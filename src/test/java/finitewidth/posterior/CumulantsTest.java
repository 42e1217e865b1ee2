package finitewidth.posterior;

import static finitewidth.oracle.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.gaussian.FourPointActivation;
import finitewidth.gaussian.activations.Activations;
import finitewidth.inference.Order;
import finitewidth.inference.exact.ExactPosterior;
import finitewidth.inference.exact.Fit;
import finitewidth.linalg.Cholesky;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.PairIndex;
import finitewidth.oracle.Problems;
import finitewidth.prior.Architecture;
import finitewidth.prior.DenseVertex;
import finitewidth.prior.SampleFlow;
import finitewidth.prior.Widths;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CumulantsTest {
  private static final double NOISE = 0.3;

  private static Matrix rows(Matrix all, int from, int to) {
    int cols = all.cols();
    return Matrix.wrap(to - from, cols, Arrays.copyOfRange(all.data(), from * cols, to * cols));
  }

  /** 3 V_(x̃x̃)(x̃φ) and 3 V_(x̃x̃)(x̃x̃) with the dense vertex over all points. */
  @ParameterizedTest
  @CsvSource({"relu, 3", "erf, 2", "quadratic, 1", "leaky-relu, 2"})
  void areContractionsOfTheDenseVertex(String activation, int hidden) {
    int p = 6;
    Architecture network = Problems.network(activation, hidden);
    Matrix all = Problems.gaussian(p + 3, 4, 61);
    Matrix targets = Problems.gaussian(p, 2, 62);
    ExactPosterior posterior = Fit.of(network, rows(all, 0, p), targets, NOISE);
    double[][] tests = {all.row(p), all.row(p + 1), all.row(p + 2)};
    List<Prediction> predictions = posterior.predictor(Order.CUMULANTS).predict(tests);
    FourPointActivation exact = Activations.withFourPoints(activation).orElseThrow();
    SampleFlow flow = SampleFlow.of(network, all);
    for (int s = 0; s < hidden; s++) {
      Matrix vertex = DenseVertex.coefficient(flow, s, exact.fourPoint(flow.kernel(s), 1e-12));
      for (int x = 0; x < tests.length; x++) {
        double[] u = reduced(posterior, flow, p, x);
        double[] expected = {
          contract(vertex, u, u),
          contract(vertex, u, padded(posterior, 0, u.length)),
          contract(vertex, u, padded(posterior, 1, u.length))
        };
        Cumulants found = predictions.get(x).cumulants();
        assertClose(
            activation + " source " + s + " row " + x,
            new double[] {found.fourth()[s], found.third()[s][0], found.third()[s][1]},
            new double[] {3 * expected[0], 3 * expected[1], 3 * expected[2]},
            1e-8);
      }
    }
  }

  /** x̃ over all points. */
  private static double[] reduced(ExactPosterior posterior, SampleFlow flow, int p, int x) {
    Matrix kernel = flow.kernel(flow.architecture().hiddenLayers());
    double[] cross = Arrays.copyOf(kernel.row(p + x), p);
    double[] weights = posterior.nngp().project(cross, kernel.get(p + x, p + x)).weights();
    double[] u = new double[flow.size()];
    for (int a = 0; a < p; a++) {
      u[a] = -weights[a];
    }
    u[p + x] = 1;
    return u;
  }

  private static double[] padded(ExactPosterior posterior, int output, int length) {
    return Arrays.copyOf(posterior.problem().phi().column(output), length);
  }

  /** V_(uu)(uv). */
  private static double contract(Matrix vertex, double[] u, double[] v) {
    double sum = 0;
    int n = u.length;
    for (int i = 0; i < n * n; i++) {
      for (int j = 0; j < n * n; j++) {
        sum +=
            u[i / n]
                * u[i % n]
                * u[j / n]
                * v[j % n]
                * vertex.get(PairIndex.of(i / n, i % n), PairIndex.of(j / n, j % n));
      }
    }
    return sum;
  }

  @Test
  void aRowHasTheSameBitsInAnyBlock() {
    Matrix all = Problems.gaussian(12, 3, 71);
    ExactPosterior posterior =
        Fit.of(Problems.network("relu", 2), rows(all, 0, 9), Problems.gaussian(9, 1, 72), NOISE);
    double[][] tests = {all.row(9), all.row(10), all.row(11)};
    List<Prediction> together = posterior.predictor(Order.CUMULANTS).predict(tests);
    for (int x = 0; x < 3; x++) {
      Prediction alone =
          posterior.predictor(Order.CUMULANTS).predict(new double[][] {tests[x]}).get(0);
      assertThat(alone.cumulants().fourth()).isEqualTo(together.get(x).cumulants().fourth());
      assertThat(alone.cumulants().third()[1]).isEqualTo(together.get(x).cumulants().third()[1]);
      Prediction plain = posterior.predictor().predict(tests[x]);
      assertThat(alone.coefficients().meanCoefficients()[0])
          .isEqualTo(plain.coefficients().meanCoefficients()[0]);
      assertThat(alone.coefficients().varianceCoefficients()[0])
          .isEqualTo(plain.coefficients().varianceCoefficients()[0]);
    }
  }

  /**
   * Deep linear networks without noise: the function given the data is √s times a Gaussian, so that
   * κ₃ = 0 and κ₄ = 3c² Var s, to first order 6c² Σ 1/n.
   */
  @Test
  void deepLinearNetworksWithoutNoise() {
    Architecture network =
        Architecture.uniform(Activations.byName("linear").orElseThrow(), 3, 0, 1.3);
    ExactPosterior posterior =
        Fit.of(network, Problems.gaussian(7, 12, 1), Problems.gaussian(7, 1, 2), 0);
    Prediction prediction =
        posterior
            .predictor(Order.CUMULANTS)
            .predict(new double[][] {Problems.gaussian(1, 12, 9).data()})
            .get(0);
    Widths widths = Widths.of(20, 40, 50);
    double c = prediction.nngpVariance();
    assertClose(
        "fourth",
        prediction.cumulants().fourth(widths),
        6 * c * c * (1.0 / 20 + 1.0 / 40 + 1.0 / 50),
        1e-10);
    assertThat(Math.abs(prediction.cumulants().third(widths, 0)))
        .isLessThan(1e-11 * c * Math.sqrt(c));
  }

  /**
   * One training and one test point with noise, one hidden layer of linear neurons: the stochastic
   * kernel is a Wishart matrix, and the exact cumulants are integrals over its three Bartlett
   * factors.
   */
  @Test
  void remainderToTheIntegralOverWishartMatricesIsOfSecondOrder() {
    double weight = 1.4;
    Matrix all = Matrix.copyOf(new double[][] {{1.2, 0.3}, {0.5, -0.8}});
    double y = 1.7;
    Architecture network =
        Architecture.uniform(Activations.byName("linear").orElseThrow(), 1, 0, weight);
    ExactPosterior posterior =
        Fit.of(network, rows(all, 0, 1), Matrix.wrap(1, 1, new double[] {y}), NOISE);
    Prediction prediction =
        posterior.predictor(Order.CUMULANTS).predict(new double[][] {all.row(1)}).get(0);
    Matrix kernel = SampleFlow.of(network, all).kernel(1);
    int[] widths = {100, 200};
    double[][] left = new double[2][2];
    for (int w = 0; w < 2; w++) {
      double[] exact = wishart(kernel, y, widths[w]);
      Widths width = Widths.of(widths[w]);
      double third = prediction.cumulants().third(width, 0);
      double fourth = prediction.cumulants().fourth(width);
      left[0][w] = exact[2] - third;
      left[1][w] = exact[3] - fourth;
      assertThat(exact[0] - prediction.nngpMean()[0] - prediction.at(width).deltaMean()[0])
          .isBetween(-2.0 / (widths[w] * widths[w]), 2.0 / (widths[w] * widths[w]));
      assertThat(Math.abs(left[0][w])).isLessThan(0.2 * Math.abs(third));
      assertThat(Math.abs(left[1][w])).isLessThan(0.2 * fourth);
    }
    assertThat(left[0][0] / left[0][1]).isBetween(3.5, 4.5);
    assertThat(left[1][0] / left[1][1]).isBetween(3.5, 4.5);
  }

  /** The four cumulants at point 1 given y at point 0, by Gauss–Hermite in all three factors. */
  private static double[] wishart(Matrix kernel, double y, int width) {
    Matrix root = Matrix.zeros(2, 2);
    Cholesky cholesky = Cholesky.of(kernel);
    for (int a = 0; a < 2; a++) {
      System.arraycopy(cholesky.solveLower(kernel.row(a)), 0, root.data(), 2 * a, a + 1);
    }
    // log χ²_k is smooth and nearly Gaussian: nodes about its peak, weights corrected by the ratio.
    GaussIntegrator rule = new GaussIntegratorFactory().legendre(60);
    double[] moments = new double[5];
    double reach = 9;
    for (int i = 0; i < 60; i++) {
      double x = reach * rule.getPoint(i);
      double first = Math.log(width) + Math.sqrt(2.0 / width) * x;
      double firstWeight = rule.getWeight(i) * chi(first, width);
      for (int j = 0; j < 60; j++) {
        double z = reach * rule.getPoint(j);
        double second = Math.log(width - 1) + Math.sqrt(2.0 / (width - 1)) * z;
        double secondWeight = rule.getWeight(j) * chi(second, width - 1);
        for (int k = 0; k < 60; k++) {
          double b = reach * rule.getPoint(k);
          double w = firstWeight * secondWeight * rule.getWeight(k) * Math.exp(-0.5 * b * b);
          add(moments, w, root, Math.exp(0.5 * first), b, Math.exp(0.5 * second), y, width);
        }
      }
    }
    double[] m = new double[5];
    for (int r = 0; r < 5; r++) {
      m[r] = moments[r] / moments[0];
    }
    double shift = m[1];
    double variance = m[2] - shift * shift;
    double third = m[3] - 3 * shift * m[2] + 2 * Math.pow(shift, 3);
    double fourthCentral =
        m[4] - 4 * shift * m[3] + 6 * shift * shift * m[2] - 3 * Math.pow(shift, 4);
    return new double[] {shift, variance, third, fourthCentral - 3 * variance * variance};
  }

  /** The density of log χ²_k, up to a factor. */
  private static double chi(double t, int k) {
    double s = t - Math.log(k);
    return Math.exp(0.5 * k * (s - Math.expm1(s)));
  }

  private static void add(
      double[] moments,
      double w,
      Matrix root,
      double b11,
      double b21,
      double b22,
      double y,
      int n) {
    // Ĝ = L B Bᵀ Lᵀ / n.
    double l00 = root.get(0, 0) * b11;
    double l10 = root.get(1, 0) * b11 + root.get(1, 1) * b21;
    double l11 = root.get(1, 1) * b22;
    double g00 = l00 * l00 / n;
    double g01 = l00 * l10 / n;
    double g11 = (l10 * l10 + l11 * l11) / n;
    double own = g00 + NOISE;
    double weight = w * Math.exp(-0.5 * y * y / own) / Math.sqrt(own);
    double mean = g01 / own * y;
    double c = g11 - g01 * g01 / own;
    moments[0] += weight;
    moments[1] += weight * mean;
    moments[2] += weight * (mean * mean + c);
    moments[3] += weight * (Math.pow(mean, 3) + 3 * mean * c);
    moments[4] += weight * (Math.pow(mean, 4) + 6 * mean * mean * c + 3 * c * c);
  }
}
