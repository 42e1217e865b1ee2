package finitewidth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import finitewidth.inference.Order;
import finitewidth.inference.SampledHyperparameter;
import finitewidth.inference.ensemble.Drawing;
import finitewidth.inference.exact.ExactPosterior;
import finitewidth.inference.exact.Fit;
import finitewidth.inference.montecarlo.Sampling;
import finitewidth.inference.networks.Chains;
import finitewidth.inference.work.LocalRuntime;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import finitewidth.posterior.Prediction;
import finitewidth.posterior.Predictive;
import finitewidth.prior.Architecture;
import finitewidth.prior.Widths;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The library: from arrays to predictive distribution and log evidence without Spark. */
class FiniteNetworkTest {
  private static final Matrix INPUTS = Problems.gaussian(14, 3, 1);
  private static final Matrix TARGETS = Problems.gaussian(14, 2, 2);
  private static final Matrix TESTS = Problems.gaussian(9, 3, 3);
  private static final Widths WIDTHS = Widths.of(32, 48);

  private static double[][] rows(Matrix matrix) {
    double[][] rows = new double[matrix.rows()][];
    for (int a = 0; a < rows.length; a++) {
      rows[a] = matrix.row(a);
    }
    return rows;
  }

  private static FiniteNetwork network(String activation) {
    return FiniteNetwork.of(activation, 2).variances(0.2, 1.7).noiseVariance(0.1);
  }

  @Test
  void givesTheBitsOfTheSingleThreadedContraction() {
    Architecture prior = Problems.network("relu", 2);
    ExactPosterior expected = Fit.of(prior, INPUTS, TARGETS, 0.1);
    for (int threads : new int[] {1, 3}) {
      FittedNetwork found =
          FiniteNetwork.of("relu", 2)
              .prior(prior)
              .noiseVariance(0.1)
              .engine("exact")
              .runtime(LocalRuntime.threads(threads))
              .condition(rows(INPUTS), rows(TARGETS));
      List<Prediction> predictions = found.predict(rows(TESTS));
      for (int x = 0; x < TESTS.rows(); x++) {
        Predictive truth = expected.predictor().predict(TESTS.row(x)).at(WIDTHS);
        Predictive own = predictions.get(x).at(WIDTHS);
        // The contraction's tolerance is 1e-12 there and 1e-9 here.
        assertThat(own.mean()).containsExactly(truth.mean(), within(1e-8));
        assertThat(own.variance()).containsExactly(truth.variance(), within(1e-8));
      }
      assertThat(found.logEvidence().at(WIDTHS))
          .isCloseTo(
              expected.logEvidence().nngp() + expected.logEvidence().delta(WIDTHS), within(1e-7));
    }
  }

  @Test
  void threadsDoNotChangeABit() {
    for (String engine : List.of("exact", "sampled")) {
      List<FittedNetwork> found =
          List.of(LocalRuntime.threads(1), LocalRuntime.threads(4)).stream()
              .map(
                  runtime ->
                      network("erf")
                          .engine(engine)
                          .runtime(runtime)
                          .condition(rows(INPUTS), rows(TARGETS)))
              .toList();
      for (Order order : Order.values()) {
        List<Prediction> one = found.get(0).predict(rows(TESTS), order);
        List<Prediction> four = found.get(1).predict(rows(TESTS), order);
        for (int x = 0; x < one.size(); x++) {
          assertThat(four.get(x).at(WIDTHS).mean()).isEqualTo(one.get(x).at(WIDTHS).mean());
          assertThat(four.get(x).at(WIDTHS).variance()).isEqualTo(one.get(x).at(WIDTHS).variance());
        }
      }
      assertThat(found.get(1).logEvidence().byCoefficients().coefficients())
          .isEqualTo(found.get(0).logEvidence().byCoefficients().coefficients());
    }
  }

  @Test
  void theSampledEngineAgreesWithinItsErrors() {
    FittedNetwork exact = network("relu").engine("exact").condition(rows(INPUTS), rows(TARGETS));
    FittedNetwork sampled =
        network("relu")
            .engine("sampled")
            .sampling(new Sampling(WIDTHS, 0.01, 7, 1 << 20, false))
            .condition(rows(INPUTS), rows(TARGETS));
    List<Prediction> truth = exact.predict(rows(TESTS));
    List<Prediction> drawn = sampled.predict(rows(TESTS));
    for (int x = 0; x < truth.size(); x++) {
      Predictive expected = truth.get(x).at(WIDTHS);
      Predictive found = drawn.get(x).at(WIDTHS);
      for (int i = 0; i < 2; i++) {
        // 18 numbers within 5 of their standard errors: false alarms in 1e-5 of all seeds.
        assertThat(found.deltaMean()[i])
            .isCloseTo(expected.deltaMean()[i], within(5 * found.meanError()[i]));
        assertThat(found.meanError()[i]).isPositive();
      }
    }
  }

  @Test
  void theEnsembleIsExactAtItsWidthsAndKnownThereOnly() {
    Widths wide = Widths.uniform(2, 64);
    Matrix few = Problems.gaussian(5, 3, 11);
    Matrix targets = Problems.gaussian(5, 1, 12);
    FiniteNetwork network = network("relu").noiseVariance(0.5);
    FittedNetwork first = network.engine("exact").condition(rows(few), rows(targets));
    FittedNetwork drawn =
        network
            .engine("ensemble")
            .drawing(new Drawing(List.of(wide), 8192, 5))
            .condition(rows(few), rows(targets));
    double[][] tests = rows(Problems.gaussian(4, 3, 13));
    List<Prediction> byOrder = first.predict(tests);
    List<Prediction> byDraws = drawn.predict(tests);
    for (int x = 0; x < tests.length; x++) {
      Predictive order = byOrder.get(x).at(wide);
      Predictive exact = byDraws.get(x).at(wide);
      double deviation = Math.sqrt(order.nngpVariance());
      // The remainder is O(1/n²): a few thousandths of the deviation here, beside draws' errors.
      // 8 numbers within 5 standard errors: false alarms in 1e-5 of all seeds.
      assertThat(exact.mean()[0])
          .isCloseTo(order.mean()[0], within(5 * exact.meanError()[0] + 0.02 * deviation));
      assertThat(exact.variance()[0])
          .isCloseTo(
              order.variance()[0],
              within(5 * exact.varianceError()[0] + 0.02 * order.nngpVariance()));
      assertThat(exact.nngpMean()[0]).isCloseTo(order.nngpMean()[0], within(1e-10));
      assertThat(byDraws.get(x).at(Widths.uniform(2, Double.POSITIVE_INFINITY)).mean())
          .isEqualTo(exact.nngpMean());
      assertThatThrownBy(() -> byDraws.get(0).at(WIDTHS))
          .hasMessage("the posterior is not known at hidden widths [32, 48], only at [64, 64]");
    }
    assertThat(drawn.logEvidence().at(wide))
        .isCloseTo(
            first.logEvidence().at(wide), within(5 * drawn.logEvidence().error(wide) + 0.02));
    assertThatThrownBy(() -> drawn.logEvidence().at(WIDTHS)).hasMessageContaining("[32, 48]");
    assertThatThrownBy(() -> drawn.predict(tests, Order.CUMULANTS))
        .hasMessageContaining("not known of networks that are drawn");
  }

  @Test
  void chainsAgreeWithTheEnsembleAtItsWidths() {
    Widths narrow = Widths.of(5, 4);
    Matrix few = Problems.gaussian(5, 3, 11);
    Matrix targets = Problems.gaussian(5, 1, 12);
    FiniteNetwork network = network("relu").noiseVariance(0.5);
    FittedNetwork drawn =
        network
            .engine("ensemble")
            .drawing(new Drawing(List.of(narrow), 8192, 5))
            .condition(rows(few), rows(targets));
    FittedNetwork chains =
        network
            .chains(new Chains(List.of(narrow), 16, 300, 1600, 100, 1))
            .engine("networks")
            .condition(rows(few), rows(targets));
    assertThat(chains.posterior().engine()).isEqualTo("networks");
    assertThat(chains.warnings(narrow)).isEmpty();
    double[][] tests = rows(Problems.gaussian(4, 3, 13));
    List<Prediction> byDraws = drawn.predict(tests);
    List<Prediction> byChains = chains.predict(tests);
    for (int x = 0; x < tests.length; x++) {
      Predictive expected = byDraws.get(x).at(narrow);
      Predictive found = byChains.get(x).at(narrow);
      // 9 numbers within 5 standard errors of 15 degrees of freedom: false alarms in 2e-3 of seeds.
      double error = Math.hypot(expected.meanError()[0], found.meanError()[0]);
      double spread = Math.hypot(expected.varianceError()[0], found.varianceError()[0]);
      assertThat(found.mean()[0]).isCloseTo(expected.mean()[0], within(5 * error));
      assertThat(found.variance()[0]).isCloseTo(expected.variance()[0], within(5 * spread));
      assertThat(found.nngpMean()[0]).isCloseTo(expected.nngpMean()[0], within(1e-10));
      assertThat(error).isLessThan(0.05 * Math.sqrt(found.variance()[0]));
    }
    assertThat(chains.logEvidence().at(narrow))
        .isCloseTo(
            drawn.logEvidence().at(narrow),
            within(5 * chains.logEvidence().error(narrow) + 5 * drawn.logEvidence().error(narrow)));
  }

  @Test
  void chainsSampleHyperparametersWhereAsked() {
    Widths narrow = Widths.of(3, 3);
    FiniteNetwork network =
        network("tanh")
            .chains(new Chains(List.of(narrow), 2, 60, 10, 20, 1))
            .sampledHyperparameters(true);
    assertThatThrownBy(() -> network.condition(rows(INPUTS), rows(TARGETS)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("say engine(\"networks\")");
    FittedNetwork fitted = network.engine("networks").condition(rows(INPUTS), rows(TARGETS));
    List<SampledHyperparameter> found = fitted.hyperparameters(narrow);
    assertThat(found.get(0).name()).isEqualTo("noise variance");
    assertThat(found.stream().filter(one -> one.feature().isPresent()).count())
        .isEqualTo(INPUTS.cols());
    assertThat(found).allMatch(one -> one.mean() > 0 && one.lower() <= one.upper());
    assertThat(fitted.hyperparameters(Widths.of(9, 9))).isEmpty();
  }

  @Test
  void anActivationWithoutFourPointMomentsIsSampled() {
    FittedNetwork network = network("tanh").condition(rows(INPUTS), rows(TARGETS));
    assertThat(network.posterior().engine()).isEqualTo("sampled");
    assertThatThrownBy(() -> network("tanh").engine("exact"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("engine exact: tanh has no four-point moments");
  }

  @Test
  void mistakesAreNamed() {
    assertThatThrownBy(() -> FiniteNetwork.of("rleu", 2))
        .hasMessageContaining("no activation rleu");
    assertThatThrownBy(() -> FiniteNetwork.of("relu", 0)).hasMessageContaining("0 hidden layers");
    assertThatThrownBy(() -> network("relu").engine("exakt"))
        .hasMessage(
            "no engine exakt; there are [auto, exact, sampled, ensemble, networks, nngp,"
                + " renormalised, linear, proportional, adaptive, deep-kernel]");
    assertThatThrownBy(() -> network("relu").noiseVariance(-1)).hasMessageContaining("-1.0");
    assertThatThrownBy(() -> network("relu").condition(rows(INPUTS), rows(TESTS)))
        .hasMessageContaining("14 rows of inputs and 9 of targets");
    FittedNetwork fitted = network("relu").condition(rows(INPUTS), rows(TARGETS));
    assertThatThrownBy(() -> fitted.predict(new double[][] {{1, 2}}))
        .hasMessage("row 0 has 2 features, not 3");
  }
}
