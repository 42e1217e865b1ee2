package finitewidth.inference.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import finitewidth.inference.work.RandomStream;
import finitewidth.oracle.Problems;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hidden weights together with those of the last layer. */
class OpenLikelihoodTest {
  private static final int ROWS = 12;

  private static NetworkProblem problem(String activation, int layers) {
    return NetworkProblem.of(
        Problems.network(activation, layers),
        Problems.gaussian(ROWS, 3, 1),
        Problems.gaussian(ROWS, 2, 2),
        0.07);
  }

  private static double[] draw(NetworkShape shape, long seed) {
    double[] u = new double[shape.weights()];
    new RandomStream(seed, 0, 0, 0, 0).fill(u);
    return u;
  }

  @ParameterizedTest
  @ValueSource(strings = {"relu", "leaky-relu", "tanh", "gelu", "quadratic"})
  void gradientsAreThoseOfDifferences(String activation) {
    for (int[] widths : new int[][] {{1}, {5}, {20}, {4, 6}}) {
      NetworkProblem problem = problem(activation, widths.length);
      OpenLikelihood open =
          new OpenLikelihood(problem, new CollapsedLikelihood(problem, problem.shape(widths)));
      double[] x = draw(open.shape(), 3);
      double[] gradient = new double[x.length];
      open.gradient(x, gradient);
      double[] scratch = new double[x.length];
      double scale = norm(gradient);
      double[] along = draw(open.shape(), 4);
      double unit = norm(along);
      double slope = 0;
      for (int i = 0; i < x.length; i++) {
        along[i] /= unit;
        slope += along[i] * gradient[i];
      }
      double near = difference(open, x, along, 1e-4, scratch);
      double far = difference(open, x, along, 2e-4, scratch);
      assertThat(slope).isCloseTo((8 * near - far) / 12e-4, within(1e-7 * scale));
      // Between the ends of a trajectory the same to single precision.
      assertThat(open.between(x, scratch)).isTrue();
      for (int i = 0; i < x.length; i++) {
        assertThat(scratch[i]).isCloseTo(gradient[i], within(1e-5 * scale));
      }
    }
  }

  private static double difference(
      OpenLikelihood open, double[] x, double[] along, double h, double[] scratch) {
    return open.gradient(at(x, along, h), scratch) - open.gradient(at(x, along, -h), scratch);
  }

  private static double[] at(double[] x, double[] along, double h) {
    double[] moved = x.clone();
    for (int i = 0; i < x.length; i++) {
      moved[i] += h * along[i];
    }
    return moved;
  }

  private static double norm(double[] x) {
    double square = 0;
    for (double one : x) {
      square += one * one;
    }
    return Math.sqrt(square);
  }

  /**
   * Draws have the posterior's mean and variance along a direction, by either form of the last
   * layer: 20,000 each, within 4.5 standard errors; of 8 comparisons one fails by chance in 18,000
   * seeds.
   */
  @Test
  void drawsAreThoseOfThePosterior() {
    for (int[] widths : new int[][] {{5}, {20}}) {
      NetworkProblem problem = problem("tanh", 1);
      NetworkShape shape = problem.shape(widths);
      double[] u = draw(shape, 5);
      int q = shape.features();
      double[] along = new double[q];
      new RandomStream(6, 0, 0, 0, 0).fill(along);
      WoodburyReadout exact = new WoodburyReadout(problem, q);
      CollapsedLikelihood known = new CollapsedLikelihood(problem, shape, exact);
      known.value(u);
      // The mean and variance of a network whose features at a row are the direction.
      double[] mean = new double[2];
      double[] variance = new double[1];
      exact.weights(known.layers().last()).predict(along.clone(), 1, mean, variance);
      for (Readout form : List.of(exact, new DenseReadout(problem, q))) {
        CollapsedLikelihood likelihood = new CollapsedLikelihood(problem, shape, form);
        likelihood.value(u);
        RandomStream random = new RandomStream(7, 0, 0, 0, 0);
        double[] w = new double[2 * q];
        int draws = 20_000;
        double sum = 0;
        double square = 0;
        for (int k = 0; k < draws; k++) {
          form.draw(likelihood.layers().last(), random, w);
          double value = 0;
          for (int j = 0; j < q; j++) {
            value += along[j] * w[q + j];
          }
          sum += value - mean[1];
          square += (value - mean[1]) * (value - mean[1]);
        }
        assertThat(sum / draws).isCloseTo(0, within(4.5 * Math.sqrt(variance[0] / draws)));
        assertThat(square / draws / variance[0]).isCloseTo(1, within(4.5 * Math.sqrt(2.0 / draws)));
      }
    }
  }

  @Test
  void reflectionsAreTheirOwnInverse() {
    double[] x = {9, 1, 2, 3, 4, 8};
    double[] before = x.clone();
    Reflection.reflect(x, 1, 4);
    assertThat(x[0]).isEqualTo(9);
    assertThat(x[5]).isEqualTo(8);
    assertThat(x[1]).isCloseTo(10.0 / 2, within(1e-14));
    Reflection.reflect(x, 1, 4);
    assertThat(x).containsExactly(before, within(1e-14));
  }
}
