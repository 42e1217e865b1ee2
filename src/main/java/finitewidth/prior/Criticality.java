package finitewidth.prior;

import finitewidth.gaussian.Activation;

/**
 * Variances C_b, C_W, the same in all layers, at which signals neither grow nor shrink
 * exponentially with depth: at a kernel K = C_b + C_W ⟨σ²⟩ that stays, perturbations of its size
 * and of angles keep theirs, χ_∥ = C_W d⟨σ²⟩/dK = 1 and χ_⊥ = C_W ⟨σ'²⟩ = 1.
 *
 * <p>As d⟨σ²⟩/dK = ⟨σ'²⟩ + ⟨σσ''⟩, that is ⟨σσ''⟩_K = 0, C_W = 1/⟨σ'²⟩_K and C_b = K − C_W ⟨σ²⟩_K ≥
 * 0 (D. Roberts, S. Yaida, B. Hanin, <i>The Principles of Deep Learning Theory</i>, <a
 * href="https://arxiv.org/abs/2106.10165">arXiv 2106.10165</a>, chapter 5).
 */
public sealed interface Criticality {

  /** How kernels behave at these variances. */
  public enum Kind {
    /** Every kernel stays, as σ is linear on either side of zero. */
    ANY,
    /** Kernels fall to zero, like a power of the depth. */
    ZERO,
    /** One kernel stays; larger ones come down to it, those a little smaller leave it. */
    FROM_ABOVE,
    /** One kernel stays; smaller ones rise to it, those a little larger leave it. */
    FROM_BELOW
  }

  /**
   * Such variances.
   *
   * @param kernel the one that stays: 0 for {@link Kind#ZERO}, and 1, which is as good as any, for
   *     {@link Kind#ANY}
   * @param biasVariance C_b
   * @param weightVariance C_W
   */
  record Found(Kind kind, double kernel, double biasVariance, double weightVariance)
      implements Criticality {}

  /**
   * None was found.
   *
   * @param least K from which on kernels were looked at
   * @param most up to which they were, less than {@code least} if expectations were not to be had
   *     at any
   */
  record None(double least, double most) implements Criticality {}

  /**
   * Looks for such variances: first at any kernel and at zero, then along K = 1e−4 … 1e4, eight to
   * the decade, for a change of the sign of ⟨σσ''⟩; of several the smallest K counts. The range
   * ends earlier where expectations by quadrature are not finite or not good enough.
   */
  static Criticality of(Activation activation) {
    return new CriticalSearch(activation).search();
  }
}
