package finitewidth.gaussian.lanes;

import jdk.incubator.vector.DoubleVector;

/**
 * {@link FastAtan} of all lanes of a vector, of any number of lanes; the same bits in each.
 *
 * <p>To be loaded only where {@link Lanes#available()}.
 */
public final class VectorAtan {
  private VectorAtan() {}

  /**
   * atan(y / x), between −π/2 and π/2.
   *
   * @param y any numbers whose squares are finite
   * @param x not negative, and not zero where y is
   */
  static DoubleVector ratio(DoubleVector y, DoubleVector x) {
    return twice(y.div(x.add(x.fma(x, y.mul(y)).sqrt())));
  }

  /** 2 atan(u), u in [−1, 1]. */
  public static DoubleVector twice(DoubleVector u) {
    DoubleVector z = u.mul(u);
    DoubleVector zz = z.mul(z);
    DoubleVector zzzz = zz.mul(zz);
    DoubleVector p =
        zzzz.fma(
            z.fma(FastAtan.P5, FastAtan.P4),
            zz.fma(z.fma(FastAtan.P3, FastAtan.P2), z.fma(FastAtan.P1, FastAtan.P0)));
    DoubleVector q =
        zzzz.fma(
            z.fma(FastAtan.Q5, FastAtan.Q4).add(zz),
            zz.fma(z.fma(FastAtan.Q3, FastAtan.Q2), z.fma(FastAtan.Q1, FastAtan.Q0)));
    DoubleVector twice = u.add(u);
    return twice.fma(z.mul(p).div(q), twice);
  }
}
