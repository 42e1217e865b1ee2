package finitewidth.inference.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import finitewidth.gaussian.activations.Activations;
import finitewidth.inference.Account;
import finitewidth.inference.Conditioned;
import finitewidth.inference.SampledHyperparameter;
import finitewidth.inference.work.RandomStream;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.Products;
import finitewidth.linalg.SymmetricEigen;
import finitewidth.oracle.Problems;
import finitewidth.posterior.NngpPosterior;
import finitewidth.posterior.Predictive;
import finitewidth.prior.Architecture;
import finitewidth.prior.SampleFlow;
import finitewidth.prior.Widths;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.special.Gamma;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Posteriors with sampled hyperparameters beside closed forms. Every comparison allows four
 * standard errors of the chains, which one in some 10⁴ Gaussian numbers is beyond.
 */
class SampledHyperparametersTest {
  private static final Matrix INPUTS = Problems.gaussian(12, 3, 21);
  private static final Matrix TESTS = Problems.gaussian(4, 3, 22);
  private static final double NOISE = 0.1;
  private static final double WEIGHT = 1.3;
  private static final HyperparameterPrior PRIOR = new HyperparameterPrior(1, 0.7, 0, 1e-4);

  private static Matrix targets() {
    Matrix y = Matrix.zeros(12, 1);
    for (int a = 0; a < 12; a++) {
      y.set(a, 0, 2.2 * INPUTS.get(a, 0) - INPUTS.get(a, 1) + 0.3 * Math.sin(5 * a));
    }
    return y;
  }

  private static double floor() {
    double mean = 0;
    double squares = 0;
    for (double y : targets().data()) {
      mean += y / 12;
      squares += y * y / 12;
    }
    return PRIOR.floor() * (squares - mean * mean);
  }

  /** Sums over the posterior, of which the first is that of weights. */
  private static final class Sums {
    private final double[] sums;

    Sums(int count) {
      sums = new double[count + 1];
    }

    void add(double weight, double... values) {
      sums[0] += weight;
      for (int k = 0; k < values.length; k++) {
        sums[k + 1] += weight * values[k];
      }
    }

    double mean(int k) {
      return sums[k + 1] / sums[0];
    }
  }

  /**
   * A linear network of one hidden layer without biases is a Gaussian process with the kernel e^t
   * K_0, where t = log Q + σ(θ_1 + θ_2), Q ~ χ²(n)/n: trapezoids in log Q, in (θ_1 + θ_2)/√2, whose
   * other combination the data say nothing of, and in the noise's θ.
   */
  @Test
  void linearNetworksWithAClosedForm() {
    int width = 4;
    Matrix k0 = Products.timesTranspose(INPUTS, INPUTS);
    Matrix across = Products.timesTranspose(TESTS, INPUTS);
    SymmetricEigen eigen = SymmetricEigen.of(k0);
    double[] rotated = Products.times(targets().data(), eigen.vectors());
    Matrix turned = Products.times(across, eigen.vectors());
    double scale = WEIGHT * WEIGHT / INPUTS.cols();
    double step = 0.2;
    Sums sums = new Sums(4 + 2 * TESTS.rows());
    for (double log = -6; log <= 3; log += step) {
      double half = 0.5 * width;
      double chi = half * (Math.log(half) + log - Math.exp(log)) - Gamma.logGamma(half);
      for (double z = -5; z <= 5; z += step) {
        double factor = scale * Math.exp(log + PRIOR.variances() * Math.sqrt(2) * z);
        for (double theta = -5; theta <= 5; theta += step) {
          double noise = floor() + NOISE * Math.exp(PRIOR.noise() * theta);
          double evidence = chi - 0.5 * z * z - 0.5 * theta * theta;
          double[] solved = new double[12];
          for (int a = 0; a < 12; a++) {
            double own = factor * Math.max(0, eigen.values()[a]) + noise;
            solved[a] = rotated[a] / own;
            evidence -= 0.5 * rotated[a] * solved[a] + 0.5 * Math.log(own);
          }
          double weight = Math.exp(evidence) * step * step * step;
          if (weight < 1e-30) {
            continue;
          }
          double[] values = new double[4 + 2 * TESTS.rows()];
          values[0] = noise;
          values[1] = noise * noise;
          // θ_1 = (z + w)/√2 with w ~ N(0, 1).
          double square = PRIOR.variances() * PRIOR.variances();
          values[2] = WEIGHT * Math.exp(PRIOR.variances() * z / Math.sqrt(2) + 0.25 * square);
          values[3] = Math.log(noise);
          for (int x = 0; x < TESTS.rows(); x++) {
            double mean = 0;
            double variance = factor * square(TESTS.row(x));
            for (int a = 0; a < 12; a++) {
              double kernel = factor * turned.get(x, a);
              mean += kernel * solved[a];
              variance -= kernel * kernel / (factor * Math.max(0, eigen.values()[a]) + noise);
            }
            values[4 + 2 * x] = mean;
            values[5 + 2 * x] = variance + mean * mean;
          }
          sums.add(weight, values);
        }
      }
    }
    // The priors' constants, and that of the likelihood.
    double exact = Math.log(sums.sums[0]) - Math.log(2 * Math.PI) - 6 * Math.log(2 * Math.PI);

    Widths at = Widths.of(width);
    Architecture network =
        Architecture.uniform(Activations.byName("linear").orElseThrow(), 1, 0, WEIGHT);
    Conditioned fitted =
        SmallChains.fit(
            SmallChains.conditioning(network, INPUTS, targets(), NOISE),
            new Chains(List.of(at), 16, 800, 3200, 400, 5).toTheEnd().sampling(PRIOR),
            TESTS);
    double error = fitted.posterior().logEvidence().error(at);
    assertThat(error).isLessThan(0.2);
    assertThat(fitted.posterior().logEvidence().at(at)).isCloseTo(exact, within(4 * error));
    List<SampledHyperparameter> found = found(fitted, at);
    assertThat(found.stream().map(SampledHyperparameter::name))
        .containsExactly(
            "noise variance", "weight variance, hidden layer", "weight variance, output layer");
    near(found.get(0), sums.mean(0));
    assertThat(found.get(0).deviation())
        .isCloseTo(Math.sqrt(sums.mean(1) - sums.mean(0) * sums.mean(0)), within(0.02));
    near(found.get(1), sums.mean(2));
    near(found.get(2), sums.mean(2));
    List<Predictive> rows = SmallChains.predict(fitted, TESTS, at);
    for (int x = 0; x < rows.size(); x++) {
      Predictive row = rows.get(x);
      double mean = sums.mean(4 + 2 * x);
      assertThat(row.mean()[0]).isCloseTo(mean, within(4 * row.meanError()[0]));
      assertThat(row.variance()[0])
          .isCloseTo(sums.mean(5 + 2 * x) - mean * mean, within(4 * row.varianceError()[0]));
      double[] noises = row.components().noises();
      assertThat(noises).hasSize(row.components().weights().length);
      assertThat(Arrays.stream(noises).min().orElseThrow()).isGreaterThan(floor());
    }
  }

  private static double square(double[] x) {
    return Products.dot(x, 0, x, 0, x.length);
  }

  private static void near(SampledHyperparameter found, double mean) {
    double error = found.deviation() / Math.sqrt(found.effectiveDraws());
    assertThat(error).isLessThan(0.1 * mean);
    assertThat(found.mean()).isCloseTo(mean, within(4 * error));
    assertThat(found.lower()).isLessThan(mean);
    assertThat(found.upper()).isGreaterThan(mean);
  }

  private static List<SampledHyperparameter> found(Conditioned fitted, Widths widths) {
    Account account = fitted.account(widths);
    assertThat(account.chains().get(0).failures()).isEmpty();
    return account.chains().get(0).hyperparameters();
  }

  /**
   * Draws of the whole prior with their likelihoods as weights: as many as make the standard errors
   * of both alike.
   */
  @Test
  void narrowNetworksByImportanceDraws() {
    Architecture network = Problems.network("tanh", 1);
    Matrix x = Problems.gaussian(5, 2, 31);
    Matrix y = Problems.gaussian(5, 1, 32);
    Matrix tests = Problems.gaussian(3, 2, 33);
    HyperparameterPrior prior = new HyperparameterPrior(1, 0.7, 0.8, 1e-4);
    NetworkProblem problem = NetworkProblem.of(network, x, y, 0.3, prior);
    NetworkShape shape = problem.shape(3);
    HyperparameterSpace space = problem.space().orElseThrow();
    ProbeRows probe = ProbeRows.of(problem, tests);
    CollapsedLikelihood likelihood = new CollapsedLikelihood(problem, shape);
    Probe look = new Probe(problem, shape, probe, likelihood);
    int count = 200_000;
    int values = look.values();
    double[] u = new double[shape.coordinates()];
    RandomStream random = new RandomStream(1, 2, 3, 4, 5);
    double total = 0;
    double squares = 0;
    double[] first = new double[values];
    double[][] kept = new double[count][];
    double[] weights = new double[count];
    for (int k = 0; k < count; k++) {
      random.fill(u);
      weights[k] = Math.exp(likelihood.value(u));
      kept[k] = look.look(u).clone();
      total += weights[k];
      squares += weights[k] * weights[k];
      for (int v = 0; v < values; v++) {
        first[v] += weights[k] * kept[k][v];
      }
    }
    assertThat(total * total / squares).isGreaterThan(5000);
    double[] errors = new double[values];
    for (int v = 0; v < values; v++) {
      first[v] /= total;
      for (int k = 0; k < count; k++) {
        double apart = weights[k] / total * (kept[k][v] - first[v]);
        errors[v] += apart * apart;
      }
    }

    Widths at = Widths.of(3);
    Conditioned fitted =
        SmallChains.fit(
            SmallChains.conditioning(network, x, y, 0.3),
            new Chains(List.of(at), 16, 600, 3200, 400, 5).toTheEnd().sampling(prior),
            tests);
    double evidence = fitted.posterior().logEvidence().error(at);
    double ofDraws = Math.sqrt(squares) / total;
    assertThat(fitted.posterior().logEvidence().at(at))
        .isCloseTo(Math.log(total / count), within(4 * Math.hypot(evidence, ofDraws)));
    List<SampledHyperparameter> found = found(fitted, at);
    assertThat(found).hasSize(space.size());
    for (int h = 0; h < found.size(); h++) {
      SampledHyperparameter one = found.get(h);
      double error =
          Math.hypot(one.deviation() / Math.sqrt(one.effectiveDraws()), Math.sqrt(errors[3 + h]));
      assertThat(error).as(one.name()).isLessThan(0.1 * one.mean());
      assertThat(one.mean()).as(one.name()).isCloseTo(first[3 + h], within(4 * error));
      assertThat(one.feature().isPresent()).isEqualTo(h >= space.size() - 2);
    }
    List<Predictive> rows = SmallChains.predict(fitted, tests, at);
    for (int t = 0; t < 3; t++) {
      double error = Math.hypot(rows.get(t).meanError()[0], Math.sqrt(errors[t]));
      assertThat(rows.get(t).mean()[0]).isCloseTo(first[t], within(4 * error));
    }
  }

  /** The noise of an NNGP by quadrature, which networks of 4000 neurons have but for 1/n. */
  @Test
  @Tag("slow")
  void wideNetworksHaveTheNoiseOfTheNngp() {
    Architecture network = Problems.network("erf", 1);
    Matrix x = Problems.gaussian(8, 3, 1);
    Matrix y = Problems.gaussian(8, 1, 2);
    Matrix tests = Problems.gaussian(4, 3, 3);
    HyperparameterPrior prior = new HyperparameterPrior(1, 0, 0, 1e-4);
    double floor =
        new HyperparameterSpace(
                prior, network, 0.1, HyperparameterSpace.variance(y.transpose().data(), 1), 3)
            .floor();
    Matrix kernel = SampleFlow.of(network, x).kernel(1);
    Sums sums = new Sums(1 + tests.rows());
    Widths at = Widths.of(4000);
    double step = 0.1;
    for (double theta = -5; theta <= 5; theta += step) {
      double noise = floor + 0.1 * Math.exp(theta);
      NngpPosterior nngp = NngpPosterior.of(kernel, y, noise);
      double[] values = new double[1 + tests.rows()];
      values[0] = noise;
      sums.add(step * Math.exp(nngp.logEvidence() - 0.5 * theta * theta), values);
    }
    double exact = Math.log(sums.sums[0]) - 0.5 * Math.log(2 * Math.PI);
    Conditioned fitted =
        SmallChains.fit(
            SmallChains.conditioning(network, x, y, 0.1),
            new Chains(List.of(at), 4, 120, 100, 100, 1).toTheEnd().sampling(prior),
            tests);
    SampledHyperparameter noise = fitted.account(at).chains().get(0).hyperparameters().get(0);
    double error = noise.deviation() / Math.sqrt(noise.effectiveDraws());
    assertThat(error).isLessThan(0.1 * noise.mean());
    assertThat(noise.mean()).isCloseTo(sums.mean(0), within(4 * error));
    double off = fitted.posterior().logEvidence().error(at);
    assertThat(fitted.posterior().logEvidence().at(at)).isCloseTo(exact, within(4 * off + 0.01));
  }

  /** Twice the noise of targets is seen as such. */
  @Test
  void theNoiseOfManyRowsIsFound() {
    Matrix x = Problems.gaussian(150, 2, 41);
    Matrix y = Matrix.zeros(150, 1);
    Matrix noise = Problems.gaussian(150, 1, 42);
    for (int a = 0; a < 150; a++) {
      y.set(a, 0, Math.tanh(x.get(a, 0)) + 0.2 * noise.get(a, 0));
    }
    Widths at = Widths.of(4);
    Conditioned fitted =
        SmallChains.fit(
            SmallChains.conditioning(
                Architecture.uniform(Activations.byName("tanh").orElseThrow(), 1, 0.1, 2),
                x,
                y,
                0.01),
            new Chains(List.of(at), 4, 400, 80, 400, 5)
                .toTheEnd()
                .sampling(HyperparameterPrior.weak(true)),
            Problems.gaussian(3, 2, 43));
    List<SampledHyperparameter> found = fitted.account(at).chains().get(0).hyperparameters();
    // 0.04 ± 12 % of 150 rows; given as 0.01.
    assertThat(found.get(0).mean()).isBetween(0.025, 0.06);
    // The second feature does nothing.
    double relevant = found.get(found.size() - 2).mean();
    assertThat(relevant).isGreaterThan(1.3);
    assertThat(found.get(found.size() - 1).mean()).isCloseTo(2 - relevant, within(1e-9));
  }
}
