package finitewidth.inducing;

/** How the part of a row's function value that the inducing points leave open is accounted for. */
public enum Approximation {
  /**
   * Not at all: the projected process, "deterministic training conditional". Its log evidence less
   * m/(2s²) Σ_x d_x is the variational lower bound on the exact one.
   */
  DTC,
  /**
   * As noise of each row on its own: "fully independent training conditional", λ_x = s² + d_x with
   * d_x = k_xx − k_xu K_uu⁻¹ k_ux.
   */
  FITC;

  /** λ_x, the variance of a row's target about what the inducing points say of it. */
  public double rowVariance(double noiseVariance, double conditional) {
    return this == DTC ? noiseVariance : noiseVariance + conditional;
  }
}
