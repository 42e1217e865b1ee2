package finitewidth.evidence;

import finitewidth.linalg.Matrix;
import finitewidth.linalg.NotPositiveDefiniteException;
import finitewidth.posterior.NngpPosterior;
import java.util.OptionalDouble;
import org.hipparchus.analysis.solvers.BrentSolver;
import org.hipparchus.exception.MathRuntimeException;

/** How far the prior's output is from the scale of the targets (THEORY section 4). */
public final class OutputScale {
  /** Factors beyond this and its inverse are not looked for. */
  static final double MOST = 1e6;

  private static final double ACCURACY = 1e-3;
  private static final int EVALUATIONS = 60;

  private OutputScale() {}

  /**
   * The factor on both variances of the output layer, the noise staying as it is, that brings q =
   * tr Yᵀ(τK + s²)⁻¹Y to P·m; q falls as τ grows. O(P³) some ten times.
   *
   * @param kernel K of the output, P × P
   * @param targets P × m
   * @return empty if no factor within {@value #MOST} and its inverse does: the noise alone is too
   *     large for the targets, or too small
   */
  public static OptionalDouble factor(Matrix kernel, Matrix targets, double noiseVariance) {
    double typical = (double) targets.rows() * targets.cols();
    double edge = Math.log(MOST);
    try {
      double log =
          new BrentSolver(ACCURACY)
              .solve(
                  EVALUATIONS,
                  t ->
                      Math.log(
                          NngpPosterior.of(kernel, targets, noiseVariance * Math.exp(-t)).dataFit()
                              * Math.exp(-t)
                              / typical),
                  -edge,
                  edge);
      return OptionalDouble.of(Math.exp(log));
    } catch (MathRuntimeException | NotPositiveDefiniteException e) {
      return OptionalDouble.empty();
    }
  }
}
