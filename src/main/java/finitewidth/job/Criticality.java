package finitewidth.job;

import java.util.Optional;

/**
 * Variances at which signals neither grow nor shrink exponentially with depth.
 *
 * <p>Both parallel and perpendicular perturbations of the kernel then keep their size: C_W d⟨σ²⟩/dK
 * = C_W ⟨σ'²⟩ = 1 at a kernel that stays. For activations σ(z) = a₊z, a₋z that is C_b = 0, C_W =
 * 2/(a₊² + a₋²), at any kernel; for odd ones with a slope at 0, C_b = 0, C_W = 1/σ'(0)², where the
 * kernel falls slowly to zero (D. Roberts, S. Yaida, B. Hanin, The Principles of Deep Learning
 * Theory, arXiv 2106.10165, chapter 5).
 */
record Criticality(double biasVariance, double weightVariance) {

  /** Empty for an activation for which no simple rule is known. */
  static Optional<Criticality> of(NetworkConfig network) {
    return switch (network.activation()) {
      case "linear" -> Optional.of(new Criticality(0, 1));
      case "relu" -> Optional.of(new Criticality(0, 2));
      case "leaky-relu" -> {
        double slope = network.negativeSlope().orElseThrow();
        yield Optional.of(new Criticality(0, 2 / (1 + slope * slope)));
      }
      case "erf" -> Optional.of(new Criticality(0, Math.PI / 4));
      case "sin", "tanh" -> Optional.of(new Criticality(0, 1));
      default -> Optional.empty();
    };
  }
}
