package finitewidth.gaussian;

import static finitewidth.gaussian.ReluActivation.FOUR_PI;
import static finitewidth.gaussian.ReluActivation.INVERSE_PI;
import static finitewidth.gaussian.ReluActivation.INVERSE_TWO_PI;
import static finitewidth.gaussian.ReluActivation.MERGED_SINE;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The two-point function of the ReLU, a vector of pairs at a time: {@link ReluActivation#twoPoint}
 * step by step, with the same bits.
 *
 * <p>To be loaded only where {@link Lanes#available()}. Short loops rather than one: the compiler
 * stops inlining in long ones and then puts vectors on the heap. No masks: for vectors of two
 * doubles JDK 17 does not compile them. The rare pairs that are a case of their own go through the
 * formulas of the others, whatever these make of them, and are then overwritten one by one.
 */
final class ReluRowMap implements RowMap {
  private static final VectorSpecies<Double> LANES = DoubleVector.SPECIES_PREFERRED;

  @Override
  public void apply(TwoPointRow row, int count) {
    turn(row, count);
    first(row, count);
    settleFirst(row, count);
    if (row.curvature()) {
      second(row, count);
      settleSecond(row, count);
    }
  }

  /** √Δ and t, the folded angle, kept in the arrays of ∂F/∂K11 and ∂F/∂K12. */
  private static void turn(TwoPointRow row, int count) {
    double k11 = row.k11;
    double size1 = Math.sqrt(k11);
    double[] k22s = row.k22;
    double[] k12s = row.k12;
    double[] separations = row.separation;
    double[] roots = row.d1;
    double[] turns = row.dc;
    for (int i = 0; i < count; i += LANES.length()) {
      DoubleVector k22 = DoubleVector.fromArray(LANES, k22s, i);
      DoubleVector size = k22.sqrt().mul(size1);
      DoubleVector root = root(k11, k22, DoubleVector.fromArray(LANES, separations, i));
      DoubleVector chord = root.div(DoubleVector.fromArray(LANES, k12s, i).abs().add(size));
      root.intoArray(roots, i);
      VectorAtan.twice(chord).intoArray(turns, i);
    }
  }

  private static void first(TwoPointRow row, int count) {
    double k11 = row.k11;
    double size1 = Math.sqrt(k11);
    double unit1 = 1 / (FOUR_PI * k11);
    double[] k22s = row.k22;
    double[] k12s = row.k12;
    double[] separations = row.separation;
    double[] mean = row.mean;
    double[] distance = row.distance;
    double[] d1 = row.d1;
    double[] d2 = row.d2;
    double[] dc = row.dc;
    DoubleVector one = DoubleVector.broadcast(LANES, 1);
    DoubleVector quarter = DoubleVector.broadcast(LANES, 0.25);
    DoubleVector half = DoubleVector.broadcast(LANES, 0.5);
    DoubleVector perTurn = DoubleVector.broadcast(LANES, INVERSE_TWO_PI);
    DoubleVector minusTwice = DoubleVector.broadcast(LANES, -INVERSE_PI);
    for (int i = 0; i < count; i += LANES.length()) {
      DoubleVector k22 = DoubleVector.fromArray(LANES, k22s, i);
      DoubleVector k12 = DoubleVector.fromArray(LANES, k12s, i);
      DoubleVector separation = DoubleVector.fromArray(LANES, separations, i);
      DoubleVector root = DoubleVector.fromArray(LANES, d1, i);
      DoubleVector turn = DoubleVector.fromArray(LANES, dc, i);
      DoubleVector gap = k22.sqrt().mul(size1).mul(sineMinusArc(turn));

      gap.fma(perTurn, k12.max(0).mul(half)).intoArray(mean, i);
      gap.fma(minusTwice, separation.fma(half, k12.min(0))).intoArray(distance, i);
      root.mul(unit1).intoArray(d1, i);
      root.mul(one.div(k22.mul(FOUR_PI))).intoArray(d2, i);
      withSign(quarter.sub(turn.mul(perTurn)), k12).add(quarter).intoArray(dc, i);
    }
  }

  /** Pairs without a variance. */
  private static void settleFirst(TwoPointRow row, int count) {
    for (int i = 0; i < count; i++) {
      if (row.k11 <= 0 || row.k22[i] <= 0) {
        row.mean[i] = 0;
        row.distance[i] = 0.5 * (row.k11 + row.k22[i]);
        row.d1[i] = 0;
        row.d2[i] = 0;
        row.dc[i] = 0.25;
      }
    }
  }

  /** Second derivatives; and what √Δ exceeds its least by, kept in the array of ∂²F/∂K12². */
  private static void second(TwoPointRow row, int count) {
    double k11 = row.k11;
    double size1 = Math.sqrt(k11);
    double inverse1 = 1 / k11;
    double[] k22s = row.k22;
    double[] k12s = row.k12;
    double[] separations = row.separation;
    double[] d11 = row.d11;
    double[] d22 = row.d22;
    double[] d12 = row.d12;
    double[] d1c = row.d1c;
    double[] d2c = row.d2c;
    double[] excess = row.dcc;
    DoubleVector one = DoubleVector.broadcast(LANES, 1);
    for (int i = 0; i < count; i += LANES.length()) {
      DoubleVector k22 = DoubleVector.fromArray(LANES, k22s, i);
      DoubleVector k12 = DoubleVector.fromArray(LANES, k12s, i);
      DoubleVector root = root(k11, k22, DoubleVector.fromArray(LANES, separations, i));
      DoubleVector least = k22.sqrt().mul(size1).mul(MERGED_SINE);
      DoubleVector unit = one.div(root.mul(2 * FOUR_PI));
      DoubleVector inverse2 = one.div(k22);
      DoubleVector cross = unit.mul(k12).mul(-2);
      DoubleVector bend = unit.mul(k12.add(k12).fma(k12, k22.mul(k11).neg()));

      root.sub(least).intoArray(excess, i);
      unit.intoArray(d12, i);
      cross.mul(inverse1).intoArray(d1c, i);
      cross.mul(inverse2).intoArray(d2c, i);
      bend.mul(inverse1 * inverse1).intoArray(d11, i);
      bend.mul(inverse2.mul(inverse2)).intoArray(d22, i);
    }
  }

  /** ∂²F/∂K12²; and all second derivatives of merged and opposite pairs and without a variance. */
  private static void settleSecond(TwoPointRow row, int count) {
    for (int i = 0; i < count; i++) {
      if (row.dcc[i] < 0 || row.k11 <= 0 || row.k22[i] <= 0) {
        row.d11[i] = 0;
        row.d22[i] = 0;
        row.d12[i] = 0;
        row.d1c[i] = 0;
        row.d2c[i] = 0;
        row.dcc[i] = 0;
      } else {
        row.dcc[i] = 4 * row.d12[i];
      }
    }
  }

  /** √Δ, as of {@link ReluActivation#root}. */
  private static DoubleVector root(double k11, DoubleVector k22, DoubleVector separation) {
    DoubleVector skew = k22.sub(k11);
    DoubleVector sum = k22.add(k11);
    DoubleVector delta = separation.fma(sum.add(sum).sub(separation), skew.mul(skew).neg());
    return delta.mul(0.25).max(0).sqrt();
  }

  /** sin t − t cos t, as of {@link ReluActivation#sineMinusArc}. */
  private static DoubleVector sineMinusArc(DoubleVector t) {
    DoubleVector u = t.mul(t);
    DoubleVector uu = u.mul(u);
    DoubleVector low =
        uu.fma(
            u.fma(ReluActivation.S3, ReluActivation.S2),
            u.fma(ReluActivation.S1, ReluActivation.S0));
    DoubleVector high =
        uu.fma(
            u.fma(ReluActivation.S7, ReluActivation.S6),
            u.fma(ReluActivation.S5, ReluActivation.S4));
    return t.mul(u).mul(uu.mul(uu).fma(high, low));
  }

  /** {@link Math#copySign(double, double)}. */
  private static DoubleVector withSign(DoubleVector magnitude, DoubleVector sign) {
    LongVector bit = sign.reinterpretAsLongs().and(Long.MIN_VALUE);
    return magnitude.abs().reinterpretAsLongs().or(bit).reinterpretAsDoubles();
  }
}
