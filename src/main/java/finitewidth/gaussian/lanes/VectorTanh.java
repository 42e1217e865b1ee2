package finitewidth.gaussian.lanes;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;

/**
 * {@link FastTanh} of all lanes of a vector, of any number of lanes; the same bits in each.
 *
 * <p>To be loaded only where {@link Lanes#available()}.
 */
final class VectorTanh {
  private VectorTanh() {}

  /**
   * tanh of as many numbers as fill whole vectors.
   *
   * @return how many these are
   */
  static int of(double[] z, double[] out, int count) {
    int done = VectorShape.SPECIES.loopBound(count);
    for (int i = 0; i < done; i += VectorShape.SPECIES.length()) {
      of(DoubleVector.fromArray(VectorShape.SPECIES, z, i)).intoArray(out, i);
    }
    return done;
  }

  /** tanh z. */
  static DoubleVector of(DoubleVector z) {
    DoubleVector a = z.min(FastTanh.LARGEST).max(-FastTanh.LARGEST);
    DoubleVector shifted = a.fma(FastTanh.TWICE_LOG2_E, FastTanh.INTEGER);
    DoubleVector k = shifted.sub(FastTanh.INTEGER);
    DoubleVector h =
        k.fma(all(z, -FastTanh.HALF_LOG_2_REST), k.fma(all(z, -FastTanh.HALF_LOG_2), a));
    DoubleVector s =
        shifted
            .reinterpretAsLongs()
            .lanewise(VectorOperators.LSHL, FastTanh.EXPONENT)
            .reinterpretAsDoubles();
    DoubleVector y = h.mul(h);
    DoubleVector n = y.fma(FastTanh.N2, FastTanh.N1).mul(y);
    DoubleVector d = y.fma(y.fma(y.fma(FastTanh.D3, FastTanh.D2), all(z, FastTanh.D1)), all(z, 1));
    DoubleVector t = h.fma(n, h).div(d);
    DoubleVector above = s.add(1);
    DoubleVector below = s.sub(1);
    return above.fma(t, below).div(below.fma(t, above));
  }

  private static DoubleVector all(DoubleVector like, double value) {
    return DoubleVector.broadcast(like.species(), value);
  }
}
