package finitewidth.prior.density;

/**
 * The law of t = log(Σ_j σ(z_j)² / n⟨σ²⟩) over the n neurons of a layer that are independent
 * Gaussians of one variance, for an activation with σ(cz) = cσ(z), c &gt; 0: it is the same for any
 * variance.
 *
 * <p>Densities are analytic in |Im t| &lt; π/2, which sums over a uniform grid live on.
 */
sealed interface LogFactor permits LogGamma, ThinnedLogGamma {
  /** What a density may lack to count as zero. */
  double NOTHING = 1e-50;

  /** No grid reaches further than this below t = 0: e^−42 of the mass is there, if n = 1. */
  double DEEPEST = -85;

  /** The logarithm of the density at t. */
  double logDensity(double t);

  /** The density at t; with {@link #silent} missing to one. */
  default double density(double t) {
    return Math.exp(logDensity(t));
  }

  /** The probability that no neuron is active, t = −∞. */
  double silent();

  /** The least exponent of the density as t → −∞, in units of ½: ∝ e^{kt/2}. */
  int leastShape();

  /** Where the density begins to count. */
  default double lowest() {
    double t = 0;
    while (t > DEEPEST && density(t) > NOTHING) {
      t -= 0.25;
    }
    return Math.max(t, DEEPEST);
  }

  /** Where it ceases to count. */
  default double highest() {
    double t = 0.25;
    while (density(t) > NOTHING) {
      t += 0.25;
    }
    return t;
  }
}
