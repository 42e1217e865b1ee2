package finitewidth.inference.renormalised;

import static finitewidth.oracle.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import finitewidth.gaussian.activations.Activations;
import finitewidth.inference.Ask;
import finitewidth.inference.Conditioning;
import finitewidth.inference.ContractionProblem;
import finitewidth.inference.Order;
import finitewidth.inference.Posterior;
import finitewidth.inference.exact.Exact;
import finitewidth.inference.exact.ExactPosterior;
import finitewidth.inference.exact.Fit;
import finitewidth.inference.work.LocalRuntime;
import finitewidth.linalg.Cholesky;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.Products;
import finitewidth.oracle.Problems;
import finitewidth.posterior.GaussianMixture;
import finitewidth.posterior.NngpPosterior;
import finitewidth.posterior.Prediction;
import finitewidth.posterior.Predictive;
import finitewidth.posterior.PredictiveDensity;
import finitewidth.prior.Architecture;
import finitewidth.prior.SampleFlow;
import finitewidth.prior.Widths;
import java.util.List;
import java.util.Optional;
import org.hipparchus.special.Gamma;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A deep linear network of three unequal layers with an output bias, against a sum over the scales
 * of its three layers with dense matrices; with noise that is the same for all rows, and with a
 * matrix of noise, as inducing points have it.
 */
class MixtureOfScalesTest {
  private static final double BIAS = 0.3;
  private static final double NOISE = 0.05;
  private static final double STEP = 0.2;
  private static final int NODES = 150;
  private static final Widths WIDTHS = Widths.of(3, 5, 9);
  private static final Matrix INPUTS = Problems.gaussian(4, 3, 1);
  private static final Matrix TARGETS = Problems.gaussian(4, 1, 2);
  private static final double[] ROW = Problems.gaussian(1, 3, 3).data();

  /** Biases of hidden layers are zero; the output's are not. */
  private static Architecture network() {
    return Architecture.of(
        Activations.byName("linear").orElseThrow(),
        new double[] {0, 0, 0, BIAS},
        new double[] {1, 1, 1, 1});
  }

  private static double[] density(double n) {
    double[] density = new double[2 * NODES + 1];
    for (int k = -NODES; k <= NODES; k++) {
      double u = k * STEP;
      density[NODES + k] =
          STEP
              * Math.exp(
                  0.5 * n * (u - Math.exp(u))
                      + 0.5 * n * Math.log(0.5 * n)
                      - Gamma.logGamma(0.5 * n));
    }
    return density;
  }

  /** Probabilities of Σu = kSTEP. */
  private static double[] product() {
    double[] sum = {1};
    for (double n : WIDTHS.toArray()) {
      double[] next = density(n);
      double[] both = new double[sum.length + next.length - 1];
      for (int i = 0; i < sum.length; i++) {
        for (int j = 0; j < next.length; j++) {
          both[i + j] += sum[i] * next[j];
        }
      }
      sum = both;
    }
    return sum;
  }

  private record Truth(double logEvidence, double mean, double variance, GaussianMixture mixture) {}

  private static Matrix noise() {
    Matrix noise = Matrix.zeros(4, 4);
    for (int i = 0; i < 4; i++) {
      noise.set(i, i, NOISE);
    }
    return noise;
  }

  /** Full and of full rank, between 0.02 and some tenths. */
  private static Matrix noiseMatrix() {
    Matrix root = Problems.gaussian(4, 4, 8);
    Matrix noise = Products.timesTranspose(root, root);
    for (int i = 0; i < 16; i++) {
      noise.data()[i] = 0.05 * noise.data()[i] + (i % 5 == 0 ? 0.02 : 0);
    }
    return noise;
  }

  private static Truth truth() {
    return truth(noise());
  }

  private static Truth truth(Matrix noise) {
    double[] prior = product();
    Matrix kernel = Products.timesTranspose(INPUTS, INPUTS);
    GaussianMixture mixture = new GaussianMixture(prior.length);
    double evidence = 0;
    double features = INPUTS.cols();
    for (int k = 0; k < prior.length; k++) {
      // Where nothing is, the kernel may be beyond what a Cholesky factor takes.
      if (prior[k] < 1e-40) {
        continue;
      }
      double scale = Math.exp((k - 3 * NODES) * STEP) / features;
      int p = INPUTS.rows();
      Matrix a = kernel.copy();
      double[] covariances = new double[p];
      double own = BIAS;
      for (int i = 0; i < p; i++) {
        for (int j = 0; j < p; j++) {
          a.set(i, j, BIAS + scale * kernel.get(i, j) + noise.get(i, j));
        }
        covariances[i] = BIAS + scale * Products.dot(INPUTS.row(i), 0, ROW, 0, ROW.length);
      }
      own += scale * Products.dot(ROW, 0, ROW, 0, ROW.length);
      Cholesky factor = Cholesky.of(a);
      double[] half = factor.solveLower(TARGETS.data());
      double[] row = factor.solveLower(covariances);
      double log =
          -0.5 * Products.dot(half, 0, half, 0, p)
              - 0.5 * factor.logDeterminant()
              - 0.5 * p * Math.log(2 * Math.PI);
      double weight = prior[k] * Math.exp(log);
      evidence += weight;
      if (weight > 0) {
        mixture.add(
            Products.dot(row, 0, half, 0, p), own - Products.dot(row, 0, row, 0, p), weight);
      }
    }
    return new Truth(Math.log(evidence), mixture.mean(), mixture.variance(), mixture);
  }

  @Test
  void deepLinearNetworksOfUnequalLayersAreExact() {
    ExactPosterior first = Fit.of(network(), INPUTS, TARGETS, NOISE);
    RenormalisedPosterior posterior =
        RenormalisedPosterior.of(
            first, first.shifts(LocalRuntime.allCores()), 0, List.of(WIDTHS), Guarding.FIXED);
    Prediction prediction =
        posterior.predictor(Order.CORRECTED).predict(new double[][] {ROW}).get(0);
    Predictive found = prediction.at(WIDTHS);
    Truth truth = truth();
    assertClose("log evidence", posterior.logEvidence().at(WIDTHS), truth.logEvidence(), 1e-10);
    assertClose("mean", found.mean()[0], truth.mean(), 1e-10);
    assertClose("variance", found.variance()[0], truth.variance(), 1e-10);
    assertThat(posterior.networks().get(0).rho()).isLessThan(1e-10);
    assertThat(found.trusted()).isTrue();
    PredictiveDensity density = PredictiveDensity.latent(prediction, WIDTHS);
    double deviation = Math.sqrt(truth.variance());
    for (double p : new double[] {1e-4, 0.05, 0.5, 0.95, 0.9999}) {
      assertThat(density.quantile(0, p))
          .isCloseTo(truth.mixture().quantile(p), within(1e-8 * deviation));
    }
  }

  /** Conditioned with a matrix of noise, as the posterior of inducing points is. */
  private static Conditioning withNoise(Matrix noise) {
    SampleFlow flow = SampleFlow.of(network(), INPUTS);
    Matrix sum = flow.kernel(3).copy();
    for (int i = 0; i < sum.data().length; i++) {
      sum.data()[i] += noise.data()[i];
    }
    Cholesky factor = Cholesky.of(sum);
    Matrix phi = factor.solve(TARGETS);
    double fit = Products.inner(TARGETS, phi);
    NngpPosterior nngp =
        NngpPosterior.of(
            factor,
            phi,
            fit,
            -0.5 * (fit + factor.logDeterminant() + INPUTS.rows() * Math.log(2 * Math.PI)));
    return new Conditioning(
        nngp,
        new ContractionProblem(flow, phi, nngp.inverse(), true, 1e-12),
        TARGETS,
        true,
        0.01,
        0,
        0,
        Optional.empty());
  }

  /** Neither pass needs the noise by itself, so a matrix of it is as exact as a number. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aMatrixOfNoiseIsTakenAsItIs(int passes) {
    Matrix noise = noiseMatrix();
    Exact exact = new Exact();
    Posterior posterior =
        new Renormalised(List.of(WIDTHS), passes, exact, List.of(exact))
            .condition(withNoise(noise), Ask.rows(List.of()), LocalRuntime.allCores())
            .posterior();
    Predictive found =
        posterior.predictor(Order.CORRECTED).predict(new double[][] {ROW}).get(0).at(WIDTHS);
    Truth truth = truth(noise);
    assertClose("log evidence", posterior.logEvidence().at(WIDTHS), truth.logEvidence(), 1e-10);
    assertClose("mean", found.mean()[0], truth.mean(), 1e-9);
    assertClose("variance", found.variance()[0], truth.variance(), 1e-9);
    assertThat(Math.abs(truth.mean() - truth().mean())).isGreaterThan(1e-3);
  }

  /** First order itself is far away, so the test above can fail. */
  @Test
  void firstOrderIsFarAway() {
    ExactPosterior first = Fit.of(network(), INPUTS, TARGETS, NOISE);
    Predictive plain = first.predictor().predict(ROW).at(WIDTHS);
    Truth truth = truth();
    assertThat(Math.abs(first.logEvidence().at(WIDTHS) - truth.logEvidence())).isGreaterThan(0.05);
    assertThat(Math.abs(plain.variance()[0] / truth.variance() - 1)).isGreaterThan(0.02);
  }

  /** Zero targets say nothing of how V sees them: the scale is then that of a linear layer. */
  @Test
  void zeroTargetsAreNoTrouble() {
    ExactPosterior first = Fit.of(network(), INPUTS, Matrix.zeros(4, 1), NOISE);
    RenormalisedPosterior posterior =
        RenormalisedPosterior.of(
            first, first.shifts(LocalRuntime.allCores()), 0, List.of(WIDTHS), Guarding.FIXED);
    Predictive found =
        posterior.predictor(Order.CORRECTED).predict(new double[][] {ROW}).get(0).at(WIDTHS);
    assertThat(found.mean()[0]).isZero();
    assertThat(found.variance()[0]).isPositive();
    assertThat(posterior.logEvidence().at(WIDTHS)).isFinite();
  }
}
