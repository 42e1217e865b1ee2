package finitewidth.inference.scale;

import org.hipparchus.special.Gamma;

/**
 * log Γ as differences: of neighbouring arguments, real or along a vertical line. Stirling's series
 * is taken apart, so that nothing large is subtracted from something large at any argument.
 */
final class GammaRatio {
  /** From where on ten terms of Stirling's series have all digits. */
  private static final double STIRLING = 9;

  /** B_2k / (2k (2k − 1)). */
  private static final double[] COEFFICIENTS = {
    1.0 / 12,
    -1.0 / 360,
    1.0 / 1260,
    -1.0 / 1680,
    1.0 / 1188,
    -691.0 / 360360,
    1.0 / 156,
    -3617.0 / 122400,
    43867.0 / 244188,
    -174611.0 / 125400
  };

  private GammaRatio() {}

  /** log Γ(x + s) − log Γ(x) − s log x, the logarithm of E[Qˢ] for a Gamma variable of mean 1. */
  static double logMoment(double x, double s) {
    double z = x + s;
    if (x < STIRLING || z < STIRLING) {
      return Gamma.logGamma(z) - Gamma.logGamma(x) - s * Math.log(x);
    }
    return (z - 0.5) * Math.log1p(s / x) - s + series(z) - series(x);
  }

  private static double series(double z) {
    double inverse = 1 / z;
    double square = inverse * inverse;
    double sum = 0;
    for (int k = COEFFICIENTS.length - 1; k >= 0; k--) {
      sum = sum * square + COEFFICIENTS[k];
    }
    return sum * inverse;
  }

  /**
   * log Γ(x + s + iω) − log Γ(x + s) − iω log x.
   *
   * @param x positive, as is x + s
   * @param to receives the real part and the imaginary part
   */
  static void along(double x, double s, double omega, double[] to) {
    double a = x + s;
    double real = 0;
    double imaginary = 0;
    double first = a;
    // Γ(z) = Γ(z + N)/(z (z + 1) … (z + N − 1)).
    while (first < STIRLING) {
      double ratio = omega / first;
      real -= 0.5 * Math.log1p(ratio * ratio);
      imaginary -= Math.atan(ratio);
      first += 1;
    }
    double ratio = omega / first;
    double half = 0.5 * Math.log1p(ratio * ratio);
    double angle = Math.atan(ratio);
    // (z − ½) log z − (a − ½) log a − iω for z = a + iω, with log z = log a + half + i·angle.
    real += (first - 0.5) * half - omega * angle;
    imaginary += (first - 0.5) * angle - omega + omega * (half + Math.log1p((first - x) / x));
    // What is left of Stirling's series, Σ c_k z^{1−2k}, by Horner in 1/z².
    double square = first * first + omega * omega;
    double re = first / square;
    double im = -omega / square;
    double re2 = re * re - im * im;
    double im2 = 2 * re * im;
    double sumRe = 0;
    double sumIm = 0;
    for (int k = COEFFICIENTS.length - 1; k >= 0; k--) {
      double next = sumRe * re2 - sumIm * im2 + COEFFICIENTS[k];
      sumIm = sumRe * im2 + sumIm * re2;
      sumRe = next;
    }
    real += sumRe * re - sumIm * im - series(first);
    imaginary += sumRe * im + sumIm * re;
    to[0] = real;
    to[1] = imaginary;
  }
}
