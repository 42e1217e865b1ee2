package finitewidth.evidence;

import finitewidth.linalg.Cholesky;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.NotPositiveDefiniteException;
import finitewidth.linalg.Products;
import finitewidth.linalg.SymmetricEigen;
import finitewidth.posterior.NngpPosterior;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Supplier;
import org.hipparchus.analysis.solvers.BrentSolver;
import org.hipparchus.exception.MathRuntimeException;

/** How far the prior's output is from the scale of the targets (docs/theory.md#validity). */
public final class OutputScale {
  /** Factors beyond this and its inverse are not looked for. */
  static final double MOST = 1e6;

  /** q/(Pm) beyond this factor from 1 blows the first order up like (q − Pm)²/4n. */
  private static final double MISMATCH = 3;

  private static final double ACCURACY = 1e-3;

  /** Eigenvalues of a matrix between 0 and 1 that are rounding. */
  private static final double UNSEEN = 1e-12;

  private static final int EVALUATIONS = 60;

  private OutputScale() {}

  /**
   * A warning where the targets are far from the prior's scale, with the factor that mends it;
   * settings stand in it by their codes.
   *
   * @param dataFit q = tr YᵀA⁻¹Y
   * @param typical P·m
   * @param factor what {@code factor} says, asked for where it is needed
   * @return empty where q is not far from P·m
   */
  public static Optional<String> warning(
      double dataFit, long typical, double noiseVariance, Supplier<OptionalDouble> factor) {
    double ratio = dataFit / typical;
    if (ratio < MISMATCH && ratio > 1 / MISMATCH) {
      return Optional.empty();
    }
    OptionalDouble cures = factor.get();
    String output = "the last {BIAS_VARIANCE} and {WEIGHT_VARIANCE}";
    String cure =
        cures.isPresent()
            ? String.format(Locale.ROOT, "multiply %s by %.3g", output, cures.getAsDouble())
            : String.format(
                Locale.ROOT,
                "no scale of the output mends that with {NOISE_VARIANCE} = %s; multiply it and %s"
                    + " by %.3g",
                noiseVariance,
                output,
                ratio);
    return Optional.of(
        String.format(
            Locale.ROOT,
            "the targets are far from the prior's scale: q = tr YᵀA⁻¹Y is %.4g where %d would be"
                + " typical, and first order grows like (q − %d)²/4n; %s",
            dataFit,
            typical,
            typical,
            cure));
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
    return solve(
        factor ->
            NngpPosterior.of(kernel, targets, noiseVariance / factor).dataFit() / factor / typical);
  }

  /**
   * The same for inducing points with a noise matrix N, which the scale of the output leaves as it
   * is: with A = K + N, K = L Lᵀ and Lᵀ A⁻¹ L = E g Eᵀ, q = tr Ŷᵀ(τK + N)⁻¹Ŷ is the sum of (EᵀLᵀφ)²
   * / (g (1 + (τ − 1) g)). O(u³).
   *
   * @param kernel K of the output at the points, u × u
   * @param inverse A⁻¹, u × u
   * @param phi φ = A⁻¹Ŷ, u × m
   */
  public static OptionalDouble factor(Matrix kernel, Matrix inverse, Matrix phi) {
    double typical = (double) phi.rows() * phi.cols();
    try {
      Cholesky factor = Cholesky.of(kernel);
      Matrix half = factor.upperTimes(inverse).transpose();
      SymmetricEigen eigen = SymmetricEigen.of(factor.upperTimes(half));
      Matrix rotated = Products.transposeTimes(eigen.vectors(), factor.upperTimes(phi));
      return solve(
          scale -> {
            double sum = 0;
            for (int k = 0; k < eigen.values().length; k++) {
              double g = eigen.values()[k];
              // Where rows say nothing there is no target either.
              for (int i = 0; i < phi.cols() && g > UNSEEN; i++) {
                double z = rotated.get(k, i);
                sum += z * z / (g * (1 + (scale - 1) * g));
              }
            }
            return sum / typical;
          });
    } catch (NotPositiveDefiniteException e) {
      return OptionalDouble.empty();
    }
  }

  /** The factor at which a falling function of it is 1. */
  private static OptionalDouble solve(DoubleUnaryOperator ratio) {
    double edge = Math.log(MOST);
    try {
      double log =
          new BrentSolver(ACCURACY)
              .solve(EVALUATIONS, t -> Math.log(ratio.applyAsDouble(Math.exp(t))), -edge, edge);
      return OptionalDouble.of(Math.exp(log));
    } catch (MathRuntimeException | NotPositiveDefiniteException e) {
      return OptionalDouble.empty();
    }
  }
}
