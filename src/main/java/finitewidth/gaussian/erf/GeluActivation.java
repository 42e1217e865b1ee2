package finitewidth.gaussian.erf;

import finitewidth.gaussian.Derivative;
import finitewidth.gaussian.FourPoint;
import finitewidth.gaussian.FourPointActivation;
import finitewidth.gaussian.OnePoint;
import finitewidth.gaussian.TwoPointRow;
import finitewidth.linalg.Matrix;
import java.util.Optional;
import org.apache.commons.numbers.gamma.Erfc;

/**
 * σ(z) = z Φ(z), Φ the standard normal distribution function (D. Hendrycks, K. Gimpel, <i>Gaussian
 * error linear units</i>, <a href="https://arxiv.org/abs/1606.08415">arXiv 1606.08415</a>).
 *
 * <p>GELU is a mean over noise ξ ~ N(0, 1): with u = z + ξ, ρ(u) = max(u, 0) and δ(u) = ρ''(u),
 * σ(z) = ⟨(u − ξ) θ(u)⟩_ξ = ⟨ρ(u) − δ(u)⟩_ξ. So its expectations are the ReLU's at the covariance U
 * = 1 + K and those with one or more ρ replaced by −δ. With d = U11 U22 − K12²,
 *
 * <pre>
 * 2π F = K12 (π/2 + asin(K12/√(U11 U22))) + √d (1 − 1/U11 − 1/U22) + 1/√d.
 * </pre>
 *
 * <p>U is at least 1 for any kernel: nothing is singular where points merge. The derivatives are
 * those of this formula, good to the last digits of ¼; F itself is formed without cancellation for
 * small variances.
 */
public final class GeluActivation implements FourPointActivation {
  private static final long serialVersionUID = 1L;
  private static final double TWO_PI = 2 * Math.PI;

  @Override
  public String name() {
    return "gelu";
  }

  @Override
  public double value(double z) {
    return 0.5 * z * Erfc.value(-z / Math.sqrt(2));
  }

  @Override
  public Optional<Derivative> derivative() {
    return Optional.of(GeluActivation::slope);
  }

  /** Φ(z) + z φ(z). */
  private static double slope(double z, double value) {
    double density = Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
    return 0.5 * Erfc.value(-z / Math.sqrt(2)) + z * density;
  }

  @Override
  public void onePoint(double k, OnePoint out) {
    double x = 1 / (1 + k);
    double square = 1 + 2 * k;
    double root = Math.sqrt(square);
    double turn = 0.5 * Math.PI + Math.atan2(k, root);
    out.mean = (k * turn + 2 * k * k * x / root) / TWO_PI;
    out.first = (turn + (2 + x - 2 * x * x - 1 / square) / root) / TWO_PI;
    out.second =
        (x - x * x + 4 * x * x * x - (2 + x - 2 * x * x - 3 / square) / square) / (TWO_PI * root);
  }

  @Override
  public void twoPoint(TwoPointRow row, int count) {
    for (int i = 0; i < count; i++) {
      pair(row, i);
    }
  }

  private static void pair(TwoPointRow row, int i) {
    double k11 = row.k11;
    double k22 = row.k22[i];
    double k12 = row.k12[i];
    double u = 1 + k11;
    double v = 1 + k22;
    double x = 1 / u;
    double y = 1 / v;
    double square = 1 + (k11 + k22) + (k11 * k22 - k12 * k12);
    double root = Math.sqrt(square);
    double turn = 0.5 * Math.PI + Math.atan2(k12, root);
    double mean = (k12 * turn + (k11 * k22 + k12 * k12 * (x + y - 1)) / root) / TWO_PI;
    row.mean[i] = mean;
    row.distance[i] = ownMean(k11) + ownMean(k22) - 2 * mean;

    double one = 1 / (TWO_PI * root);
    double three = one / square;
    row.dc[i] = turn / TWO_PI + k12 * (one * (x + y) + three);
    row.d1[i] = 0.5 * one * (square * x * (1 + 2 * x) - v * x - 1) - 0.5 * three * v;
    row.d2[i] = 0.5 * one * (square * y * (1 + 2 * y) - u * y - 1) - 0.5 * three * u;
    if (row.curvature()) {
      double five = three / square;
      double dcc = one + three * (u + v + 1) + 3 * five * k12 * k12;
      row.dcc[i] = dcc;
      row.d1c[i] = -0.5 * k12 * (one * x * (1 + 2 * x) + three * v * (x + y) + 3 * five * v);
      row.d2c[i] = -0.5 * k12 * (one * y * (1 + 2 * y) + three * u * (x + y) + 3 * five * u);
      // ¼⟨σ″σ″⟩, as ∂²F/∂K12² is ⟨σ″σ″⟩.
      row.d12[i] = 0.25 * dcc;
      row.d11[i] = curvature(square, v, x, one, three, five);
      row.d22[i] = curvature(square, u, y, one, three, five);
    }
  }

  private static double ownMean(double k) {
    double root = Math.sqrt(1 + 2 * k);
    return (k * (0.5 * Math.PI + Math.atan2(k, root)) + 2 * k * k / ((1 + k) * root)) / TWO_PI;
  }

  /** ∂²F/∂K11², x = 1/U11 and v = U22. */
  private static double curvature(
      double square, double v, double x, double one, double three, double five) {
    double first = x * (v * (0.25 + x) - square * x * (0.5 + 2 * x));
    return one * first + 0.25 * v * (three * (v * x + 1) + 3 * five * v);
  }

  @Override
  public FourPoint fourPoint(Matrix kernel, double tolerance) {
    return new GeluFourPoint(kernel, tolerance);
  }
}
