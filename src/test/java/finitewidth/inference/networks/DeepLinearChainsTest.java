package finitewidth.inference.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import finitewidth.gaussian.activations.Activations;
import finitewidth.inference.Conditioned;
import finitewidth.linalg.Cholesky;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.Products;
import finitewidth.oracle.Problems;
import finitewidth.posterior.Predictive;
import finitewidth.prior.Architecture;
import finitewidth.prior.Widths;
import java.util.List;
import org.hipparchus.special.Gamma;
import org.junit.jupiter.api.Test;

/**
 * Deep linear networks without biases and with one output: given Q = Π_l χ²(n_l)/n_l the function
 * is a Gaussian process with kernel Q K_0, so that all of the posterior is an integral over Q.
 */
class DeepLinearChainsTest {
  private static final Matrix INPUTS = Problems.gaussian(12, 3, 21);
  private static final Matrix TESTS = Problems.gaussian(4, 3, 22);
  private static final double NOISE = 0.1;
  private static final double WEIGHT = 1.3;

  private static Matrix targets() {
    Matrix y = Matrix.zeros(12, 1);
    for (int a = 0; a < 12; a++) {
      y.set(a, 0, 2.2 * INPUTS.get(a, 0) - INPUTS.get(a, 1) + 0.3 * Math.sin(5 * a));
    }
    return y;
  }

  /** What a Gaussian process with kernel Q K_0 says. */
  private record Given(double logEvidence, double[] mean, double[] variance) {}

  private static Given given(double q, double scale) {
    double factor = q * scale / INPUTS.cols();
    Matrix kernel = Products.timesTranspose(INPUTS, INPUTS);
    Matrix across = Products.timesTranspose(TESTS, INPUTS);
    for (int i = 0; i < kernel.data().length; i++) {
      kernel.data()[i] *= factor;
    }
    for (int i = 0; i < across.data().length; i++) {
      across.data()[i] *= factor;
    }
    for (int a = 0; a < kernel.rows(); a++) {
      kernel.add(a, a, NOISE);
    }
    Cholesky cholesky = Cholesky.of(kernel);
    Matrix phi = cholesky.solve(targets());
    double[] mean = new double[TESTS.rows()];
    double[] variance = new double[TESTS.rows()];
    for (int x = 0; x < mean.length; x++) {
      double[] k = across.row(x);
      double[] half = cholesky.solveLower(k);
      double[] own = TESTS.row(x);
      mean[x] = Products.dot(k, 0, phi.data(), 0, k.length);
      variance[x] =
          factor * Products.dot(own, 0, own, 0, own.length)
              - Products.dot(half, 0, half, 0, half.length);
    }
    double evidence =
        -0.5 * Products.inner(targets(), phi)
            - 0.5 * cholesky.logDeterminant()
            - 0.5 * kernel.rows() * Math.log(2 * Math.PI);
    return new Given(evidence, mean, variance);
  }

  /** log of the density of t = log(χ²(n)/n). */
  private static double logDensity(double t, int n) {
    double half = 0.5 * n;
    return half * (Math.log(half) + t - Math.exp(t)) - Gamma.logGamma(half);
  }

  /** Trapezoids in log Q of every layer, which are exact to all digits for such functions. */
  private static Given exact(int... widths) {
    int nodes = 81;
    double from = -5;
    double step = 0.1;
    double scale = Math.pow(WEIGHT, widths.length + 1);
    double total = 0;
    double peak = given(1, scale).logEvidence();
    double[] mean = new double[TESTS.rows()];
    double[] second = new double[TESTS.rows()];
    int all = (int) Math.pow(nodes, widths.length);
    for (int node = 0; node < all; node++) {
      double t = 0;
      double log = widths.length * Math.log(step);
      int rest = node;
      for (int width : widths) {
        double own = from + step * (rest % nodes);
        t += own;
        log += logDensity(own, width);
        rest /= nodes;
      }
      if (log < -60) {
        continue;
      }
      Given there = given(Math.exp(t), scale);
      double weight = Math.exp(log + there.logEvidence() - peak);
      total += weight;
      for (int x = 0; x < mean.length; x++) {
        mean[x] += weight * there.mean()[x];
        second[x] += weight * (there.variance()[x] + there.mean()[x] * there.mean()[x]);
      }
    }
    for (int x = 0; x < mean.length; x++) {
      mean[x] /= total;
      second[x] = second[x] / total - mean[x] * mean[x];
    }
    return new Given(peak + Math.log(total), mean, second);
  }

  private static void compare(int... widths) {
    Architecture network =
        Architecture.uniform(Activations.byName("linear").orElseThrow(), widths.length, 0, WEIGHT);
    Given exact = exact(widths);
    Widths at = SmallChains.widths(widths);
    Conditioned fitted =
        SmallChains.fit(
            SmallChains.conditioning(network, INPUTS, targets(), NOISE),
            new Chains(List.of(at), 16, 400, 3200, 1600, 5),
            TESTS);
    double error = fitted.posterior().logEvidence().error(at);
    assertThat(error).isLessThan(0.15);
    assertThat(fitted.posterior().logEvidence().at(at))
        .isCloseTo(exact.logEvidence(), within(4 * error));
    List<Predictive> found = SmallChains.predict(fitted, TESTS, at);
    for (int x = 0; x < found.size(); x++) {
      Predictive row = found.get(x);
      assertThat(row.mean()[0]).isCloseTo(exact.mean()[x], within(4 * row.meanError()[0]));
      assertThat(row.variance()[0])
          .isCloseTo(exact.variance()[x], within(4 * row.varianceError()[0]));
    }
  }

  /** Four standard errors of 15 degrees of freedom: 1 of 100 such networks fails by chance. */
  @Test
  void oneLayerAgrees() {
    compare(3);
    compare(20);
  }

  @Test
  void twoLayersAgree() {
    compare(4, 3);
  }
}
