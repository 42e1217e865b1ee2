package finitewidth.gaussian.relu;

import static finitewidth.gaussian.relu.ReluLoops.SMALLEST_PIVOT;
import static finitewidth.gaussian.relu.ReluLoops.TWO_PI;
import static finitewidth.gaussian.relu.ReluSlots.STRIDE;
import static jdk.incubator.vector.DoubleVector.fromArray;

import finitewidth.gaussian.lanes.VectorAtan;
import finitewidth.gaussian.lanes.VectorShape;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link ReluConeLoops} with the Vector API; see {@link ReluLoops#vectors}. */
final class VectorReluConeLoops implements ReluConeLoops {
  private static final VectorSpecies<Double> S = VectorShape.SPECIES;
  private static final int LANES = S.length();

  @Override
  public void factor(double[] w, int count) {
    for (int i = 0; i < count; i += LANES) {
      DoubleVector rp = fromArray(S, w, ReluSlots.RP + i);
      DoubleVector rq = fromArray(S, w, ReluSlots.RQ + i);
      DoubleVector rx = fromArray(S, w, ReluSlots.RX + i);
      DoubleVector pq = fromArray(S, w, ReluSlots.link(ReluLinks.PQ) + i);
      DoubleVector px = fromArray(S, w, ReluSlots.link(ReluLinks.PX) + i);
      DoubleVector q2 = fromArray(S, w, ReluSlots.link(ReluLinks.Q2) + i);
      DoubleVector x2 = fromArray(S, w, ReluSlots.link(ReluLinks.X2) + i);
      DoubleVector x3 = fromArray(S, w, ReluSlots.link(ReluLinks.X3) + i);
      DoubleVector inverseQ2 = fromArray(S, w, ReluSlots.link(ReluLinks.INVERSE_Q2) + i);
      DoubleVector inverseX3 = fromArray(S, w, ReluSlots.link(ReluLinks.INVERSE_X3) + i);
      q2.mul(x3).intoArray(w, ReluSlots.VOLUME + i);
      DoubleVector y2 = rq.sub(pq.mul(rp)).mul(inverseQ2);
      DoubleVector given = rp.sub(1).mul(rp.add(1)).add(y2.mul(y2)).neg();
      DoubleVector y3 = rx.sub(px.mul(rp)).sub(x2.mul(y2)).mul(inverseX3);
      DoubleVector y3Square = y3.mul(y3);
      DoubleVector lastSquare = given.sub(y3Square).max(SMALLEST_PIVOT);
      DoubleVector tail = y3Square.add(lastSquare);
      y2.intoArray(w, ReluSlots.Y2 + i);
      y3.intoArray(w, ReluSlots.Y3 + i);
      lastSquare.intoArray(w, ReluSlots.LAST_SQUARE + i);
      lastSquare.sqrt().intoArray(w, ReluSlots.LAST + i);
      tail.sqrt().intoArray(w, ReluSlots.SPREAD + i);
      // Substituted backwards one after the other: where p and q merge their weights are large, and
      // only their sum is certain.
      DoubleVector weightX = y3.mul(inverseX3);
      DoubleVector weightQ = y2.sub(x2.mul(weightX)).mul(inverseQ2);
      weightX.intoArray(w, ReluSlots.WEIGHT_X + i);
      weightQ.intoArray(w, ReluSlots.WEIGHT_Q + i);
      rp.sub(pq.mul(weightQ)).sub(px.mul(weightX)).intoArray(w, ReluSlots.WEIGHT_P + i);
      y2.fma(y2, tail).sqrt().intoArray(w, ReluSlots.PD_COS + i);
      DoubleVector minus = pq.sub(rp);
      DoubleVector plus = pq.add(rp);
      DoubleVector minus2 = q2.sub(y2);
      DoubleVector plus2 = q2.add(y2);
      minus
          .fma(minus, minus2.fma(minus2, tail))
          .mul(plus.fma(plus, plus2.fma(plus2, tail)))
          .sqrt()
          .mul(0.5)
          .intoArray(w, ReluSlots.QD_COS + i);
      minus = px.sub(rp);
      plus = px.add(rp);
      minus2 = x2.sub(y2);
      plus2 = x2.add(y2);
      DoubleVector minus3 = x3.sub(y3);
      DoubleVector plus3 = x3.add(y3);
      minus
          .fma(minus, minus2.fma(minus2, minus3.fma(minus3, lastSquare)))
          .mul(plus.fma(plus, plus2.fma(plus2, plus3.fma(plus3, lastSquare))))
          .sqrt()
          .mul(0.5)
          .intoArray(w, ReluSlots.XD_COS + i);
    }
  }

  @Override
  public void facesOfTriple(double[] w, int count) {
    for (int i = 0; i < count; i += LANES) {
      DoubleVector rp = fromArray(S, w, ReluSlots.RP + i);
      DoubleVector rq = fromArray(S, w, ReluSlots.RQ + i);
      DoubleVector rx = fromArray(S, w, ReluSlots.RX + i);
      DoubleVector pq = fromArray(S, w, ReluSlots.link(ReluLinks.PQ) + i);
      DoubleVector px = fromArray(S, w, ReluSlots.link(ReluLinks.PX) + i);
      DoubleVector qx = fromArray(S, w, ReluSlots.link(ReluLinks.QX) + i);
      DoubleVector volume = fromArray(S, w, ReluSlots.VOLUME + i);
      DoubleVector last = fromArray(S, w, ReluSlots.LAST + i);
      DoubleVector cos = fromArray(S, w, ReluSlots.link(ReluLinks.Q2) + i);
      cos.mul(px.fma(rp, qx.fma(rq, rx))).intoArray(w, ReluSlots.AMPLITUDE + i);
      DoubleVector x = last.mul(cos);
      DoubleVector y = fromArray(S, w, ReluSlots.WEIGHT_X + i).mul(volume);
      y.div(x.fma(x, y.mul(y)).sqrt().add(x)).intoArray(w, ReluSlots.ANGLE + i);
      cos = fromArray(S, w, ReluSlots.link(ReluLinks.PX_COS) + i);
      cos.mul(pq.fma(rp, qx.fma(rx, rq))).intoArray(w, ReluSlots.AMPLITUDE + STRIDE + i);
      x = last.mul(cos);
      y = fromArray(S, w, ReluSlots.WEIGHT_Q + i).mul(volume);
      y.div(x.fma(x, y.mul(y)).sqrt().add(x)).intoArray(w, ReluSlots.ANGLE + STRIDE + i);
      cos = fromArray(S, w, ReluSlots.link(ReluLinks.QX_COS) + i);
      cos.mul(pq.fma(rq, px.fma(rx, rp))).intoArray(w, ReluSlots.AMPLITUDE + 2 * STRIDE + i);
      x = last.mul(cos);
      y = fromArray(S, w, ReluSlots.WEIGHT_P + i).mul(volume);
      y.div(x.fma(x, y.mul(y)).sqrt().add(x)).intoArray(w, ReluSlots.ANGLE + 2 * STRIDE + i);
    }
  }

  @Override
  public void facesOfLast(double[] w, int count) {
    for (int i = 0; i < count; i += LANES) {
      DoubleVector rp = fromArray(S, w, ReluSlots.RP + i);
      DoubleVector rq = fromArray(S, w, ReluSlots.RQ + i);
      DoubleVector rx = fromArray(S, w, ReluSlots.RX + i);
      DoubleVector pq = fromArray(S, w, ReluSlots.link(ReluLinks.PQ) + i);
      DoubleVector px = fromArray(S, w, ReluSlots.link(ReluLinks.PX) + i);
      DoubleVector qx = fromArray(S, w, ReluSlots.link(ReluLinks.QX) + i);
      DoubleVector volume = fromArray(S, w, ReluSlots.VOLUME + i).neg();
      DoubleVector last = fromArray(S, w, ReluSlots.LAST + i);
      DoubleVector lastSquare = fromArray(S, w, ReluSlots.LAST_SQUARE + i);
      DoubleVector weightP = fromArray(S, w, ReluSlots.WEIGHT_P + i);
      DoubleVector weightQ = fromArray(S, w, ReluSlots.WEIGHT_Q + i);
      DoubleVector weightX = fromArray(S, w, ReluSlots.WEIGHT_X + i);
      DoubleVector precision = fromArray(S, w, ReluSlots.link(ReluLinks.PRECISION_QX) + i);
      DoubleVector cos = fromArray(S, w, ReluSlots.PD_COS + i);
      cos.mul(pq.fma(px, rq.fma(rx, qx))).intoArray(w, ReluSlots.AMPLITUDE + 3 * STRIDE + i);
      DoubleVector x = last.mul(cos);
      DoubleVector y = precision.fma(lastSquare, weightQ.mul(weightX)).mul(volume);
      y.div(x.fma(x, y.mul(y)).sqrt().add(x)).intoArray(w, ReluSlots.ANGLE + 3 * STRIDE + i);
      precision = fromArray(S, w, ReluSlots.link(ReluLinks.PRECISION_PX) + i);
      cos = fromArray(S, w, ReluSlots.QD_COS + i);
      cos.mul(pq.fma(qx, rp.fma(rx, px))).intoArray(w, ReluSlots.AMPLITUDE + 4 * STRIDE + i);
      x = last.mul(cos);
      y = precision.fma(lastSquare, weightP.mul(weightX)).mul(volume);
      y.div(x.fma(x, y.mul(y)).sqrt().add(x)).intoArray(w, ReluSlots.ANGLE + 4 * STRIDE + i);
      precision = fromArray(S, w, ReluSlots.link(ReluLinks.PRECISION_PQ) + i);
      cos = fromArray(S, w, ReluSlots.XD_COS + i);
      cos.mul(px.fma(qx, rp.fma(rq, pq))).intoArray(w, ReluSlots.AMPLITUDE + 5 * STRIDE + i);
      x = last.mul(cos);
      y = precision.fma(lastSquare, weightP.mul(weightQ)).mul(volume);
      y.div(x.fma(x, y.mul(y)).sqrt().add(x)).intoArray(w, ReluSlots.ANGLE + 5 * STRIDE + i);
    }
  }

  @Override
  public void ends(double[] w, int count) {
    for (int i = 0; i < count; i += LANES) {
      DoubleVector rp = fromArray(S, w, ReluSlots.RP + i);
      DoubleVector rq = fromArray(S, w, ReluSlots.RQ + i);
      DoubleVector px = fromArray(S, w, ReluSlots.link(ReluLinks.PX) + i);
      DoubleVector x2 = fromArray(S, w, ReluSlots.link(ReluLinks.X2) + i);
      DoubleVector x3 = fromArray(S, w, ReluSlots.link(ReluLinks.X3) + i);
      DoubleVector side = fromArray(S, w, ReluSlots.SIDE + i);
      DoubleVector spread = fromArray(S, w, ReluSlots.SPREAD + i);
      DoubleVector reach = x3.mul(spread);
      DoubleVector cut = x3.sub(spread);
      DoubleVector cutSquare = cut.mul(cut);
      DoubleVector rpSide = rp.mul(side);
      DoubleVector y2Side = fromArray(S, w, ReluSlots.Y2 + i).mul(side);
      // 1 ∓ r at the end: what 1 ∓ r is before it are these and positive terms, so that neither
      // cancels.
      DoubleVector nearP = px.sub(rpSide);
      DoubleVector nearQ = x2.sub(y2Side);
      DoubleVector near = nearP.fma(nearP, nearQ.fma(nearQ, cutSquare)).mul(0.5);
      DoubleVector farP = px.add(rpSide);
      DoubleVector farQ = x2.add(y2Side);
      DoubleVector far = farP.fma(farP, farQ.fma(farQ, cutSquare)).mul(0.5);
      near.intoArray(w, ReluSlots.NEAR + i);
      far.intoArray(w, ReluSlots.FAR + i);
      rp.div(fromArray(S, w, ReluSlots.PD_COS + i).add(1))
          .intoArray(w, ReluSlots.ANGLE + 6 * STRIDE + i);
      rq.div(fromArray(S, w, ReluSlots.QD_COS + i).add(1))
          .intoArray(w, ReluSlots.ANGLE + 7 * STRIDE + i);
      DoubleVector cos = near.mul(far.add(reach.add(reach))).sqrt();
      side.sub(side.mul(near)).div(cos.add(1)).intoArray(w, ReluSlots.ANGLE + 8 * STRIDE + i);
    }
  }

  @Override
  public void angles(double[] w, int count) {
    for (int row = 0; row < ReluSlots.ANGLES; row++) {
      int from = ReluSlots.ANGLE + row * STRIDE;
      for (int i = 0; i < count; i += LANES) {
        VectorAtan.twice(fromArray(S, w, from + i)).intoArray(w, from + i);
      }
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>At an end the points bound three-dimensional cones, told apart by the signs in the
   * dependence weightP z_p + weightQ z_q + weightX z_x − z_d = 0, that of x being the side. All
   * equal: the cone is empty. One different: the constraint of that one follows from the others, or
   * is never met together with them, and P4 = ⅛ + three arcs / 4π. Two against two: a cone with
   * four faces, whose solid angle is a sum of four dihedral angles, P4 = four arcs / 4π. Which arcs
   * is a product of signs; those that a case does not use need not be right.
   */
  @Override
  public void rests(double[] w, int count, double[] pool, int at) {
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
      DoubleVector fixedQ = fromArray(S, w, ReluSlots.Y2 + i).mul(inverseQ2);
      DoubleVector slopeQ =
          fromArray(S, w, ReluSlots.link(ReluLinks.X2) + i).mul(slopeX).mul(inverseQ2).neg();
      DoubleVector slopeP = px.mul(slopeX);
      DoubleVector endQ = fixedQ.add(slopeQ);
      DoubleVector endP = rp.sub(pq.mul(endQ)).sub(slopeP);
      DoubleVector one = DoubleVector.broadcast(S, 1);
      DoubleVector minusOne = DoubleVector.broadcast(S, -1);
      DoubleVector signP = minusOne.blend(one, endP.compare(VectorOperators.GT, 0.0));
      DoubleVector signQ = minusOne.blend(one, endQ.compare(VectorOperators.GT, 0.0));
      DoubleVector signs = signP.mul(signQ);
      // Every arc has the factor 0 or 2.
      DoubleVector arcs = side.add(1).mul(fromArray(S, w, ReluSlots.link(ReluLinks.PQ_ARC) + i));
      arcs = signQ.add(1).fma(fromArray(S, w, ReluSlots.link(ReluLinks.PX_ARC) + i), arcs);
      arcs = signP.add(1).fma(fromArray(S, w, ReluSlots.link(ReluLinks.QX_ARC) + i), arcs);
      arcs = one.sub(side.mul(signQ)).fma(fromArray(S, w, ReluSlots.ANGLE + 6 * STRIDE + i), arcs);
      arcs = one.sub(side.mul(signP)).fma(fromArray(S, w, ReluSlots.ANGLE + 7 * STRIDE + i), arcs);
      arcs = one.sub(signs).fma(fromArray(S, w, ReluSlots.ANGLE + 8 * STRIDE + i), arcs);
      DoubleVector end = signs.mul(side).add(1).mul(0.0625).add(arcs.mul(0.25 / TWO_PI));

      DoubleVector volume = fromArray(S, w, ReluSlots.VOLUME + i);
      DoubleVector turned = volume.mul(fromArray(S, w, ReluSlots.LAST + i));
      DoubleVector amplitude = fromArray(S, w, ReluSlots.AMPLITUDE + i);
      DoubleVector flat = amplitude;
      turned = amplitude.fma(fromArray(S, w, ReluSlots.ANGLE + i), turned);
      amplitude = fromArray(S, w, ReluSlots.AMPLITUDE + STRIDE + i);
      flat = flat.add(amplitude);
      turned = amplitude.fma(fromArray(S, w, ReluSlots.ANGLE + STRIDE + i), turned);
      amplitude = fromArray(S, w, ReluSlots.AMPLITUDE + 2 * STRIDE + i);
      flat = flat.add(amplitude);
      turned = amplitude.fma(fromArray(S, w, ReluSlots.ANGLE + 2 * STRIDE + i), turned);
      amplitude = fromArray(S, w, ReluSlots.AMPLITUDE + 3 * STRIDE + i);
      flat = flat.add(amplitude);
      turned = amplitude.fma(fromArray(S, w, ReluSlots.ANGLE + 3 * STRIDE + i), turned);
      amplitude = fromArray(S, w, ReluSlots.AMPLITUDE + 4 * STRIDE + i);
      flat = flat.add(amplitude);
      turned = amplitude.fma(fromArray(S, w, ReluSlots.ANGLE + 4 * STRIDE + i), turned);
      amplitude = fromArray(S, w, ReluSlots.AMPLITUDE + 5 * STRIDE + i);
      flat = flat.add(amplitude);
      turned = amplitude.fma(fromArray(S, w, ReluSlots.ANGLE + 5 * STRIDE + i), turned);
      DoubleVector faces = flat.mul(0.25 / TWO_PI).add(turned.mul(1 / (TWO_PI * TWO_PI)));

      DoubleVector pairings = pq.mul(fromArray(S, w, ReluSlots.RX + i));
      pairings = px.fma(fromArray(S, w, ReluSlots.RQ + i), pairings);
      pairings = rp.fma(fromArray(S, w, ReluSlots.link(ReluLinks.QX) + i), pairings);
      DoubleVector scale = fromArray(S, w, ReluSlots.SCALE + i);
      pairings.fma(end, faces).mul(scale).intoArray(pool, ReluPool.REST + to);
    }
  }
}
