package finitewidth.gaussian;

import static finitewidth.gaussian.ErfActivation.FOUR_OVER_PI;
import static finitewidth.gaussian.ErfActivation.TWO_OVER_PI;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The two-point function of erf, a vector of pairs at a time: {@link ErfActivation#twoPoint} step
 * by step, with the same bits.
 *
 * <p>To be loaded only where {@link Lanes#available()}. Short loops, as in {@link ReluRowMap}.
 */
final class ErfRowMap implements RowMap {
  private static final VectorSpecies<Double> LANES = DoubleVector.SPECIES_PREFERRED;

  @Override
  public void apply(TwoPointRow row, int count) {
    first(row, count);
    arc(row, count);
    mean(row, count);
    if (row.curvature()) {
      second(row, count);
    }
  }

  /** First derivatives; and √gap, kept in the array of F. */
  private static void first(TwoPointRow row, int count) {
    double k11 = row.k11;
    double inverse1 = 1 / ErfActivation.own(k11);
    double[] k22s = row.k22;
    double[] k12s = row.k12;
    double[] roots = row.mean;
    double[] d1 = row.d1;
    double[] d2 = row.d2;
    double[] dc = row.dc;
    DoubleVector one = DoubleVector.broadcast(LANES, 1);
    DoubleVector fourOverPi = DoubleVector.broadcast(LANES, FOUR_OVER_PI);
    for (int i = 0; i < count; i += LANES.length()) {
      DoubleVector k22 = DoubleVector.fromArray(LANES, k22s, i);
      DoubleVector k12 = DoubleVector.fromArray(LANES, k12s, i);
      DoubleVector root = gap(k11, k22, k12).sqrt();
      DoubleVector first = fourOverPi.div(root);
      DoubleVector slope = first.mul(k12.add(k12)).mul(-0.5);
      root.intoArray(roots, i);
      slope.mul(inverse1).intoArray(d1, i);
      slope.mul(one.div(k22.fma(2, 1))).intoArray(d2, i);
      first.intoArray(dc, i);
    }
  }

  /** asin(2K12 / √…), in the array of F, where √gap was. */
  private static void arc(TwoPointRow row, int count) {
    double[] k12s = row.k12;
    double[] arcs = row.mean;
    for (int i = 0; i < count; i += LANES.length()) {
      DoubleVector k12 = DoubleVector.fromArray(LANES, k12s, i);
      DoubleVector root = DoubleVector.fromArray(LANES, arcs, i);
      VectorAtan.ratio(k12.add(k12), root).intoArray(arcs, i);
    }
  }

  /** F and the distance. */
  private static void mean(TwoPointRow row, int count) {
    double self1 = ErfActivation.selfArc(row.k11);
    double[] k22s = row.k22;
    double[] mean = row.mean;
    double[] distance = row.distance;
    for (int i = 0; i < count; i += LANES.length()) {
      DoubleVector k22 = DoubleVector.fromArray(LANES, k22s, i);
      DoubleVector arc = DoubleVector.fromArray(LANES, mean, i);
      DoubleVector self2 = VectorAtan.ratio(k22.add(k22), k22.fma(4, 1).sqrt());
      arc.mul(TWO_OVER_PI).intoArray(mean, i);
      self2.add(self1).sub(arc.add(arc)).mul(TWO_OVER_PI).intoArray(distance, i);
    }
  }

  private static void second(TwoPointRow row, int count) {
    double k11 = row.k11;
    double own1 = ErfActivation.own(k11);
    double inverse1 = 1 / own1;
    double[] k22s = row.k22;
    double[] k12s = row.k12;
    double[] d11 = row.d11;
    double[] d22 = row.d22;
    double[] d12 = row.d12;
    double[] d1c = row.d1c;
    double[] d2c = row.d2c;
    double[] dcc = row.dcc;
    DoubleVector one = DoubleVector.broadcast(LANES, 1);
    DoubleVector fourOverPi = DoubleVector.broadcast(LANES, FOUR_OVER_PI);
    DoubleVector inverses1 = DoubleVector.broadcast(LANES, inverse1);
    for (int i = 0; i < count; i += LANES.length()) {
      DoubleVector k22 = DoubleVector.fromArray(LANES, k22s, i);
      DoubleVector k12 = DoubleVector.fromArray(LANES, k12s, i);
      DoubleVector cross = k12.add(k12);
      DoubleVector gap = gap(k11, k22, k12);
      DoubleVector first = fourOverPi.div(gap.sqrt());
      DoubleVector second = first.add(first).div(gap);
      DoubleVector own2 = k22.fma(2, 1);
      DoubleVector inverse2 = one.div(own2);
      DoubleVector minusHalf = second.mul(-0.5);
      DoubleVector quarter = second.mul(0.25);

      second.mul(cross).intoArray(dcc, i);
      minusHalf.mul(own2).intoArray(d1c, i);
      minusHalf.mul(own1).intoArray(d2c, i);
      quarter.mul(cross).intoArray(d12, i);
      quarter.mul(own2).fma(inverses1, first.mul(inverse1 * inverse1)).mul(cross).intoArray(d11, i);
      quarter
          .mul(own1)
          .fma(inverse2, first.mul(inverse2.mul(inverse2)))
          .mul(cross)
          .intoArray(d22, i);
    }
  }

  /** As of {@link ErfActivation#gap}. */
  private static DoubleVector gap(double k11, DoubleVector k22, DoubleVector k12) {
    DoubleVector sum = k22.add(k11);
    DoubleVector minor = k22.mul(k11).sub(k12.mul(k12));
    return minor.mul(4).add(sum.fma(2, 1));
  }
}
