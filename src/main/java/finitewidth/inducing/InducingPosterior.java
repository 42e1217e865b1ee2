package finitewidth.inducing;

import finitewidth.linalg.Cholesky;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.Products;
import finitewidth.linalg.SymmetricEigen;
import finitewidth.posterior.NngpPosterior;
import java.util.Arrays;

/**
 * What many rows say of the inducing points: a posterior on u points with targets Ŷ and a noise
 * matrix (docs/theory.md#inducing-points).
 *
 * <p>With the sums of {@link ProjectedSums}, A = K_uu + (WᵀΛ⁻¹W)⁻¹ = L (1 + H⁻¹) Lᵀ, A⁻¹ = L⁻ᵀ [1 −
 * (1 + H)⁻¹] L⁻¹, φ = L⁻ᵀ (1 + H)⁻¹ r and Ŷ = A φ. By the eigenvalues of H nothing of it needs the
 * inverse of a matrix that may be singular.
 *
 * @param nngp order 0, whose log evidence is that of all rows
 * @param inverse A⁻¹, u × u
 * @param targets Ŷ, u × m
 * @param variationalBound a lower bound on the exact log evidence, for {@link Approximation#DTC};
 *     with {@link Approximation#FITC} the log evidence itself
 * @param unseen directions in the space of the points that the rows do not see to working
 *     precision: there A⁻¹ is zero but for rounding, and the noise is taken to be as large as can
 *     be told from infinite
 * @param open Σ d/λ over rows: 0 where the points say all
 */
public record InducingPosterior(
    NngpPosterior nngp,
    Matrix inverse,
    Matrix targets,
    double variationalBound,
    int unseen,
    double open) {
  /** Eigenvalues of H below this, times u and the largest, are rounding. */
  private static final double RELATIVE = 0x1p-51;

  /** From the points and the sums over all rows. O(u³). */
  public static InducingPosterior of(
      InducingPoints points, ProjectedSums sums, Approximation approximation) {
    int u = points.size();
    int m = sums.outputs();
    SymmetricEigen eigen = SymmetricEigen.of(sums.gram());
    double[] values = eigen.values();
    double least = Math.max(RELATIVE * u * values[u - 1], Double.MIN_NORMAL);
    int unseen = (int) Arrays.stream(values).filter(value -> value < least).count();
    double logDeterminant = 0;
    double[] seen = new double[u];
    double[] shrunk = new double[u];
    double[] widened = new double[u];
    for (int k = 0; k < u; k++) {
      double value = Math.max(values[k], least);
      logDeterminant += Math.log1p(value);
      shrunk[k] = 1 / (1 + value);
      seen[k] = Math.sqrt(value / (1 + value));
      widened[k] = Math.sqrt(1 + 1 / value);
    }
    Matrix rotated = Products.transposeTimes(eigen.vectors(), sums.cross());
    Matrix mean = Products.times(eigen.vectors(), scaleRows(rotated.copy(), shrunk));
    double explained = Products.inner(sums.cross(), mean);
    Cholesky factor = points.factor();
    Matrix phi = factor.solveUpper(mean);
    Matrix root = factor.solveUpper(scaleColumns(eigen.vectors(), seen));
    Matrix inverse = Products.timesTranspose(root, root);
    symmetrise(inverse);
    Cholesky a = Cholesky.ofProduct(factor.lowerTimes(scaleColumns(eigen.vectors(), widened)));
    Matrix targets = a.lowerTimes(a.upperTimes(phi));
    double logEvidence =
        -0.5 * (sums.squares() - explained)
            - 0.5 * m * (logDeterminant + sums.logVariances())
            - 0.5 * m * sums.rows() * Math.log(2 * Math.PI);
    NngpPosterior nngp = NngpPosterior.of(a, phi, Products.inner(targets, phi), logEvidence);
    double bound =
        approximation == Approximation.DTC ? logEvidence - 0.5 * m * sums.open() : logEvidence;
    return new InducingPosterior(nngp, inverse, targets, bound, unseen, sums.open());
  }

  /** log p of all rows' targets, in nats. */
  public double logEvidence() {
    return nngp.logEvidence();
  }

  private static Matrix scaleRows(Matrix matrix, double[] factors) {
    for (int k = 0; k < matrix.data().length; k++) {
      matrix.data()[k] *= factors[k / matrix.cols()];
    }
    return matrix;
  }

  private static Matrix scaleColumns(Matrix matrix, double[] factors) {
    Matrix scaled = matrix.copy();
    for (int k = 0; k < scaled.data().length; k++) {
      scaled.data()[k] *= factors[k % scaled.cols()];
    }
    return scaled;
  }

  private static void symmetrise(Matrix matrix) {
    for (int a = 0; a < matrix.rows(); a++) {
      for (int b = 0; b < a; b++) {
        matrix.set(b, a, matrix.get(a, b));
      }
    }
  }
}
