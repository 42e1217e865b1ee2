package finitewidth.gaussian;

import finitewidth.linalg.Matrix;
import java.io.Serializable;

/**
 * An activation function σ together with its expectations over Gaussian fields z ~ N(0, K).
 *
 * <p>Implementations are immutable and safe to share between threads.
 */
public interface Activation extends Serializable {

  /** The name used in configurations, such as {@code relu}. */
  String name();

  /** σ(z). */
  double value(double z);

  /**
   * ⟨σ(z)²⟩ and its first two derivatives in the variance of z.
   *
   * @param k the variance K_aa, not negative
   * @param out receives the result
   */
  void onePoint(double k, OnePoint out);

  /**
   * F(K11, K12, K22) = ⟨σ(z1)σ(z2)⟩ with its first and second derivatives, K12 counting as one
   * variable.
   *
   * @param k11 variance of z1, not negative
   * @param k22 variance of z2, not negative
   * @param k12 covariance of z1 and z2
   * @param distance ⟨(z1 − z2)²⟩ = K11 + K22 − 2 K12 computed without cancellation; zero exactly
   *     when the two points coincide. Activations whose derivatives are not smooth there (ReLU)
   *     rely on it.
   * @param out receives the result
   */
  void twoPoint(double k11, double k22, double k12, double distance, TwoPoint out);

  /**
   * The same for a row of pairs that have z1 in common; with second derivatives if the row wants
   * them. A pair has the same bits as on its own and anywhere else in a row.
   *
   * @param row its inputs filled, its results to be written
   * @param count pairs of the row, from the first, at most its capacity
   */
  default void twoPoint(TwoPointRow row, int count) {
    RowMap.pairwise(this).apply(row, count);
  }

  /**
   * The four-point moments of one layer's field over the points of {@code kernel}.
   *
   * @param kernel N×N, symmetric, positive semidefinite; may be singular, points may coincide
   * @param tolerance largest error of a moment, relative to its natural scale, the bound
   *     (⟨σ_a⁴⟩⟨σ_b⁴⟩⟨σ_c⁴⟩⟨σ_d⁴⟩)^¼ on its size; closed forms ignore it
   * @return an evaluator for one thread
   */
  FourPoint fourPoint(Matrix kernel, double tolerance);
}
