package finitewidth.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import finitewidth.gaussian.activations.Activations;
import finitewidth.linalg.Cholesky;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.NumericsException;
import finitewidth.oracle.Problems;
import finitewidth.oracle.RealData;
import finitewidth.posterior.NngpPosterior;
import finitewidth.prior.Architecture;
import finitewidth.prior.KernelFlow;
import java.io.IOException;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvidenceFitTest {
  private static final EvidenceSettings SETTINGS = new EvidenceSettings(1e-3, false, 5, 11);

  @ParameterizedTest
  @CsvSource({"relu, 2", "relu, 1", "erf, 1", "gelu, 1"})
  void startsAgree(String activation, int hidden) throws IOException {
    RealData data = RealData.of("diabetes", 100);
    FittedHyperparameters fitted = fit(activation, hidden, data, SETTINGS);
    FittedHyperparameters.Optimum best = fitted.optima().get(fitted.best());
    assertThat(fitted.logEvidence()).isGreaterThan(fitted.start());
    assertThat(best.logEvidence()).isEqualTo(fitted.logEvidence());
    for (FittedHyperparameters.Optimum optimum : fitted.optima()) {
      assertThat(optimum.logEvidence()).isCloseTo(fitted.logEvidence(), Offset.offset(1e-4));
    }
  }

  /** The fitted values agree as well as a maximum so flat determines them. */
  @Test
  void startsAgreeOnTheValues() throws IOException {
    FittedHyperparameters fitted = fit("relu", 2, RealData.of("concrete", 150), SETTINGS);
    for (FittedHyperparameters.Optimum optimum : fitted.optima()) {
      assertThat(optimum.hyperparameters().noiseVariance())
          .isCloseTo(
              fitted.hyperparameters().noiseVariance(),
              Offset.offset(1e-3 * fitted.hyperparameters().noiseVariance()));
      for (int l = 0; l <= 2; l++) {
        double bias = fitted.hyperparameters().network().biasVariance(l);
        assertThat(optimum.hyperparameters().network().biasVariance(l))
            .isCloseTo(bias, Offset.offset(1e-3 * bias));
      }
    }
  }

  /** At the best scale of the output q is P m, whatever else is held by a bound. */
  @ParameterizedTest
  @CsvSource({"relu, 1e-3", "erf, 1e-1", "relu, 0.5"})
  void theTargetsAreOnThePriorsScale(String activation, double floor) throws IOException {
    RealData data = RealData.of("concrete", 80);
    FittedHyperparameters fitted =
        fit(activation, 1, data, new EvidenceSettings(floor, false, 2, 1));
    Hyperparameters hyperparameters = fitted.hyperparameters();
    Matrix kernel = KernelFlow.of(hyperparameters.network(), data.inputs()).kernel();
    NngpPosterior nngp = NngpPosterior.of(kernel, data.targets(), hyperparameters.noiseVariance());
    assertThat(nngp.dataFit()).isCloseTo(80, Offset.offset(0.01));
    assertThat(nngp.logEvidence()).isCloseTo(fitted.logEvidence(), Offset.offset(1e-8));
  }

  /** Noise-free targets of a smooth function. */
  @Test
  void theFloorHolds() {
    Matrix inputs = Problems.gaussian(40, 1, 5);
    Matrix targets = Matrix.zeros(40, 1);
    for (int a = 0; a < 40; a++) {
      targets.set(a, 0, Math.sin(2 * inputs.get(a, 0)));
    }
    Hyperparameters given = prior("erf", 1, 0.1);
    FittedHyperparameters fitted =
        EvidenceFit.of(given, inputs, targets, new EvidenceSettings(1e-2, false, 2, 1));
    assertThat(fitted.atNoiseFloor()).isTrue();
    double diagonal =
        EvidenceFunction.meanDiagonal(
            KernelFlow.of(fitted.hyperparameters().network(), inputs).kernel());
    assertThat(fitted.hyperparameters().noiseVariance() / diagonal)
        .isCloseTo(1e-2, Offset.offset(1e-8));
  }

  /**
   * Targets drawn from a known prior: twice what the fit gains on the truth follows χ² with as many
   * degrees of freedom as there are parameters (Wilks), so its mean over draws is their number.
   */
  @ParameterizedTest
  @CsvSource({"relu, 3", "erf, 4"})
  void theTruthIsWithinTheUncertainty(String activation, int parameters) {
    int rows = 80;
    int draws = 16;
    Hyperparameters truth = prior(activation, 2, 0.1);
    double mean = 0;
    for (int draw = 0; draw < draws; draw++) {
      Matrix inputs = Problems.gaussian(rows, 3, 100 + draw);
      Matrix kernel = KernelFlow.of(truth.network(), inputs).kernel();
      Matrix targets = targets(kernel, truth.noiseVariance(), 200 + draw);
      double atTruth = NngpPosterior.of(kernel, targets, truth.noiseVariance()).logEvidence();
      FittedHyperparameters fitted =
          EvidenceFit.of(truth, inputs, targets, new EvidenceSettings(1e-4, false, 1, 1));
      double gain = 2 * (fitted.logEvidence() - atTruth);
      assertThat(gain).isBetween(0.0, parameters + 6 * Math.sqrt(2.0 * parameters));
      mean += gain / draws;
    }
    double error = Math.sqrt(2.0 * parameters / draws);
    assertThat(mean).isCloseTo(parameters, Offset.offset(4 * error));
  }

  /** Rows that coincide, with next to no noise: a start that has no evidence. */
  @Test
  void aSingularStartIsPassedOver() {
    Matrix inputs = Problems.gaussian(20, 2, 8);
    System.arraycopy(inputs.data(), 0, inputs.data(), 10, 10);
    Matrix targets = Problems.gaussian(20, 1, 9);
    FittedHyperparameters fitted =
        EvidenceFit.of(
            prior("relu", 1, 0), inputs, targets, new EvidenceSettings(1e-18, false, 3, 1));
    assertThat(fitted.start()).isNaN();
    assertThat(fitted.best()).isPositive();
    assertThat(fitted.optima().get(0).logEvidence()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(fitted.logEvidence()).isFinite();
  }

  @Test
  void whereThereIsNoEvidenceItSaysWhatHelps() {
    Matrix inputs = Problems.gaussian(20, 2, 8);
    System.arraycopy(inputs.data(), 0, inputs.data(), 10, 10);
    assertThatThrownBy(
            () ->
                EvidenceFit.of(
                    prior("relu", 1, 0),
                    inputs,
                    Problems.gaussian(20, 1, 9),
                    new EvidenceSettings(1e-18, false, 1, 1)))
        .isInstanceOf(NumericsException.class)
        .hasMessageContaining("raise evidence.noise-floor");
  }

  /** Only the first feature matters. */
  @Test
  void inputScalesFindTheFeatureThatMatters() {
    Matrix inputs = Problems.gaussian(60, 4, 6);
    Matrix noise = Problems.gaussian(60, 1, 7);
    Matrix targets = Matrix.zeros(60, 1);
    for (int a = 0; a < 60; a++) {
      targets.set(a, 0, Math.sin(inputs.get(a, 0)) + 0.1 * noise.get(a, 0));
    }
    FittedHyperparameters plain = EvidenceFit.of(prior("relu", 1, 0.1), inputs, targets, SETTINGS);
    FittedHyperparameters scaled =
        EvidenceFit.of(
            prior("relu", 1, 0.1), inputs, targets, new EvidenceSettings(1e-3, true, 2, 1));
    assertThat(scaled.logEvidence()).isGreaterThan(plain.logEvidence() + 10);
    double[] scales = scaled.hyperparameters().inputScales();
    for (int k = 1; k < 4; k++) {
      assertThat(scales[k]).isLessThan(0.02 * scales[0]);
    }
  }

  @Test
  void theSameBitsEveryTime() throws IOException {
    RealData data = RealData.of("diabetes", 60);
    List<Double> twice =
        List.of(
            fit("relu", 2, data, SETTINGS).logEvidence(),
            fit("relu", 2, data, SETTINGS).logEvidence());
    assertThat(twice.get(0)).isEqualTo(twice.get(1));
  }

  private static Matrix targets(Matrix kernel, double noise, long seed) {
    Matrix a = kernel.copy();
    for (int i = 0; i < a.rows(); i++) {
      a.add(i, i, noise);
    }
    // The factor's upper triangle, row-major, is Lᵀ.
    Matrix factor = Cholesky.of(a).factor();
    Matrix normals = Problems.gaussian(a.rows(), 1, seed);
    Matrix targets = Matrix.zeros(a.rows(), 1);
    for (int i = 0; i < a.rows(); i++) {
      for (int j = 0; j <= i; j++) {
        targets.add(i, 0, factor.get(j, i) * normals.get(j, 0));
      }
    }
    return targets;
  }

  private static Hyperparameters prior(String activation, int hidden, double noise) {
    return new Hyperparameters(
        Architecture.uniform(Activations.byName(activation).orElseThrow(), hidden, 0.3, 2),
        noise,
        new double[0]);
  }

  private static FittedHyperparameters fit(
      String activation, int hidden, RealData data, EvidenceSettings settings) {
    return EvidenceFit.of(prior(activation, hidden, 0.1), data.inputs(), data.targets(), settings);
  }
}
