package finitewidth.inference.scale;

import finitewidth.linalg.Matrix;
import finitewidth.linalg.Products;
import finitewidth.linalg.SymmetricEigen;
import finitewidth.posterior.NngpPosterior;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

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
 * @param y WY, P
 * @param bias C_b W·1, P
 * @param biasVariance C_b
 */
public record Whitened(Matrix basis, double[] kappa, double[] y, double[] bias, double biasVariance)
    implements Serializable {

  /**
   * The basis of a posterior with one output. O(P³).
   *
   * @param kernel K_RR
   * @param biasVariance C_b of the output
   */
  public static Whitened of(NngpPosterior nngp, Matrix kernel, double biasVariance) {
    return each(nngp, kernel, biasVariance).get(0);
  }

  /**
   * The same for each of several outputs that share a scale: they differ by y alone.
   *
   * @param kernel K_RR
   * @param biasVariance C_b of the output
   */
  public static List<Whitened> each(NngpPosterior nngp, Matrix kernel, double biasVariance) {
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
    SymmetricEigen eigen = SymmetricEigen.of(both);
    Matrix basis = nngp.cholesky().solveUpper(eigen.vectors()).transpose();
    double[] kappa = new double[n];
    for (int k = 0; k < n; k++) {
      // Beyond by rounding alone.
      kappa[k] = Math.max(0, Math.min(1, eigen.values()[k]));
    }
    // y = WY = UᵀLᵀφ.
    Matrix along = nngp.cholesky().upperTimes(nngp.phi());
    Matrix y = Products.transposeTimes(eigen.vectors(), along);
    double[] bias = new double[n];
    for (int k = 0; k < n; k++) {
      double sum = 0;
      for (int a = 0; a < n; a++) {
        sum += basis.get(k, a);
      }
      bias[k] = biasVariance * sum;
    }
    List<Whitened> outputs = new ArrayList<>();
    for (int i = 0; i < y.cols(); i++) {
      outputs.add(new Whitened(basis, kappa, y.column(i), bias, biasVariance));
    }
    return outputs;
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

  /** W M Wᵀ. */
  public Matrix whiten(Matrix matrix) {
    return Products.timesTranspose(Products.times(basis, matrix), basis);
  }

  /** Wᵀψ. */
  public double[] back(double[] psi) {
    return Products.times(psi, basis);
  }

  /** log p(Y | Q) − log p(Y | 1) = −½ Σ_k [y_k² (1/d_k − 1) + log d_k], d = 1 + (Q − 1) κ. */
  public double logLikelihood(double scale) {
    double squares = 0;
    double logarithms = 0;
    for (int k = 0; k < y.length; k++) {
      double change = (scale - 1) * kappa[k];
      double d = divisor(scale, k);
      squares -= y[k] * y[k] * change / d;
      logarithms += change > -0.5 ? Math.log1p(change) : Math.log(d);
    }
    return -0.5 * (squares + logarithms);
  }

  /** d_k = 1 + (Q − 1) κ_k as a sum of what is not negative: κ may be 1, and Q tiny. */
  private double divisor(double scale, int k) {
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

  /**
   * The Gaussian of a row at one scale: μ = Σ_k r_k y_k/d_k and c = C_b + Q K̃_xx − Σ_k r_k²/d_k
   * with r = W(C_b·1 + Q K̃_Rx).
   *
   * @param to receives the mean and the variance
   */
  public void at(Row row, double scale, double[] to) {
    double excess = scale - 1;
    double mean = 0;
    double explained = 0;
    for (int k = 0; k < y.length; k++) {
      double r = row.own()[k] + excess * row.scaled()[k];
      double weight = r / divisor(scale, k);
      mean += weight * y[k];
      explained += weight * r;
    }
    to[0] = mean;
    to[1] = row.variance() + excess * row.scaledVariance() - explained;
  }
}
