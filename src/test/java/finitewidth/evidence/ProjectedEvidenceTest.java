package finitewidth.evidence;

import static finitewidth.evidence.CentralDifferences.FEATURES;
import static finitewidth.evidence.CentralDifferences.point;
import static finitewidth.evidence.CentralDifferences.space;
import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.evidence.Evidence.Evaluation;
import finitewidth.gaussian.activations.Activations;
import finitewidth.inducing.Approximation;
import finitewidth.inducing.InducingPoints;
import finitewidth.inducing.InducingPosterior;
import finitewidth.inducing.MemoryPasses;
import finitewidth.inducing.ProjectedSums;
import finitewidth.inducing.TrainingBlock;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import finitewidth.prior.Architecture;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The evidence through inducing points against the full one, and its gradient. */
class ProjectedEvidenceTest {
  private static final int ROWS = 150;

  /** Some inducing points are rows, others are nowhere near one. */
  @ParameterizedTest
  @CsvSource({
    "relu, 1, 1, false, DTC",
    "relu, 2, 2, true, DTC",
    "relu, 2, 1, true, FITC",
    "relu, 1, 3, false, FITC",
    "erf, 2, 1, true, DTC",
    "erf, 1, 2, true, FITC",
    "gelu, 1, 1, true, DTC",
    "sin, 3, 1, false, FITC",
    "tanh, 1, 1, true, DTC",
    "tanh, 2, 2, true, FITC"
  })
  void centralDifferences(
      String activation, int hidden, int outputs, boolean scales, Approximation approximation) {
    // Quadrature takes its time for every variance anew.
    int rows = activation.equals("tanh") ? 20 : ROWS;
    Matrix inputs = Problems.gaussian(rows, FEATURES, 3);
    Matrix targets = Problems.gaussian(rows, outputs, 4);
    Matrix inducing = Problems.gaussian(17, FEATURES, 5);
    System.arraycopy(inputs.data(), 0, inducing.data(), 0, 5 * FEATURES);
    ParameterSpace space = space(network(activation, hidden), scales);
    Evidence evidence = projected(space, inducing, inputs, targets, approximation);
    CentralDifferences.assertGradient(evidence, space);
  }

  /** With all rows for inducing points nothing is left open. */
  @ParameterizedTest
  @CsvSource({
    "relu, 2, 2, true, DTC",
    "relu, 1, 1, true, FITC",
    "erf, 2, 1, true, DTC",
    "erf, 1, 2, false, FITC",
    "tanh, 1, 1, true, DTC"
  })
  void allRowsForPoints(
      String activation, int hidden, int outputs, boolean scales, Approximation approximation) {
    Matrix inputs = Problems.gaussian(ROWS, FEATURES, 3);
    Matrix targets = Problems.gaussian(ROWS, outputs, 4);
    ParameterSpace space = space(network(activation, hidden), scales);
    double[] at = point(space);
    Evaluation full = new EvidenceFunction(space, inputs, targets).at(at).orElseThrow();
    Evaluation projected =
        projected(space, inputs, inputs, targets, approximation).at(at).orElseThrow();
    assertClose(projected.logEvidence(), full.logEvidence(), Math.abs(full.logEvidence()));
    assertClose(projected.dataFit(), full.dataFit(), full.dataFit());
    assertClose(
        projected.hyperparameters().noiseVariance(),
        full.hyperparameters().noiseVariance(),
        full.hyperparameters().noiseVariance());
    double size = Arrays.stream(full.gradient()).map(Math::abs).max().orElseThrow();
    for (int i = 0; i < at.length; i++) {
      assertClose(projected.gradient()[i], full.gradient()[i], size);
    }
  }

  /** What is maximised is what the posterior of the final fit reports. */
  @ParameterizedTest
  @CsvSource({"relu, DTC", "relu, FITC", "erf, DTC", "erf, FITC"})
  void theEvidenceIsThatOfThePosterior(String activation, Approximation approximation) {
    Matrix inputs = Problems.gaussian(ROWS, FEATURES, 3);
    Matrix targets = Problems.gaussian(ROWS, 2, 4);
    Matrix inducing = Problems.gaussian(17, FEATURES, 5);
    ParameterSpace space = space(network(activation, 2), true);
    Evaluation there =
        projected(space, inducing, inputs, targets, approximation).at(point(space)).orElseThrow();
    Hyperparameters hyperparameters = there.hyperparameters();
    InducingPoints points =
        InducingPoints.of(hyperparameters.network(), hyperparameters.scaled(inducing));
    ProjectedSums sums =
        ProjectedSums.of(
            points.projector(),
            new TrainingBlock(0, hyperparameters.scaled(inputs), targets),
            hyperparameters.noiseVariance(),
            approximation);
    InducingPosterior posterior = InducingPosterior.of(points, sums, approximation);
    assertThat(there.logEvidence())
        .isCloseTo(
            posterior.variationalBound(),
            Offset.offset(1e-8 * Math.abs(posterior.variationalBound())));
  }

  /** Titsias' bound is one, and each further point raises it. */
  @Test
  void theBoundRisesToTheEvidence() {
    Matrix inputs = Problems.gaussian(ROWS, FEATURES, 3);
    Matrix targets = Problems.gaussian(ROWS, 1, 4);
    ParameterSpace space = space(network("relu", 2), false);
    double[] at = point(space);
    double full = new EvidenceFunction(space, inputs, targets).at(at).orElseThrow().logEvidence();
    double last = Double.NEGATIVE_INFINITY;
    for (int u : new int[] {5, 20, 60, 140}) {
      Matrix inducing = Matrix.wrap(u, FEATURES, Arrays.copyOf(inputs.data(), u * FEATURES));
      double bound =
          projected(space, inducing, inputs, targets, Approximation.DTC)
              .at(at)
              .orElseThrow()
              .logEvidence();
      assertThat(bound).isBetween(last, full);
      last = bound;
    }
  }

  /** Points that coincide, or that a flat prior makes depend on one another, are no obstacle. */
  @ParameterizedTest
  @CsvSource({"relu, DTC", "erf, DTC", "erf, FITC"})
  void dependentPoints(String activation, Approximation approximation) {
    Matrix inputs = Problems.gaussian(ROWS, 2, 3);
    Matrix targets = Problems.gaussian(ROWS, 1, 4);
    Matrix inducing = Problems.gaussian(60, 2, 5);
    System.arraycopy(inducing.data(), 0, inducing.data(), 60, 60);
    Matrix apart = Matrix.wrap(30, 2, Arrays.copyOf(inducing.data(), 60));
    Architecture network =
        Architecture.uniform(Activations.byName(activation).orElseThrow(), 2, 0.1, 0.05);
    ParameterSpace space = new ParameterSpace(network, 2, new EvidenceSettings(1e-3, true, 1, 1));
    double[] at = space.origin(0.05);
    Evaluation twice =
        projected(space, inducing, inputs, targets, approximation).at(at).orElseThrow();
    Evaluation once = projected(space, apart, inputs, targets, approximation).at(at).orElseThrow();
    double size = Math.abs(once.logEvidence());
    // Observed twice, a point has half the noise.
    assertThat(twice.logEvidence()).isCloseTo(once.logEvidence(), Offset.offset(1e-6 * size));
    for (int i = 0; i < at.length; i++) {
      assertThat(twice.gradient()[i]).isCloseTo(once.gradient()[i], Offset.offset(1e-5 * size));
    }
  }

  private static void assertClose(double value, double expected, double size) {
    assertThat(value).isCloseTo(expected, Offset.offset(1e-7 * size));
  }

  private static Evidence projected(
      ParameterSpace space,
      Matrix inducing,
      Matrix inputs,
      Matrix targets,
      Approximation approximation) {
    return new ProjectedEvidence(
        space, new ProjectedRows(inducing, approximation, MemoryPasses.of(inputs, targets)));
  }

  private static Architecture network(String activation, int hidden) {
    return Problems.network(Activations.byName(activation).orElseThrow(), hidden);
  }
}
