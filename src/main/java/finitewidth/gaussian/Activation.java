package finitewidth.gaussian;

import finitewidth.linalg.Matrix;
import java.io.Serializable;
import java.util.Map;
import java.util.Optional;

/**
 * An activation function σ together with its expectations over Gaussian fields z ~ N(0, K).
 *
 * <p>Implementations are immutable and safe to share between threads.
 */
public interface Activation extends Serializable {

  /** The name used in configurations, such as {@code relu}. */
  String name();

  /**
   * What else fixes σ, by name; empty for an activation that its name alone fixes. {@code
   * Activations.of} makes the same activation of the two again.
   */
  default Map<String, Double> parameters() {
    return Map.of();
  }

  /** σ(z). */
  double value(double z);

  /**
   * σ of many numbers, the same bits as {@link #value} of each.
   *
   * @param z numbers, from the first on
   * @param out receives σ of them; may be z itself
   * @param count how many
   */
  default void values(double[] z, double[] out, int count) {
    for (int i = 0; i < count; i++) {
      out[i] = value(z[i]);
    }
  }

  /** σ', where it is known; empty where σ is known by its values alone. */
  default Optional<Derivative> derivative() {
    return Optional.empty();
  }

  /**
   * ⟨σ(z)²⟩ and its first two derivatives in the variance of z.
   *
   * @param k the variance K_aa, not negative
   * @param out receives the result
   */
  void onePoint(double k, OnePoint out);

  /**
   * F(K11, K12, K22) = ⟨σ(z1)σ(z2)⟩ with its first and, if the row wants them, second derivatives,
   * K12 counting as one variable, for a row of pairs.
   *
   * <p>A pair has the same bits in any row and anywhere in it.
   *
   * @param row its inputs filled, its results to be written
   * @param count pairs of the row, from the first, at most its capacity
   */
  void twoPoint(TwoPointRow row, int count);

  /**
   * F and, where the activation relies on it, the distance alone, the same bits as of {@link
   * #twoPoint}: what a kernel needs on its way through the layers. Derivatives are left undefined.
   *
   * @param row its inputs filled, its results to be written
   * @param count pairs of the row, from the first, at most its capacity
   */
  default void means(TwoPointRow row, int count) {
    twoPoint(row, count);
  }

  /**
   * The fourth moments of pairs of one layer's field over the points of {@code kernel}.
   *
   * @param kernel N×N, symmetric, positive semidefinite; may be singular, points may coincide
   * @param tolerance largest error of a moment, relative to its natural scale (⟨σ_a⁴⟩⟨σ_b⁴⟩)^½ or
   *     the like; closed forms ignore it, and quadrature says in {@link #relativeError} if it has
   *     more
   * @return an evaluator for one thread
   */
  PairMoments pairMoments(Matrix kernel, double tolerance);

  /**
   * A bound on the error of expectations of fields of this variance, relative to their natural
   * scale; zero where they are closed forms or hold any tolerance asked for.
   *
   * @param variance not negative
   */
  default double relativeError(double variance) {
    return 0;
  }
}
