package finitewidth.inference.montecarlo;

import static finitewidth.oracle.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import finitewidth.inference.ContractionProblem;
import finitewidth.inference.exact.ExactPosterior;
import finitewidth.inference.exact.Fit;
import finitewidth.inference.exact.LeafWorker;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import finitewidth.oracle.UserErf;
import finitewidth.posterior.Prediction;
import finitewidth.prior.Architecture;
import org.junit.jupiter.api.Test;

/** The sampled engine with σ by its values alone. */
class QuadratureSampledTest {
  private static final Matrix INPUTS = Problems.gaussian(9, 3, 11);
  private static final Matrix TARGETS = Problems.gaussian(9, 2, 5);
  private static final Matrix TESTS = Problems.gaussian(3, 3, 12);
  private static final int BATCHES = 40;

  private static SamplingFit sampled(String activation) {
    return SamplingFit.of(
        Problems.network(activation, 3), INPUTS, TARGETS, 0.3, TESTS, 4, 1024, BATCHES);
  }

  /** The same draws give the same estimates, whichever way the expectations came about. */
  @Test
  void erfByItsValues() {
    SamplingFit closed = sampled("erf");
    SamplingFit values = sampled(UserErf.class.getName());
    ExactPosterior exact = Fit.of(Problems.network("erf", 3), INPUTS, TARGETS, 0.3);
    assertClose(
        "evidence",
        values.logEvidence().byCoefficients().coefficients(),
        closed.logEvidence().byCoefficients().coefficients(),
        1e-8);
    for (int x = 0; x < TESTS.rows(); x++) {
      Prediction one = closed.predictions().get(x);
      Prediction two = values.predictions().get(x);
      Prediction truth = exact.predictor().predict(TESTS.row(x));
      assertClose("nngp mean", two.nngpMean(), one.nngpMean(), 1e-11);
      for (int s = 0; s < 3; s++) {
        assertClose(
            "mean",
            two.coefficients().meanCoefficients()[s],
            one.coefficients().meanCoefficients()[s],
            1e-8);
        assertClose(
            "variance",
            two.coefficients().varianceCoefficients()[s],
            one.coefficients().varianceCoefficients()[s],
            1e-8);
        for (int i = 0; i < 2; i++) {
          assertThat(
                  two.coefficients().meanCoefficients()[s][i]
                      - truth.coefficients().meanCoefficients()[s][i])
              .isBetween(
                  -4 * two.coefficients().meanErrors()[s][i],
                  4 * two.coefficients().meanErrors()[s][i]);
        }
      }
    }
  }

  @Test
  void theExactContractionSaysWhatItLacks() {
    Architecture network = Problems.network("tanh", 2);
    ContractionProblem problem =
        SamplingFit.posterior(network, INPUTS, TARGETS, 0.3, 1, 64)
            .contraction()
            .problem()
            .contraction();
    assertThatThrownBy(() -> LeafWorker.computeAll(problem))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("four-point moments")
        .hasMessageContaining("tanh");
  }
}
