package finitewidth.evidence;

import finitewidth.inducing.Approximation;
import finitewidth.inducing.ProjectedSums;
import finitewidth.linalg.Cholesky;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.Products;

/**
 * The log evidence of projected rows from their sums, in the basis in which the inducing variables
 * are independent: with H = Σ v vᵀ/λ, r = Σ v yᵀ/λ, B = 1 + H and β = B⁻¹r
 *
 * <pre>
 * log p = −½ [Σ |y|²/λ − tr rᵀβ] − (m/2) [log det B + Σ log λ] − (mN/2) log 2π,
 * </pre>
 *
 * from which (m/2) Σ d/λ is taken away where the variational lower bound is wanted (Titsias,
 * AISTATS 2009).
 */
final class WhitenedEvidence {
  private final Approximation approximation;
  private final double noise;
  private final Matrix gram;
  private final Matrix beta;
  private final Matrix inverse;
  private final double dataFit;
  private final double logEvidence;
  private final double value;

  private WhitenedEvidence(
      Approximation approximation,
      double noise,
      ProjectedSums sums,
      double factor,
      double logVariances) {
    this.approximation = approximation;
    this.noise = noise;
    gram = times(factor, sums.gram());
    Matrix cross = times(factor, sums.cross());
    int u = sums.points();
    int m = sums.outputs();
    Matrix b = gram.copy();
    for (int a = 0; a < u; a++) {
      b.add(a, a, 1);
    }
    Cholesky cholesky = Cholesky.of(b);
    beta = cholesky.solve(cross);
    inverse = cholesky.inverse();
    dataFit = factor * sums.squares() - Products.inner(cross, beta);
    logEvidence =
        -0.5 * dataFit
            - 0.5 * m * (cholesky.logDeterminant() + logVariances)
            - 0.5 * m * sums.rows() * Math.log(2 * Math.PI);
    value =
        approximation == Approximation.DTC
            ? logEvidence - 0.5 * m * factor * sums.open()
            : logEvidence;
  }

  /** Of FITC's sums, taken with this noise. */
  static WhitenedEvidence of(ProjectedSums sums, double noise) {
    return new WhitenedEvidence(Approximation.FITC, noise, sums, 1, sums.logVariances());
  }

  /** Of DTC's sums, taken with a noise of 1. */
  static WhitenedEvidence ofEqual(ProjectedSums sums, double noise) {
    return new WhitenedEvidence(
        Approximation.DTC, noise, sums, 1 / noise, sums.rows() * Math.log(noise));
  }

  private static Matrix times(double factor, Matrix matrix) {
    for (int k = 0; k < matrix.data().length; k++) {
      matrix.data()[k] *= factor;
    }
    return matrix;
  }

  /** s². */
  double noise() {
    return noise;
  }

  /** β, u × m. */
  Matrix beta() {
    return beta;
  }

  /** B⁻¹, u × u. */
  Matrix inverse() {
    return inverse;
  }

  /** What is quadratic in the targets, Σ |y|²/λ − tr rᵀβ. */
  double dataFit() {
    return dataFit;
  }

  /** log p. */
  double logEvidence() {
    return logEvidence;
  }

  /** What is maximised: the lower bound with DTC, log p with FITC. */
  double value() {
    return value;
  }

  /**
   * Σ v̄ vᵀ, with v̄ the derivatives in v.
   *
   * @param open Σ d̄ v vᵀ, with d̄ the derivatives in d; empty with DTC, where it is −(m/2) H
   */
  Matrix byInner(Matrix open) {
    int u = gram.rows();
    int m = beta.cols();
    boolean equal = approximation == Approximation.DTC;
    Matrix sum = Products.timesTranspose(beta, beta);
    for (int a = 0; a < u; a++) {
      for (int b = 0; b < u; b++) {
        double shrunk = (a == b ? 1 : 0) - inverse.get(a, b);
        double further = equal ? m * gram.get(a, b) : -2 * open.get(a, b);
        sum.add(a, b, further - m * shrunk);
      }
    }
    return sum;
  }
}
