package finitewidth.inference.ensemble;

import finitewidth.linalg.Accumulate;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.Products;

/**
 * What the expansion of a draw's weighted {@link Quantities} in the deviations X of its kernel is
 * made of, for several X at once: with x̃ = x − w_x·R
 *
 * <pre>
 * ℓ = ½ tr BX,   X_x̃φ,   X_x̃x̃,   X A⁻¹,   Xφ,   A⁻¹Xφ,   X_x̃R,   X_x̃R A⁻¹.
 * </pre>
 *
 * <p>All of them are linear in X. O(P³ + T P²) each, in two matrix products for all together.
 * Belongs to one thread.
 */
final class Projections {
  private final Pairs pairs;
  private final Reference reference;
  private final int outputs;
  private final int p;
  private final int tests;

  /** A⁻¹, wᵀ and φ side by side, P × (P + T + m). */
  private final Matrix onto;

  private Matrix projected = Matrix.zeros(0, 0);
  private Matrix across = Matrix.zeros(0, 0);
  private Matrix acrossInverse = Matrix.zeros(0, 0);

  /** By X: [X][…]. */
  double[] weight = new double[0];

  /** X_x̃φ: [X][test point · outputs + output]. */
  double[][] mean = new double[0][];

  /** X_x̃x̃: [X][test point]. */
  double[][] variance = new double[0][];

  /** X A⁻¹: [X][P · P]. */
  double[][] turned = new double[0][];

  /** Xφ: [X][P · m]. */
  double[][] onPhi = new double[0][];

  /** A⁻¹Xφ: [X][P · m]. */
  double[][] inverseOnPhi = new double[0][];

  Projections(EnsembleProblem problem) {
    pairs = problem.pairs();
    reference = problem.reference();
    outputs = problem.outputs();
    p = pairs.training();
    tests = pairs.tests();
    onto = Matrix.zeros(p, p + tests + outputs);
    for (int a = 0; a < p; a++) {
      for (int b = 0; b < p; b++) {
        onto.set(a, b, reference.inverse().get(a, b));
      }
      for (int t = 0; t < tests; t++) {
        onto.set(a, p + t, reference.weights().get(t, a));
      }
      for (int i = 0; i < outputs; i++) {
        onto.set(a, p + tests + i, reference.phi().get(a, i));
      }
    }
  }

  /**
   * Projects deviations that stand one after the other.
   *
   * @param x each on the pairs
   */
  void project(double[] x) {
    int count = x.length / pairs.count();
    if (count != weight.length) {
      resize(count);
    }
    Accumulate.times(1, Matrix.wrap(count * pairs.rows(), p, x), onto, 0, projected);
    double[] flat = projected.data();
    int stride = onto.cols();
    for (int k = 0; k < count; k++) {
      int start = k * pairs.count();
      int row = k * pairs.rows();
      weight[k] = 0.5 * Products.dot(reference.b().data(), 0, x, start, p * p);
      for (int a = 0; a < p; a++) {
        System.arraycopy(flat, (row + a) * stride, turned[k], a * p, p);
        System.arraycopy(flat, (row + a) * stride + p + tests, onPhi[k], a * outputs, outputs);
      }
      times(reference.inverse().data(), onPhi[k], inverseOnPhi[k]);
      for (int t = 0; t < tests; t++) {
        int from = start + (p + t) * p;
        int to = (k * tests + t) * p;
        for (int a = 0; a < p; a++) {
          across.data()[to + a] = x[from + a] - flat[(row + a) * stride + p + t];
        }
        double[] w = reference.weights().data();
        variance[k][t] =
            x[start + pairs.own(p + t)]
                - flat[(row + p + t) * stride + p + t]
                - Products.dot(w, t * p, across.data(), to, p);
        for (int i = 0; i < outputs; i++) {
          double sum = flat[(row + p + t) * stride + p + tests + i];
          for (int a = 0; a < p; a++) {
            sum -= w[t * p + a] * onPhi[k][a * outputs + i];
          }
          mean[k][t * outputs + i] = sum;
        }
      }
    }
    Accumulate.times(1, across, reference.inverse(), 0, acrossInverse);
  }

  private void resize(int count) {
    projected = Matrix.zeros(count * pairs.rows(), onto.cols());
    across = Matrix.zeros(count * tests, p);
    acrossInverse = Matrix.zeros(count * tests, p);
    weight = new double[count];
    mean = new double[count][tests * outputs];
    variance = new double[count][tests];
    turned = new double[count][p * p];
    onPhi = new double[count][p * outputs];
    inverseOnPhi = new double[count][p * outputs];
  }

  /** out = S·x for a symmetric P × P matrix and a P × m one. */
  private void times(double[] s, double[] x, double[] out) {
    for (int a = 0; a < p; a++) {
      for (int i = 0; i < outputs; i++) {
        double sum = 0;
        for (int b = 0; b < p; b++) {
          sum += s[a * p + b] * x[b * outputs + i];
        }
        out[a * outputs + i] = sum;
      }
    }
  }

  /** X_x̃R of all X, test point by test point: T · P numbers each. */
  double[] across() {
    return across.data();
  }

  /** X_x̃R A⁻¹, likewise. */
  double[] acrossInverse() {
    return acrossInverse.data();
  }
}
