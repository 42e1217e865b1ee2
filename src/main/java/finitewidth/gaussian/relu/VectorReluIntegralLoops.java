package finitewidth.gaussian.relu;

import static finitewidth.gaussian.relu.ReluLoops.TWO_PI;
import static jdk.incubator.vector.DoubleVector.fromArray;

import finitewidth.gaussian.lanes.FastAtan;
import finitewidth.gaussian.lanes.VectorShape;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link ReluIntegralLoops} with the Vector API; see {@link ReluLoops#vectors}. */
final class VectorReluIntegralLoops implements ReluIntegralLoops {
  private static final VectorSpecies<Double> S = VectorShape.SPECIES;
  private static final int LANES = S.length();

  @Override
  public void prepare(double[] w, int count, double[] pool, int at) {
    for (int i = 0; i < count; i += LANES) {
      int to = at + i;
      DoubleVector rp = fromArray(S, w, ReluSlots.RP + i);
      DoubleVector pq = fromArray(S, w, ReluSlots.link(ReluLinks.PQ) + i);
      DoubleVector px = fromArray(S, w, ReluSlots.link(ReluLinks.PX) + i);
      DoubleVector inverseQ2 = fromArray(S, w, ReluSlots.link(ReluLinks.INVERSE_Q2) + i);
      DoubleVector side = fromArray(S, w, ReluSlots.SIDE + i);
      DoubleVector spread = fromArray(S, w, ReluSlots.SPREAD + i);
      DoubleVector slopeX =
          spread.mul(fromArray(S, w, ReluSlots.link(ReluLinks.INVERSE_X3) + i)).mul(side);
      fromArray(S, w, ReluSlots.Y2 + i).mul(inverseQ2).intoArray(pool, ReluPool.FIXED_Q + to);
      fromArray(S, w, ReluSlots.link(ReluLinks.X2) + i)
          .mul(slopeX)
          .mul(inverseQ2)
          .neg()
          .intoArray(pool, ReluPool.SLOPE_Q + to);
      px.mul(slopeX).intoArray(pool, ReluPool.SLOPE_P + to);
      rp.intoArray(pool, ReluPool.RP + to);
      pq.intoArray(pool, ReluPool.PQ + to);
      DoubleVector pairings = pq.mul(fromArray(S, w, ReluSlots.RX + i));
      pairings = px.fma(fromArray(S, w, ReluSlots.RQ + i), pairings);
      pairings = rp.fma(fromArray(S, w, ReluSlots.link(ReluLinks.QX) + i), pairings);
      DoubleVector scale = fromArray(S, w, ReluSlots.SCALE + i);
      // Half the angle between ψ and the end, by its sine; then the tangent of a quarter.
      DoubleVector towards = side.mul(fromArray(S, w, ReluSlots.Y3 + i));
      DoubleVector lastSquare = fromArray(S, w, ReluSlots.LAST_SQUARE + i);
      DoubleVector gap =
          spread
              .sub(towards)
              .blend(lastSquare.div(spread.add(towards)), towards.compare(VectorOperators.GT, 0.0));
      DoubleVector inverseSpread = DoubleVector.broadcast(S, 1).div(spread);
      DoubleVector halfSquare = gap.mul(inverseSpread).mul(0.5);
      DoubleVector quarter =
          halfSquare.sqrt().div(DoubleVector.broadcast(S, 1).sub(halfSquare).sqrt().add(1));
      DoubleVector reach = spread.mul(fromArray(S, w, ReluSlots.link(ReluLinks.X3) + i));
      pairings
          .mul(scale)
          .mul(quarter.mul(reach))
          .mul(side)
          .mul(-4 / TWO_PI)
          .intoArray(pool, ReluPool.FACTOR + to);
      quarter.intoArray(pool, ReluPool.QUARTER + to);
      reach.intoArray(pool, ReluPool.REACH + to);
      fromArray(S, w, ReluSlots.NEAR + i).intoArray(pool, ReluPool.NEAR + to);
      fromArray(S, w, ReluSlots.FAR + i).intoArray(pool, ReluPool.FAR + to);
      DoubleVector precision = fromArray(S, w, ReluSlots.link(ReluLinks.PRECISION_PQ) + i);
      precision.mul(spread).mul(spread).intoArray(pool, ReluPool.PRECISION + to);
      fromArray(S, w, ReluSlots.VOLUME + i)
          .neg()
          .mul(inverseSpread)
          .intoArray(pool, ReluPool.VOLUME + to);
    }
  }

  @Override
  public void integrands(
      double[] pool, int from, int width, double[] nodes, int first, int each, double[] batch) {
    for (int j = 0; j < each; j++) {
      integrands(pool, from, width, nodes[first + j], batch, j * width);
    }
  }

  private static void integrands(
      double[] pool, int from, int width, double node, double[] batch, int at) {
    for (int k = 0; k < width; k += LANES) {
      int i = from + k;
      // sin ψ, cos ψ and all that is made of them, times powers of 1 + t² that cancel in the end.
      DoubleVector t = fromArray(S, pool, ReluPool.QUARTER + i).mul(node);
      DoubleVector tt = t.mul(t);
      DoubleVector e = tt.add(1);
      DoubleVector ee = e.mul(e);
      DoubleVector rest = DoubleVector.broadcast(S, 1).sub(tt);
      DoubleVector cosPsi = t.mul(rest).mul(4);
      DoubleVector cosPsiSquare = cosPsi.mul(cosPsi);
      DoubleVector sinPsi = tt.mul(-8).add(ee);
      DoubleVector reach2 = fromArray(S, pool, ReluPool.REACH + i).mul(2);
      DoubleVector nearTerm = fromArray(S, pool, ReluPool.NEAR + i).fma(ee, reach2.mul(4).mul(tt));
      DoubleVector farTerm =
          fromArray(S, pool, ReluPool.FAR + i).fma(ee, reach2.mul(rest.mul(rest)));
      DoubleVector cosSquare = nearTerm.mul(farTerm);
      DoubleVector towardsQ =
          fromArray(S, pool, ReluPool.FIXED_Q + i)
              .fma(ee, fromArray(S, pool, ReluPool.SLOPE_Q + i).mul(sinPsi));
      DoubleVector towardsP =
          fromArray(S, pool, ReluPool.RP + i)
              .mul(ee)
              .sub(fromArray(S, pool, ReluPool.PQ + i).mul(towardsQ))
              .sub(fromArray(S, pool, ReluPool.SLOPE_P + i).mul(sinPsi));
      DoubleVector rise =
          fromArray(S, pool, ReluPool.PRECISION + i)
              .fma(cosPsiSquare, towardsP.mul(towardsQ))
              .mul(fromArray(S, pool, ReluPool.VOLUME + i));
      cosSquare.intoArray(batch, ReluPool.RADICAND + at + k);
      cosPsiSquare.fma(cosSquare, rise.mul(rise)).intoArray(batch, ReluPool.HYPOTENUSE + at + k);
      rise.intoArray(batch, ReluPool.RISE + at + k);
      cosPsi.intoArray(batch, ReluPool.COS_PSI + at + k);
      e.intoArray(batch, ReluPool.ONE_PLUS + at + k);
    }
  }

  @Override
  public void values(double[] batch, int count) {
    // With x = cos ψ · cos and y the rise: y / (x + √(x² + y²)) and cos ψ / ((1 + t²) cos), by one
    // division for both.
    for (int k = 0; k < count + ReluPool.DELAY; k += LANES) {
      DoubleVector cos = fromArray(S, batch, ReluPool.RADICAND + k).sqrt();
      DoubleVector cosPsi = fromArray(S, batch, ReluPool.COS_PSI + k);
      DoubleVector sum = cosPsi.fma(cos, fromArray(S, batch, ReluPool.HYPOTENUSE + k).sqrt());
      DoubleVector scaledCos = cos.mul(fromArray(S, batch, ReluPool.ONE_PLUS + k));
      DoubleVector inverse = DoubleVector.broadcast(S, 1).div(scaledCos.mul(sum));
      DoubleVector tangent = fromArray(S, batch, ReluPool.RISE + k).mul(scaledCos).mul(inverse);
      DoubleVector front = cosPsi.mul(sum).mul(inverse);

      DoubleVector u = fromArray(S, batch, ReluPool.TANGENT + k);
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
      DoubleVector turn = u.mul(2 / TWO_PI);
      DoubleVector share = turn.fma(z.mul(p).div(q), turn).add(0.25);
      share.mul(fromArray(S, batch, ReluPool.FRONT + k)).intoArray(batch, ReluPool.VALUE + k);
      tangent.intoArray(batch, ReluPool.TANGENT + ReluPool.DELAY + k);
      front.intoArray(batch, ReluPool.FRONT + ReluPool.DELAY + k);
    }
  }

  @Override
  public void sums(
      double[] pool,
      int from,
      int width,
      double[] weights,
      int first,
      int each,
      double[] batch,
      double[] moments) {
    int value = ReluPool.VALUE + ReluPool.DELAY;
    for (int k = 0; k < width; k += LANES) {
      fromArray(S, batch, value + k).mul(weights[first]).intoArray(moments, from + k);
    }
    for (int j = 1; j < each; j++) {
      int at = value + j * width;
      DoubleVector weight = DoubleVector.broadcast(S, weights[first + j]);
      for (int k = 0; k < width; k += LANES) {
        fromArray(S, batch, at + k)
            .fma(weight, fromArray(S, moments, from + k))
            .intoArray(moments, from + k);
      }
    }
    for (int i = from; i < from + width; i += LANES) {
      fromArray(S, moments, i)
          .fma(fromArray(S, pool, ReluPool.FACTOR + i), fromArray(S, pool, ReluPool.REST + i))
          .intoArray(moments, i);
    }
  }
}
