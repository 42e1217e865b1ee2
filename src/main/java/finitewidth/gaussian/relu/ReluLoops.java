package finitewidth.gaussian.relu;

import finitewidth.gaussian.lanes.Lanes;
import finitewidth.gaussian.lanes.VectorShape;

/**
 * The arithmetic of ReLU four-point moments, pass by pass over arrays of many moments
 * (docs/theory.md#relu, unit variances).
 *
 * <p>With the orthant probability P4, correlations r_ij, d_ij = 1 − r_ij², R the 4×4 correlation
 * matrix, φ_ij the arcsine of the partial correlation of k and l given i and j, and h = Σ over the
 * three pairings of r_ij r_kl:
 *
 * <pre>
 * ⟨ρρρρ⟩ = h P4 + (1/2π) Σ_{i&lt;j} √d_ij (r_kl + r_ik r_il + r_jk r_jl) (¼ + φ_ij/2π) + √det R / 4π²
 * </pre>
 *
 * <p>Of the first three points one is named x, the others p and q. P4 changes with r_xd alone as
 * dP4/dr_xd = (¼ + φ_xd/2π) / 2π√d_xd, and is elementary at both ends of the range of r_xd, where
 * the four points become linearly dependent. So P4 is the value at one end and one short integral,
 * in the angle ψ of which the sine is the partial correlation of x and d given p and q.
 *
 * <p>Merging and dependent points are ordinary, and there the six arcsines and P4 depend on
 * differences that rounding decides. They only have to be decided alike: R is factorised once, R =
 * L Lᵀ, and every angle and every d_ij is taken from L.
 *
 * <p>Passes, because a moment is one long chain of square roots and divisions: a processor that
 * runs many short chains side by side is several times as fast. Each has a vector and a scalar form
 * with the same operations in the same order, and so the same bits.
 *
 * @param links the choice of p, q and x
 * @param cones all but the integral
 * @param integrals the integral
 * @param lanes moments that are computed side by side: batches are laid out in groups of as many
 */
record ReluLoops(ReluLinkLoops links, ReluConeLoops cones, ReluIntegralLoops integrals, int lanes) {
  /**
   * Below this a squared pivot is taken as this. The caller keeps the smallest eigenvalue of R
   * larger, so it is met only by matrices that are not positive semidefinite.
   */
  static final double SMALLEST_PIVOT = 1e-16;

  /** How far the far end of the range may be away, in units of β²; see {@link ReluLinkLoops}. */
  static final double FAR_END = 0.25;

  /** Keeps quotients of distances, and their products, finite. */
  static final double SMALLEST_DISTANCE = 1e-100;

  static final double TWO_PI = 2 * Math.PI;

  /** The form that this machine can run. */
  static ReluLoops preferred() {
    return Lanes.available() ? vectors() : scalars();
  }

  /**
   * With the Vector API. Formulas are written out rather than shared through methods on vectors:
   * beyond a certain amount of code the optimising compiler stops inlining those, and a vector that
   * crosses a call is an object on the heap.
   */
  static ReluLoops vectors() {
    return new ReluLoops(
        new VectorReluLinkLoops(),
        new VectorReluConeLoops(),
        new VectorReluIntegralLoops(),
        VectorShape.SPECIES.length());
  }

  /** One moment at a time, for Java machines without the Vector API. */
  static ReluLoops scalars() {
    return new ReluLoops(
        new ScalarReluLinkLoops(), new ScalarReluConeLoops(), new ScalarReluIntegralLoops(), 1);
  }
}
