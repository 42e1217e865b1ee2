package finitewidth.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.gaussian.activations.Activations;
import finitewidth.inducing.Approximation;
import finitewidth.inducing.ConditionalVariances;
import finitewidth.inducing.MemoryPasses;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import finitewidth.oracle.RealData;
import finitewidth.prior.Architecture;
import java.io.IOException;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The search through inducing points. */
class ProjectedFitTest {

  @ParameterizedTest
  @CsvSource({"relu, 2, DTC", "relu, 1, FITC", "erf, 1, DTC"})
  void withAllRowsForPointsTheOptimumIsTheFullOne(
      String activation, int hidden, Approximation approximation) throws IOException {
    RealData data = RealData.of("concrete", 100);
    Hyperparameters given = prior(activation, hidden);
    EvidenceSettings settings = new EvidenceSettings(1e-3, false, 2, 11);
    FittedHyperparameters full = EvidenceFit.of(given, data.inputs(), data.targets(), settings);
    FittedHyperparameters projected =
        EvidenceFit.of(given, rows(data, data.inputs(), approximation), settings);
    assertThat(projected.logEvidence()).isCloseTo(full.logEvidence(), Offset.offset(1e-4));
    assertThat(projected.start()).isCloseTo(full.start(), Offset.offset(1e-4));
    double noise = full.hyperparameters().noiseVariance();
    assertThat(projected.hyperparameters().noiseVariance())
        .isCloseTo(noise, Offset.offset(1e-3 * noise));
    for (int l = 0; l <= hidden; l++) {
      double bias = full.hyperparameters().network().biasVariance(l);
      double weight = full.hyperparameters().network().weightVariance(l);
      assertThat(projected.hyperparameters().network().biasVariance(l))
          .isCloseTo(bias, Offset.offset(2e-3 * bias));
      assertThat(projected.hyperparameters().network().weightVariance(l))
          .isCloseTo(weight, Offset.offset(2e-3 * weight));
    }
  }

  @ParameterizedTest
  @CsvSource({"relu, 2, DTC", "relu, 2, FITC", "erf, 1, DTC"})
  void startsAgree(String activation, int hidden, Approximation approximation) throws IOException {
    RealData data = RealData.of("concrete", 800);
    Hyperparameters given = prior(activation, hidden);
    FittedHyperparameters fitted =
        EvidenceFit.of(
            given,
            rows(data, chosen(given, data, 60), approximation),
            new EvidenceSettings(1e-3, false, 5, 11));
    assertThat(fitted.logEvidence()).isGreaterThan(fitted.start());
    for (FittedHyperparameters.Optimum optimum : fitted.optima()) {
      assertThat(optimum.logEvidence()).isCloseTo(fitted.logEvidence(), Offset.offset(1e-3));
    }
  }

  /** At the best scale of the output q is the number of targets. */
  @ParameterizedTest
  @CsvSource({"DTC", "FITC"})
  void theTargetsAreOnThePriorsScale(Approximation approximation) throws IOException {
    RealData data = RealData.of("concrete", 300);
    Hyperparameters given = prior("relu", 1);
    ProjectedRows rows = rows(data, chosen(given, data, 40), approximation);
    EvidenceSettings settings = new EvidenceSettings(1e-2, false, 1, 1);
    FittedHyperparameters fitted = EvidenceFit.of(given, rows, settings);
    ParameterSpace space = new ParameterSpace(fitted.hyperparameters().network(), 8, settings);
    ProjectedEvidence evidence = new ProjectedEvidence(space, rows);
    double ratio =
        fitted.hyperparameters().noiseVariance() / evidence.meanDiagonal(fitted.hyperparameters());
    Evidence.Evaluation there = evidence.at(space.origin(ratio)).orElseThrow();
    assertThat(there.logEvidence()).isCloseTo(fitted.logEvidence(), Offset.offset(1e-6));
    assertThat(there.dataFit()).isCloseTo(300, Offset.offset(0.05));
  }

  /** Only the first feature matters. */
  @Test
  void inputScalesFindTheFeatureThatMatters() {
    Matrix inputs = Problems.gaussian(500, 4, 6);
    Matrix noise = Problems.gaussian(500, 1, 7);
    Matrix targets = Matrix.zeros(500, 1);
    for (int a = 0; a < 500; a++) {
      targets.set(a, 0, Math.sin(inputs.get(a, 0)) + 0.1 * noise.get(a, 0));
    }
    RealData data = new RealData(inputs, targets);
    Hyperparameters given = prior("relu", 1);
    FittedHyperparameters scaled =
        EvidenceFit.of(
            given,
            rows(data, chosen(given, data, 30), Approximation.DTC),
            new EvidenceSettings(1e-3, true, 2, 1));
    double[] scales = scaled.hyperparameters().inputScales();
    for (int k = 1; k < 4; k++) {
      assertThat(scales[k]).isLessThan(0.02 * scales[0]);
    }
    assertThat(scaled.hyperparameters().noiseVariance()).isBetween(0.009, 0.012);
  }

  private static ProjectedRows rows(RealData data, Matrix inducing, Approximation approximation) {
    return new ProjectedRows(
        inducing, approximation, MemoryPasses.of(data.inputs(), data.targets()));
  }

  private static Matrix chosen(Hyperparameters given, RealData data, int points) {
    return Matrix.copyOf(
        Arrays.stream(ConditionalVariances.choose(given.network(), data.inputs(), points))
            .mapToObj(data.inputs()::row)
            .toArray(double[][]::new));
  }

  private static Hyperparameters prior(String activation, int hidden) {
    return new Hyperparameters(
        Architecture.uniform(Activations.byName(activation).orElseThrow(), hidden, 0.3, 2),
        0.1,
        new double[0]);
  }
}
