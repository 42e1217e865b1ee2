package finitewidth.inference.ensemble;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.gaussian.activations.Activations;
import finitewidth.inference.comparison.Comparison;
import finitewidth.inference.comparison.Slope;
import finitewidth.inference.comparison.Trust;
import finitewidth.inference.comparison.WeightedMoments;
import finitewidth.inference.exact.ExactPosterior;
import finitewidth.inference.exact.Fit;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import finitewidth.posterior.Prediction;
import finitewidth.prior.Architecture;
import finitewidth.prior.Widths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the correction leaves of the exact posterior, and the NNGP, at several widths. */
class ComparisonTest {
  private static final double NOISE = 0.3;
  private static final int TESTS = 3;
  private static final int[] WIDTHS = {16, 32, 64, 128};

  /** Of second order and of first, with one hidden layer and with two. */
  @ParameterizedTest
  @CsvSource({"relu, 1", "relu, 2", "erf, 1", "erf, 2"})
  void remaindersFallAsTheyShould(String activation, int layers) {
    Architecture network =
        Architecture.uniform(Activations.byName(activation).orElseThrow(), layers, 0.1, 1.6);
    Matrix training = Problems.gaussian(4, 3, 33);
    Matrix targets = Problems.gaussian(4, 2, 133);
    Matrix tests = Problems.gaussian(TESTS, 3, 34);
    ExactPosterior fitted = Fit.of(network, training, targets, NOISE);
    EnsembleProblem problem = new EnsembleProblem(network, training, targets, NOISE, tests);
    List<List<Slope.Point>> corrected = new ArrayList<>();
    List<List<Slope.Point>> nngp = new ArrayList<>();
    for (int width : WIDTHS) {
      int[] widths = new int[layers];
      Arrays.fill(widths, width);
      EnsembleEstimate exact = Estimates.of(problem, 5, 32_000, widths);
      List<Comparison> comparisons = compare(exact, fitted, tests, Widths.uniform(layers, width));
      for (Comparison c : comparisons) {
        int q = c.quantity().ordinal();
        if (corrected.size() <= q) {
          corrected.add(new ArrayList<>());
          nngp.add(new ArrayList<>());
        }
        double next = c.corrected().value() / c.nngp().value();
        corrected.get(q).add(new Slope.Point(width, c.corrected(), next));
        nngp.get(q).add(new Slope.Point(width, c.nngp(), next));
      }
      if (width >= 64) {
        assertThat(Trust.of(exact, comparisons)).isEqualTo(Trust.TRUSTWORTHY);
      }
    }
    for (int q = 0; q < 2; q++) {
      Slope remainder = Slope.of(corrected.get(q)).orElseThrow();
      assertThat(remainder.value()).as("remainder %d", q).isBetween(-2.3, -1.7);
      assertThat(remainder.error()).isLessThan(0.3);
      assertThat(Slope.of(nngp.get(q)).orElseThrow().value())
          .as("nngp %d", q)
          .isBetween(-1.2, -0.8);
    }
  }

  private static List<Comparison> compare(
      EnsembleEstimate exact, ExactPosterior fitted, Matrix tests, Widths widths) {
    double[][][] means = new double[2][TESTS][];
    double[][][] variances = new double[2][TESTS][];
    for (int x = 0; x < TESTS; x++) {
      Prediction prediction = fitted.predictor().predict(tests.row(x));
      double variance = prediction.nngpVariance();
      double[] deltaMean = prediction.at(widths).deltaMean();
      double[] deltaVariance = prediction.at(widths).deltaVariance();
      means[0][x] = prediction.nngpMean();
      variances[0][x] = new double[] {variance, variance};
      means[1][x] = new double[] {means[0][x][0] + deltaMean[0], means[0][x][1] + deltaMean[1]};
      variances[1][x] = new double[] {variance + deltaVariance[0], variance + deltaVariance[1]};
    }
    double evidence = fitted.logEvidence().nngp();
    return Comparison.of(
        exact,
        WeightedMoments.exact(means[0], variances[0], evidence),
        WeightedMoments.exact(
            means[1], variances[1], evidence + fitted.logEvidence().delta(widths)));
  }
}
