package finitewidth.evidence;

import finitewidth.linalg.Matrix;
import finitewidth.linalg.NotPositiveDefiniteException;
import finitewidth.posterior.NngpPosterior;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.hipparchus.analysis.solvers.BrentSolver;
import org.hipparchus.exception.MathRuntimeException;

/** How far the prior's output is from the scale of the targets (THEORY section 4). */
public final class OutputScale {
  /** Factors beyond this and its inverse are not looked for. */
  static final double MOST = 1e6;

  /** q/(Pm) beyond this factor from 1 blows the first order up like (q − Pm)²/4n. */
  private static final double MISMATCH = 3;

  private static final double ACCURACY = 1e-3;
  private static final int EVALUATIONS = 60;

  private OutputScale() {}

  /**
   * What the user calls things.
   *
   * @param instead what else mends the scale, to end the sentence with; empty if nothing does
   */
  public record Names(
      String biasVariance, String weightVariance, String noiseVariance, String instead) {}

  /**
   * A warning where the targets are far from the prior's scale, with the factor that mends it.
   *
   * @param dataFit q = tr YᵀA⁻¹Y
   * @param kernel K of the output, P × P
   * @param targets P × m
   * @return empty where q is not far from P·m
   */
  public static Optional<String> warning(
      double dataFit, Matrix kernel, Matrix targets, double noiseVariance, Names names) {
    long typical = (long) targets.rows() * targets.cols();
    double ratio = dataFit / typical;
    if (ratio < MISMATCH && ratio > 1 / MISMATCH) {
      return Optional.empty();
    }
    OptionalDouble factor = factor(kernel, targets, noiseVariance);
    String output = "the last " + names.biasVariance() + " and " + names.weightVariance();
    String cure =
        factor.isPresent()
            ? String.format(Locale.ROOT, "multiply %s by %.3g", output, factor.getAsDouble())
            : String.format(
                Locale.ROOT,
                "no scale of the output mends that with %s = %s; multiply it and %s by %.3g",
                names.noiseVariance(),
                noiseVariance,
                output,
                ratio);
    return Optional.of(
        String.format(
            Locale.ROOT,
            "the targets are far from the prior's scale: q = tr YᵀA⁻¹Y is %.4g where %d would be"
                + " typical, and first order grows like (q − %d)²/4n; %s%s",
            dataFit,
            typical,
            typical,
            cure,
            names.instead()));
  }

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
