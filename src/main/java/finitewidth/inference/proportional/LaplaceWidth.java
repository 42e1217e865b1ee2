package finitewidth.inference.proportional;

import finitewidth.linalg.Cholesky;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.NotPositiveDefiniteException;
import finitewidth.prior.Widths;
import org.hipparchus.special.Gamma;

/**
 * What the scales of all layers but the last add to the log evidence, by Laplace's method at the
 * saddle: their prior density there, and the volume that the curvature leaves them once the last
 * one is integrated.
 */
final class LaplaceWidth {
  private LaplaceWidth() {}

  /** In nats; 0 for one hidden layer. */
  static double of(Saddle saddle, Widths widths) {
    int inner = widths.hiddenLayers() - 1;
    double sum = 0;
    for (int l = 0; l < inner; l++) {
      double u = saddle.logScales()[l];
      double half = 0.5 * widths.width(l);
      sum += half * (u - Math.expm1(u)) + peak(half);
    }
    return sum + 0.5 * inner * Math.log(2 * Math.PI) - 0.5 * logDeterminant(saddle, inner);
  }

  /** x log x − x − log Γ(x). */
  private static double peak(double x) {
    if (x < 30) {
      return x * Math.log(x) - x - Gamma.logGamma(x);
    }
    double inverse = 1 / x;
    return 0.5 * Math.log(x / (2 * Math.PI))
        - inverse * (1.0 / 12 - inverse * inverse * (1.0 / 360 - inverse * inverse / 1260));
  }

  /** Of the curvature without its last row and column: det of the whole over its last pivot. */
  private static double logDeterminant(Saddle saddle, int inner) {
    if (inner == 0) {
      return 0;
    }
    Matrix curvature = saddle.curvature();
    try {
      return Cholesky.of(curvature).logDeterminant() - Math.log(curvature.get(inner, inner));
    } catch (NotPositiveDefiniteException e) {
      // Where no maximum was found there is no volume, and no evidence.
      return Double.NaN;
    }
  }
}
