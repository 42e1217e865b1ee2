package finitewidth.gaussian;

import finitewidth.linalg.Matrix;

/** An activation whose four-point moments are known: what the exact contraction takes. */
public interface FourPointActivation extends Activation {

  /**
   * The four-point moments of one layer's field over the points of {@code kernel}.
   *
   * @param kernel N×N, symmetric, positive semidefinite; may be singular, points may coincide
   * @param tolerance largest error of a moment, relative to its natural scale, the bound
   *     (⟨σ_a⁴⟩⟨σ_b⁴⟩⟨σ_c⁴⟩⟨σ_d⁴⟩)^¼ on its size; closed forms ignore it
   * @return an evaluator for one thread
   */
  FourPoint fourPoint(Matrix kernel, double tolerance);

  @Override
  default PairMoments pairMoments(Matrix kernel, double tolerance) {
    return fourPoint(kernel, tolerance);
  }
}
