package finitewidth.inference.ensemble;

import finitewidth.linalg.Cholesky;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.Products;

/** log N(Y; 0, A), summed over outputs. */
final class GaussianEvidence {
  private GaussianEvidence() {}

  /**
   * −½ tr Yᵀφ − (m/2) log det A − (mP/2) log 2π.
   *
   * @param phi A⁻¹Y
   */
  static double log(Cholesky a, Matrix targets, Matrix phi) {
    return -0.5 * Products.inner(targets, phi)
        - 0.5 * targets.cols() * a.logDeterminant()
        - 0.5 * targets.data().length * Math.log(2 * Math.PI);
  }
}
