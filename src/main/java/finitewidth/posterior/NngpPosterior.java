package finitewidth.posterior;

import finitewidth.linalg.Cholesky;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.Products;
import java.io.Serializable;

/**
 * The posterior at infinite width (docs/theory.md#order-zero): with A = K_RR + s²·1 and φ = A⁻¹Y
 * the mean is k_xR φ, the variance k_xx − k_xR A⁻¹ k_Rx, and log p(Y) = −½ tr Yᵀφ − (m/2) log det A
 * − (mP/2) log 2π.
 */
public final class NngpPosterior implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Cholesky cholesky;
  private final Matrix phi;
  private final double dataFit;
  private final double logEvidence;

  private NngpPosterior(Cholesky cholesky, Matrix phi, double dataFit, double logEvidence) {
    this.cholesky = cholesky;
    this.phi = phi;
    this.dataFit = dataFit;
    this.logEvidence = logEvidence;
  }

  /**
   * Conditions the NNGP on training targets. O(P³/3).
   *
   * @param kernel K_RR of the output layer, P × P
   * @param targets Y, P × m
   * @param noiseVariance s², not negative
   * @throws finitewidth.linalg.NotPositiveDefiniteException if A is singular to working precision,
   *     naming the first training row that depends on those before it
   */
  public static NngpPosterior of(Matrix kernel, Matrix targets, double noiseVariance) {
    Matrix a = kernel.copy();
    for (int i = 0; i < a.rows(); i++) {
      a.add(i, i, noiseVariance);
    }
    Cholesky cholesky = Cholesky.of(a);
    Matrix phi = cholesky.solve(targets);
    double dataFit = Products.inner(targets, phi);
    double logEvidence =
        -0.5 * dataFit
            - 0.5 * phi.cols() * cholesky.logDeterminant()
            - 0.5 * phi.cols() * phi.rows() * Math.log(2 * Math.PI);
    return new NngpPosterior(cholesky, phi, dataFit, logEvidence);
  }

  /**
   * A posterior whose parts are known: computed before, or from rows that entered by their sums.
   *
   * @param cholesky of A
   * @param phi φ = A⁻¹Y, P × m
   * @param dataFit q = tr Yᵀφ
   * @param logEvidence log p of all that was observed
   */
  public static NngpPosterior of(
      Cholesky cholesky, Matrix phi, double dataFit, double logEvidence) {
    return new NngpPosterior(cholesky, phi, dataFit, logEvidence);
  }

  /** The factor of A. */
  public Cholesky cholesky() {
    return cholesky;
  }

  /** φ = A⁻¹Y, P × m. */
  public Matrix phi() {
    return phi;
  }

  /** A⁻¹, P × P. */
  public Matrix inverse() {
    return cholesky.inverse();
  }

  /** B = φφᵀ − m A⁻¹, what the log evidence has for the kernel's gradient, twice. */
  public static Matrix dataMinusTrace(Matrix phi, Matrix inverse) {
    int n = phi.rows();
    int outputs = phi.cols();
    Matrix b = Matrix.zeros(n, n);
    for (int c = 0; c < n; c++) {
      for (int d = 0; d < n; d++) {
        double sum = 0;
        for (int i = 0; i < outputs; i++) {
          sum += phi.get(c, i) * phi.get(d, i);
        }
        b.set(c, d, sum - outputs * inverse.get(c, d));
      }
    }
    return b;
  }

  /** q = tr Yᵀφ; the expansion wants it near P·m. */
  public double dataFit() {
    return dataFit;
  }

  /** log p(Y), noise included, in nats. */
  public double logEvidence() {
    return logEvidence;
  }

  /** Where the posterior at x puts its weight. */
  public record Projection(double[] weights, double[] mean, double variance) {}

  /**
   * w = A⁻¹k, the mean for each output and the variance, which all outputs share.
   *
   * @param covariances k_Rx, P
   * @param variance k_xx
   */
  public Projection project(double[] covariances, double variance) {
    double[] half = cholesky.solveLower(covariances);
    double explained = Products.dot(half, 0, half, 0, half.length);
    return new Projection(
        cholesky.solveUpper(half), Products.times(covariances, phi), variance - explained);
  }
}
