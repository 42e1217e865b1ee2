package finitewidth.ensemble;

import finitewidth.linalg.Accumulate;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.Products;

/**
 * The expansion of a draw's weighted {@link Quantities} in the deviation X of its kernel from that
 * of infinite width: with x̃ = x − w_x·R and ℓ = ½ tr BX the first order is
 *
 * <pre>
 * weight ℓ,   mean X_x̃φ,   variance X_x̃x̃,
 * </pre>
 *
 * and the second, quadratic in X,
 *
 * <pre>
 * weight ½ℓ² − ½ Σ_i φ_iᵀX A⁻¹X φ_i + (m/4) tr(A⁻¹X A⁻¹X),
 * mean   ℓ X_x̃φ_i − (X A⁻¹X)_x̃φ_i,
 * square ℓ X_x̃x̃ − (X A⁻¹X)_x̃x̃ + (X_x̃φ_i)².
 * </pre>
 *
 * <p>O(P³ + T P²). Belongs to one thread.
 */
final class Expansion {
  private final Pairs pairs;
  private final Reference reference;
  private final Quantities quantities;
  private final int outputs;
  private final Matrix rr;
  private final Matrix acrossTests;
  private final Matrix onPhi;
  private final Matrix inverseOnPhi;
  private final Matrix turned;
  private final Matrix inverseAcross;
  private final Matrix mean;
  private final double[] variance;
  private double weight;

  Expansion(EnsembleProblem problem) {
    pairs = problem.pairs();
    reference = problem.reference();
    quantities = problem.quantities();
    outputs = problem.outputs();
    int p = pairs.training();
    int tests = pairs.tests();
    rr = Matrix.zeros(p, p);
    acrossTests = Matrix.zeros(tests, p);
    onPhi = Matrix.zeros(p, outputs);
    inverseOnPhi = Matrix.zeros(p, outputs);
    turned = Matrix.zeros(p, p);
    inverseAcross = Matrix.zeros(tests, p);
    mean = Matrix.zeros(tests, outputs);
    variance = new double[tests];
  }

  /** Adds the first order of X. */
  void addLinear(double[] x, double[] out) {
    project(x);
    out[Quantities.WEIGHT] += weight;
    for (int t = 0; t < pairs.tests(); t++) {
      for (int i = 0; i < outputs; i++) {
        out[quantities.mean(t, i)] += mean.get(t, i);
        out[quantities.square(t, i)] += variance[t];
      }
    }
  }

  /** Adds {@code sign} times the second order of X. */
  void addQuadratic(double sign, double[] x, double[] out) {
    project(x);
    int p = pairs.training();
    Accumulate.times(1, rr, reference.phi(), 0, onPhi);
    Accumulate.times(1, reference.inverse(), onPhi, 0, inverseOnPhi);
    Accumulate.times(1, reference.inverse(), rr, 0, turned);
    Accumulate.times(1, acrossTests, reference.inverse(), 0, inverseAcross);
    double trace = 0;
    for (int a = 0; a < p; a++) {
      for (int b = 0; b < p; b++) {
        trace += turned.get(a, b) * turned.get(b, a);
      }
    }
    out[Quantities.WEIGHT] +=
        sign
            * (0.5 * weight * weight
                - 0.5 * Products.inner(onPhi, inverseOnPhi)
                + 0.25 * outputs * trace);
    for (int t = 0; t < pairs.tests(); t++) {
      double twice = Products.dot(acrossTests.data(), t * p, inverseAcross.data(), t * p, p);
      for (int i = 0; i < outputs; i++) {
        double shift = mean.get(t, i);
        double through = 0;
        for (int a = 0; a < p; a++) {
          through += acrossTests.get(t, a) * inverseOnPhi.get(a, i);
        }
        out[quantities.mean(t, i)] += sign * (weight * shift - through);
        out[quantities.square(t, i)] += sign * (weight * variance[t] - twice + shift * shift);
      }
    }
  }

  /** ℓ, X_x̃R, X_x̃φ, X_x̃x̃. */
  private void project(double[] x) {
    int p = pairs.training();
    int tests = pairs.tests();
    System.arraycopy(x, 0, rr.data(), 0, p * p);
    System.arraycopy(x, p * p, acrossTests.data(), 0, tests * p);
    weight = 0.5 * Products.inner(reference.b(), rr);
    double[] w = reference.weights().data();
    for (int t = 0; t < tests; t++) {
      variance[t] = x[pairs.own(p + t)] - Products.dot(w, t * p, acrossTests.data(), t * p, p);
    }
    Accumulate.times(-1, reference.weights(), rr, 1, acrossTests);
    for (int t = 0; t < tests; t++) {
      variance[t] -= Products.dot(w, t * p, acrossTests.data(), t * p, p);
    }
    Accumulate.times(1, acrossTests, reference.phi(), 0, mean);
  }
}
