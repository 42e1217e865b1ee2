package finitewidth.evidence;

import static finitewidth.evidence.CentralDifferences.FEATURES;
import static finitewidth.evidence.CentralDifferences.point;
import static finitewidth.evidence.CentralDifferences.space;
import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import finitewidth.posterior.NngpPosterior;
import finitewidth.prior.SampleFlow;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The evidence against the posterior's, and its gradient against central differences. */
class EvidenceGradientTest {
  private static final int ROWS = 23;

  @ParameterizedTest
  @CsvSource({
    "relu, 1, 1, false",
    "relu, 1, 1, true",
    "relu, 3, 2, true",
    "leaky-relu, 2, 1, true",
    "erf, 1, 1, true",
    "erf, 2, 2, false",
    "erf, 3, 1, true",
    "gelu, 1, 1, true",
    "gelu, 2, 1, false",
    "sin, 1, 2, true",
    "sin, 3, 1, true",
    "cos, 2, 1, true",
    "linear, 2, 1, true",
    "quadratic, 1, 1, true"
  })
  void centralDifferences(String activation, int hidden, int outputs, boolean scales) {
    Matrix inputs = Problems.gaussian(ROWS, FEATURES, 3);
    Matrix targets = Problems.gaussian(ROWS, outputs, 4);
    ParameterSpace space = space(Problems.network(activation, hidden), scales);
    EvidenceFunction function = new EvidenceFunction(space, inputs, targets);
    CentralDifferences.assertGradient(function, space);
  }

  @ParameterizedTest
  @ValueSource(strings = {"relu", "erf", "gelu", "sin"})
  void theEvidenceIsThatOfThePosterior(String activation) {
    Matrix inputs = Problems.gaussian(ROWS, FEATURES, 3);
    Matrix targets = Problems.gaussian(ROWS, 2, 4);
    ParameterSpace space = space(Problems.network(activation, 2), true);
    EvidenceFunction.Evaluation there =
        new EvidenceFunction(space, inputs, targets).at(point(space)).orElseThrow();
    Hyperparameters hyperparameters = there.hyperparameters();
    Matrix kernel =
        SampleFlow.of(hyperparameters.network(), hyperparameters.scaled(inputs)).kernel(2);
    NngpPosterior nngp = NngpPosterior.of(kernel, targets, hyperparameters.noiseVariance());
    assertThat(there.logEvidence())
        .isCloseTo(nngp.logEvidence(), Offset.offset(1e-10 * Math.abs(nngp.logEvidence())));
    double mean = 0;
    for (double scale : hyperparameters.inputScales()) {
      mean += scale / FEATURES;
    }
    assertThat(mean).isCloseTo(1, Offset.offset(1e-14));
  }
}
