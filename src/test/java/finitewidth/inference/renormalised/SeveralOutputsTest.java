package finitewidth.inference.renormalised;

import static finitewidth.oracle.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import finitewidth.FiniteNetwork;
import finitewidth.FittedNetwork;
import finitewidth.gaussian.activations.Activations;
import finitewidth.inference.FirstOrder;
import finitewidth.inference.ensemble.Drawing;
import finitewidth.inference.exact.ExactPosterior;
import finitewidth.inference.exact.Fit;
import finitewidth.inference.work.LocalRuntime;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import finitewidth.posterior.Prediction;
import finitewidth.posterior.Predictive;
import finitewidth.prior.Architecture;
import finitewidth.prior.Widths;
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

  private static double[][] rows(int count, int columns, long seed, double scale) {
    Matrix matrix = Problems.gaussian(count, columns, seed);
    double[][] rows = new double[count][];
    for (int a = 0; a < count; a++) {
      rows[a] = matrix.row(a);
      for (int k = 0; k < columns; k++) {
        rows[a][k] *= scale;
      }
    }
    return rows;
  }

  /**
   * At widths of a P·m-th and above it is nearer to the exact posterior than first order, in means,
   * variances and log evidence, by more than the noise of 20 000 weighted networks. Seeds are
   * fixed: nothing fails by chance.
   */
  @ParameterizedTest
  @CsvSource({"relu, 1, 2", "relu, 2, 2", "relu, 1, 3"})
  void itIsNearerThanFirstOrder(String activation, int layers, int outputs) {
    double[][] inputs = rows(P, 3, 1, 1);
    double[][] targets = rows(P, outputs, 2, 1.5);
    double[][] tests = rows(6, 3, 3, 1);
    List<Widths> networks = List.of(Widths.uniform(layers, 8), Widths.uniform(layers, 16));
    FiniteNetwork network = FiniteNetwork.of(activation, layers).noiseVariance(0.3);
    FittedNetwork truth =
        network
            .drawing(new Drawing(networks, 20_000, 1))
            .engine("ensemble")
            .condition(inputs, targets);
    FittedNetwork first = network.engine("exact").condition(inputs, targets);
    FittedNetwork found =
        network
            .renormalising(new Renormalising(networks, "exact", 1))
            .engine("renormalised")
            .condition(inputs, targets);
    List<Prediction> exact = truth.predict(tests);
    for (Widths widths : networks) {
      double[] plain = errors(first.predict(tests), exact, widths);
      double[] own = errors(found.predict(tests), exact, widths);
      double[] noise = noise(exact, widths);
      plain[2] = Math.abs(first.logEvidence().at(widths) - truth.logEvidence().at(widths));
      own[2] = Math.abs(found.logEvidence().at(widths) - truth.logEvidence().at(widths));
      noise[2] = truth.logEvidence().error(widths);
      for (int i = 0; i < 3; i++) {
        assertThat(own[i]).as(widths + " " + i).isLessThan(plain[i] - 2 * noise[i]);
      }
    }
  }

  /** Of means in deviations, of variances relative to the NNGP's; and room for log evidence. */
  private static double[] errors(List<Prediction> of, List<Prediction> exact, Widths widths) {
    double[] sums = new double[3];
    for (int x = 0; x < exact.size(); x++) {
      Predictive one = of.get(x).at(widths);
      Predictive other = exact.get(x).at(widths);
      for (int i = 0; i < one.mean().length; i++) {
        add(
            sums,
            one.mean()[i] - other.mean()[i],
            one.variance()[i] - other.variance()[i],
            other.nngpVariance());
      }
    }
    return new double[] {Math.sqrt(sums[0] / sums[2]), Math.sqrt(sums[1] / sums[2]), 0};
  }

  private static double[] noise(List<Prediction> exact, Widths widths) {
    double[] sums = new double[3];
    for (Prediction row : exact) {
      Predictive at = row.at(widths);
      for (int i = 0; i < at.mean().length; i++) {
        add(sums, at.meanError()[i], at.varianceError()[i], at.nngpVariance());
      }
    }
    return new double[] {Math.sqrt(sums[0] / sums[2]), Math.sqrt(sums[1] / sums[2]), 0};
  }

  private static void add(double[] sums, double mean, double variance, double nngp) {
    sums[0] += mean * mean / nngp;
    sums[1] += variance * variance / nngp / nngp;
    sums[2]++;
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
