package finitewidth.inference.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import finitewidth.inference.work.RandomStream;
import org.junit.jupiter.api.Test;

class MatrixPriorTest {
  /**
   * E Q = 1 and, of one layer, Cov(Q_ij, Q_kl) = (δ_ik δ_jl + δ_il δ_jk)/ν + u δ_ij δ_kl (1 + …) as
   * the vertex of the scale has it, over 200 000 draws: four standard errors each, false alarms of
   * a right program 1 in 2000 seeds.
   */
  @Test
  void priorsHaveTheMomentsOfTheirVertex() {
    double nu = 9;
    double u = 0.2;
    MatrixPrior prior = new MatrixPrior(new double[] {nu}, u, 2);
    MatrixPrior.Axes axes = prior.axes();
    double[] at = new double[prior.size()];
    RandomStream random = new RandomStream(1, 2, 3, 4, 5);
    int draws = 200_000;
    double[] q = new double[4];
    double[] products = new double[3];
    double[] squares = new double[3];
    double trace = 0;
    for (int k = 0; k < draws; k++) {
      prior.draw(random, at);
      axes.matrix(at, q);
      trace += 0.5 * (q[0] + q[3]) / draws;
      double[] each = {(q[0] - 1) * (q[0] - 1), q[1] * q[1], (q[0] - 1) * (q[3] - 1)};
      for (int i = 0; i < 3; i++) {
        products[i] += each[i] / draws;
        squares[i] += each[i] * each[i] / draws;
      }
    }
    // g² has the mean 1 + u beside what the Wishart matrix has.
    double[] expected = {(1 + u) * (1 + 2 / nu) - 1, (1 + u) / nu, u};
    assertThat(trace).isCloseTo(1, within(4 * Math.sqrt((u + 1 / nu) / draws)));
    for (int i = 0; i < 3; i++) {
      double error = Math.sqrt((squares[i] - products[i] * products[i]) / draws);
      assertThat(products[i]).as("moment " + i).isCloseTo(expected[i], within(4 * error));
    }
  }

  /** The density of coordinates is normalized: one output, one layer and a common factor. */
  @Test
  void densitiesIntegrateToOne() {
    MatrixPrior prior = new MatrixPrior(new double[] {3}, 0.4, 1);
    double step = 0.1;
    double sum = 0;
    for (double log = -30; log < 8; log += step) {
      for (double common = -25; common < 5; common += step) {
        sum += step * step * Math.exp(prior.logDensity(new double[] {log, common}));
      }
    }
    assertThat(sum).isCloseTo(1, within(1e-9));
  }

  /** A layer of one neuron leaves one direction of two outputs. */
  @Test
  void narrowLayersLeaveNothingOfOtherDirections() {
    MatrixPrior prior = new MatrixPrior(new double[] {5, 1}, 0, 2);
    assertThat(prior.size()).isEqualTo(3 + 2);
    double[] at = new double[prior.size()];
    prior.draw(new RandomStream(1, 2, 3, 4, 6), at);
    double[] scales = new double[2];
    prior.axes().of(at, scales, new double[4]);
    double large = Math.max(scales[0], scales[1]);
    assertThat(large).isPositive();
    assertThat(Math.min(scales[0], scales[1])).isLessThan(1e-14 * large);
  }

  @Test
  void smallMatricesAreDecomposed() {
    double[] a = {4, 1, -2, 1, 2, 0.5, -2, 0.5, 3};
    double[] values = new double[3];
    double[] vectors = new double[9];
    new SmallEigen(3).of(a, values, vectors);
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        double sum = 0;
        double product = 0;
        for (int k = 0; k < 3; k++) {
          sum += vectors[i * 3 + k] * values[k] * vectors[j * 3 + k];
          product += vectors[k * 3 + i] * vectors[k * 3 + j];
        }
        assertThat(sum).isCloseTo(a[i * 3 + j], within(1e-13));
        assertThat(product).isCloseTo(i == j ? 1 : 0, within(1e-13));
      }
    }
  }
}
