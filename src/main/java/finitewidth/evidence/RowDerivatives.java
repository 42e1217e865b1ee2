package finitewidth.evidence;

import finitewidth.linalg.Matrix;
import finitewidth.linalg.Summable;
import finitewidth.prior.CrossGradient;
import java.io.Serializable;

/**
 * What the second pass adds up.
 *
 * @param cross of the evidence, through k(x, Z) and k(x, x)
 * @param prior of Σ k_xx
 * @param byNoise of the evidence in s²
 * @param gram Σ d̄ v vᵀ, u × u, with d̄ the derivatives in d; 0 × 0 with DTC
 */
record RowDerivatives(CrossGradient cross, CrossGradient prior, double byNoise, Matrix gram)
    implements Summable<RowDerivatives>, Serializable {

  @Override
  public RowDerivatives add(RowDerivatives other) {
    for (int k = 0; k < gram.data().length; k++) {
      gram.data()[k] += other.gram.data()[k];
    }
    return new RowDerivatives(
        cross.add(other.cross), prior.add(other.prior), byNoise + other.byNoise, gram);
  }
}
