package finitewidth.inference.scale;

import finitewidth.linalg.Matrix;
import finitewidth.linalg.Products;
import finitewidth.linalg.SymmetricEigen;
import finitewidth.posterior.NngpPosterior;
import java.io.Serializable;

/**
 * The basis in which the kernel's scale is a number for each coordinate. With A = LLᵀ and K̃ = K −
 * C_b, C_b the bias variance of the output, L⁻¹K̃_RR L⁻ᵀ = U diag(κ) Uᵀ and W = UᵀL⁻¹:
 *
 * <ul>
 *   <li>W A(Q) Wᵀ = diag(1 + (Q − 1) κ) for A(Q) = A + (Q − 1) K̃_RR, at every scale Q, and
 *   <li>A⁻¹ = WᵀW, φ = Wᵀy with y = WY.
 * </ul>
 *
 * <p>κ is the part of A that scales, between 0 and 1. What does not (output bias, noise, the noise
 * matrix of inducing points) is never needed by itself.
 *
 * @param basis W, P × P
 * @param kappa κ, P
 * @param y WY, [output][P]
 * @param bias C_b W·1, P
 * @param biasVariance C_b
 */
public record Whitened(
    Matrix basis, double[] kappa, double[][] y, double[] bias, double biasVariance)
    implements Serializable {

  /**
   * The basis of a posterior. O(P³).
   *
   * @param kernel K_RR
   * @param biasVariance C_b of the output
   */
  public static Whitened of(NngpPosterior nngp, Matrix kernel, double biasVariance) {
    int n = kernel.rows();
    Matrix scaled = kernel.copy();
    for (int i = 0; i < scaled.data().length; i++) {
      scaled.data()[i] -= biasVariance;
    }
    // L⁻¹K̃ by rows of K̃ = K̃ᵀ, transposed, and once more.
    nngp.cholesky().solveLowerRows(scaled);
    Matrix both = scaled.transpose();
    nngp.cholesky().solveLowerRows(both);
    symmetrise(both);
    SymmetricEigen eigen = SymmetricEigen.divided(both);
    Matrix basis = nngp.cholesky().solveUpper(eigen.vectors()).transpose();
    double[] kappa = new double[n];
    for (int k = 0; k < n; k++) {
      // Beyond by rounding alone.
      kappa[k] = Math.max(0, Math.min(1, eigen.values()[k]));
    }
    // y = WY = UᵀLᵀφ.
    Matrix along = nngp.cholesky().upperTimes(nngp.phi());
    Matrix coordinates = Products.transposeTimes(eigen.vectors(), along);
    double[][] y = new double[coordinates.cols()][];
    for (int i = 0; i < y.length; i++) {
      y[i] = coordinates.column(i);
    }
    double[] bias = new double[n];
    for (int k = 0; k < n; k++) {
      double sum = 0;
      for (int a = 0; a < n; a++) {
        sum += basis.get(k, a);
      }
      bias[k] = biasVariance * sum;
    }
    return new Whitened(basis, kappa, y, bias, biasVariance);
  }

  private static void symmetrise(Matrix matrix) {
    for (int a = 0; a < matrix.rows(); a++) {
      for (int b = 0; b < a; b++) {
        double value = 0.5 * (matrix.get(a, b) + matrix.get(b, a));
        matrix.set(a, b, value);
        matrix.set(b, a, value);
      }
    }
  }

  /** P. */
  public int size() {
    return kappa.length;
  }

  /** m. */
  public int outputs() {
    return y.length;
  }

  /** W M Wᵀ. */
  public Matrix whiten(Matrix matrix) {
    return Products.timesTranspose(Products.times(basis, matrix), basis);
  }

  /** Wᵀψ. */
  public double[] back(double[] psi) {
    return Products.times(psi, basis);
  }

  /**
   * log p(Y | Q) − log p(Y | 1) = −½ Σ_k [|y_k|² (1/d_k − 1) + m log d_k], d = 1 + (Q − 1) κ, for a
   * scale that all outputs share.
   */
  public double logLikelihood(double scale) {
    double squares = 0;
    double logarithms = 0;
    for (int k = 0; k < kappa.length; k++) {
      double change = (scale - 1) * kappa[k];
      double d = divisor(scale, k);
      double square = 0;
      for (double[] own : y) {
        square += own[k] * own[k];
      }
      squares -= square * change / d;
      logarithms += change > -0.5 ? Math.log1p(change) : Math.log(d);
    }
    return -0.5 * (squares + outputs() * logarithms);
  }

  /** d_k = 1 + (Q − 1) κ_k as a sum of what is not negative: κ may be 1, and Q tiny. */
  public double divisor(double scale, int k) {
    return (1 - kappa[k]) + scale * kappa[k];
  }

  /**
   * A row, in this basis.
   *
   * @param covariances K_Rx
   * @param variance K_xx
   */
  public Row row(double[] covariances, double variance) {
    double[] own = Products.times(basis, covariances);
    double[] scaled = own.clone();
    for (int k = 0; k < scaled.length; k++) {
      scaled[k] -= bias[k];
    }
    return new Row(own, scaled, variance, variance - biasVariance);
  }

  /**
   * A row x in the basis.
   *
   * @param own W K_Rx
   * @param scaled W K̃_Rx
   * @param variance K_xx
   * @param scaledVariance K̃_xx
   */
  public record Row(double[] own, double[] scaled, double variance, double scaledVariance) {}
}
