package finitewidth.gaussian.relu;

import static finitewidth.gaussian.relu.ReluSlots.STRIDE;
import static jdk.incubator.vector.DoubleVector.fromArray;

import finitewidth.gaussian.lanes.FastAtan;
import finitewidth.gaussian.lanes.VectorAtan;
import finitewidth.gaussian.lanes.VectorShape;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link ReluLoops} with the Vector API.
 *
 * <p>Formulas are written out rather than shared through methods on vectors: beyond a certain
 * amount of code the optimising compiler stops inlining those, and a vector that crosses a call is
 * an object on the heap.
 */
final class VectorReluLoops implements ReluLoops {
  private static final VectorSpecies<Double> S = VectorShape.SPECIES;
  private static final int LANES = S.length();

  @Override
  public int lanes() {
    return LANES;
  }

  @Override
  public void factorLinks(double[] table, int count) {
    for (int link = 0; link < ReluLinks.COUNT; link++) {
      factorLink(table, link, count);
      tangents(table, link, count);
      for (int which = ReluLinks.PQ_ARC; which <= ReluLinks.QX_ARC; which++) {
        int arc = ReluLinks.row(which, link);
        for (int i = 0; i < count; i += LANES) {
          VectorAtan.twice(fromArray(S, table, arc + i)).intoArray(table, arc + i);
        }
      }
    }
  }

  private static void factorLink(double[] table, int link, int count) {
    for (int i = 0; i < count; i += LANES) {
      DoubleVector pq = fromArray(S, table, ReluLinks.row(ReluLinks.PQ, link) + i);
      DoubleVector px = fromArray(S, table, ReluLinks.row(ReluLinks.PX, link) + i);
      DoubleVector qx = fromArray(S, table, ReluLinks.row(ReluLinks.QX, link) + i);
      DoubleVector one = DoubleVector.broadcast(S, 1);
      DoubleVector q2 = one.sub(pq).mul(pq.add(1)).max(SMALLEST_PIVOT).sqrt();
      DoubleVector inverseQ2 = one.div(q2);
      DoubleVector x2 = qx.sub(px.mul(pq)).mul(inverseQ2);
      DoubleVector rest = one.sub(px).mul(px.add(1));
      DoubleVector x3 = rest.sub(x2.mul(x2)).max(SMALLEST_PIVOT).sqrt();
      DoubleVector inverseX3 = one.div(x3);
      DoubleVector tail = x3.mul(x3);
      DoubleVector minus = pq.sub(px);
      DoubleVector minus2 = q2.sub(x2);
      DoubleVector plus = pq.add(px);
      DoubleVector plus2 = q2.add(x2);
      DoubleVector product =
          minus.fma(minus, minus2.fma(minus2, tail)).mul(plus.fma(plus, plus2.fma(plus2, tail)));
      DoubleVector inverse10 = pq.mul(inverseQ2).neg();
      DoubleVector inverse21 = x2.mul(inverseQ2).mul(inverseX3).neg();
      DoubleVector inverse20 = x2.mul(inverse10).add(px).mul(inverseX3).neg();
      q2.intoArray(table, ReluLinks.row(ReluLinks.Q2, link) + i);
      x2.intoArray(table, ReluLinks.row(ReluLinks.X2, link) + i);
      x3.intoArray(table, ReluLinks.row(ReluLinks.X3, link) + i);
      inverseQ2.intoArray(table, ReluLinks.row(ReluLinks.INVERSE_Q2, link) + i);
      inverseX3.intoArray(table, ReluLinks.row(ReluLinks.INVERSE_X3, link) + i);
      inverse10
          .mul(inverseQ2)
          .add(inverse20.mul(inverse21))
          .intoArray(table, ReluLinks.row(ReluLinks.PRECISION_PQ, link) + i);
      inverse20.mul(inverseX3).intoArray(table, ReluLinks.row(ReluLinks.PRECISION_PX, link) + i);
      inverse21.mul(inverseX3).intoArray(table, ReluLinks.row(ReluLinks.PRECISION_QX, link) + i);
      x2.fma(x2, tail).sqrt().intoArray(table, ReluLinks.row(ReluLinks.PX_COS, link) + i);
      product.sqrt().mul(0.5).intoArray(table, ReluLinks.row(ReluLinks.QX_COS, link) + i);
    }
  }

  /** tan of half the arcs. */
  private static void tangents(double[] table, int link, int count) {
    for (int i = 0; i < count; i += LANES) {
      fromArray(S, table, ReluLinks.row(ReluLinks.PQ, link) + i)
          .div(fromArray(S, table, ReluLinks.row(ReluLinks.Q2, link) + i).add(1))
          .intoArray(table, ReluLinks.row(ReluLinks.PQ_ARC, link) + i);
      fromArray(S, table, ReluLinks.row(ReluLinks.PX, link) + i)
          .div(fromArray(S, table, ReluLinks.row(ReluLinks.PX_COS, link) + i).add(1))
          .intoArray(table, ReluLinks.row(ReluLinks.PX_ARC, link) + i);
      fromArray(S, table, ReluLinks.row(ReluLinks.QX, link) + i)
          .div(fromArray(S, table, ReluLinks.row(ReluLinks.QX_COS, link) + i).add(1))
          .intoArray(table, ReluLinks.row(ReluLinks.QX_ARC, link) + i);
    }
  }

  @Override
  public void choose(
      double[] w,
      int at,
      int count,
      ReluLinks links,
      int link,
      int third,
      double[] r,
      double[] cosine,
      int p,
      int q,
      int x) {
    double pq = links.get(ReluLinks.PQ, link, third);
    double px = links.get(ReluLinks.PX, link, third);
    double qx = links.get(ReluLinks.QX, link, third);
    double x2 = links.get(ReluLinks.X2, link, third);
    double x3 = links.get(ReluLinks.X3, link, third);
    double inverseQ2 = links.get(ReluLinks.INVERSE_Q2, link, third);
    double inverseX3 = links.get(ReluLinks.INVERSE_X3, link, third);
    double pxCos = links.get(ReluLinks.PX_COS, link, third);
    double qxCos = links.get(ReluLinks.QX_COS, link, third);
    int gap = ReluSlots.GAP + link * STRIDE + at;
    int way = ReluSlots.WAY + link * STRIDE + at;
    for (int i = 0; i < count; i += LANES) {
      DoubleVector rp = fromArray(S, r, p + i);
      DoubleVector rq = fromArray(S, r, q + i);
      DoubleVector rx = fromArray(S, r, x + i);
      DoubleVector y2 = rq.sub(rp.mul(pq)).mul(inverseQ2);
      DoubleVector given = rp.sub(1).mul(rp.add(1)).add(y2.mul(y2)).neg();
      DoubleVector spread = given.max(SMALLEST_PIVOT).sqrt();
      DoubleVector pMiddle = rp.mul(px);
      DoubleVector qMiddle = rq.mul(qx);
      DoubleVector middle = y2.mul(x2).add(pMiddle);
      DoubleVector y3 = rx.sub(middle).mul(inverseX3);
      DoubleVector reach = spread.mul(x3);
      DoubleVector up = middle.add(reach);
      DoubleVector low = middle.sub(reach);
      DoubleVector toUp = spread.sub(y3).mul(x3).max(SMALLEST_DISTANCE);
      DoubleVector toLow = spread.add(y3).mul(x3).max(SMALLEST_DISTANCE);
      DoubleVector pReach = fromArray(S, cosine, p + i).mul(pxCos);
      DoubleVector qReach = fromArray(S, cosine, q + i).mul(qxCos);
      DoubleVector highest = pMiddle.add(pReach).min(qMiddle.add(qReach)).min(1);
      DoubleVector lowest = pMiddle.sub(pReach).max(qMiddle.sub(qReach)).max(-1);
      DoubleVector upper = highest.sub(up).min(toLow.mul(FAR_END)).max(SMALLEST_DISTANCE);
      DoubleVector lower = low.sub(lowest).min(toUp.mul(FAR_END)).max(SMALLEST_DISTANCE);
      VectorMask<Double> isUpper = upper.mul(toLow).compare(VectorOperators.GE, lower.mul(toUp));
      lower.neg().blend(upper, isUpper).intoArray(w, gap + i);
      toLow.blend(toUp, isUpper).intoArray(w, way + i);
    }
  }

  @Override
  public void select(
      double[] w,
      int at,
      int count,
      double[] r,
      int a,
      int b,
      int c,
      double[] size,
      int d,
      double scale,
      double[] beta,
      int to) {
    for (int i = 0; i < count; i += LANES) {
      int k = at + i;
      DoubleVector gap = fromArray(S, w, ReluSlots.GAP + k);
      DoubleVector way = fromArray(S, w, ReluSlots.WAY + k);
      DoubleVector otherGap = fromArray(S, w, ReluSlots.GAP + STRIDE + k);
      DoubleVector otherWay = fromArray(S, w, ReluSlots.WAY + STRIDE + k);
      VectorMask<Double> isB =
          otherGap.abs().mul(way).compare(VectorOperators.GT, gap.abs().mul(otherWay));
      gap = gap.blend(otherGap, isB);
      way = way.blend(otherWay, isB);
      otherGap = fromArray(S, w, ReluSlots.GAP + 2 * STRIDE + k);
      otherWay = fromArray(S, w, ReluSlots.WAY + 2 * STRIDE + k);
      VectorMask<Double> isA =
          otherGap.abs().mul(way).compare(VectorOperators.GT, gap.abs().mul(otherWay));
      gap = gap.blend(otherGap, isA);
      way = way.blend(otherWay, isA);
      gap.abs().div(way).intoArray(beta, to + i);
      VectorMask<Double> isLower = gap.compare(VectorOperators.LT, 0.0);
      DoubleVector.broadcast(S, 1).blend(-1, isLower).intoArray(w, ReluSlots.SIDE + k);
      DoubleVector.zero(S).blend(1, isB).blend(2, isA).intoArray(w, ReluSlots.LINK + k);
      DoubleVector ad = fromArray(S, r, a + i);
      DoubleVector bd = fromArray(S, r, b + i);
      DoubleVector cd = fromArray(S, r, c + i);
      ad.blend(bd, isA).intoArray(w, ReluSlots.RP + k);
      bd.blend(cd, isB).blend(cd, isA).intoArray(w, ReluSlots.RQ + k);
      cd.blend(bd, isB).blend(ad, isA).intoArray(w, ReluSlots.RX + k);
      fromArray(S, size, d + i).mul(scale).intoArray(w, ReluSlots.SCALE + k);
    }
  }

  @Override
  public void spreadLinks(double[] w, int at, int count, ReluLinks links, int third) {
    // Four numbers at a time: as many as registers can hold.
    for (int which = 0; which < ReluLinks.SIZE; which += 4) {
      DoubleVector byC0 = DoubleVector.broadcast(S, links.get(which, 0, third));
      DoubleVector byB0 = DoubleVector.broadcast(S, links.get(which, 1, third));
      DoubleVector byA0 = DoubleVector.broadcast(S, links.get(which, 2, third));
      DoubleVector byC1 = DoubleVector.broadcast(S, links.get(which + 1, 0, third));
      DoubleVector byB1 = DoubleVector.broadcast(S, links.get(which + 1, 1, third));
      DoubleVector byA1 = DoubleVector.broadcast(S, links.get(which + 1, 2, third));
      DoubleVector byC2 = DoubleVector.broadcast(S, links.get(which + 2, 0, third));
      DoubleVector byB2 = DoubleVector.broadcast(S, links.get(which + 2, 1, third));
      DoubleVector byA2 = DoubleVector.broadcast(S, links.get(which + 2, 2, third));
      DoubleVector byC3 = DoubleVector.broadcast(S, links.get(which + 3, 0, third));
      DoubleVector byB3 = DoubleVector.broadcast(S, links.get(which + 3, 1, third));
      DoubleVector byA3 = DoubleVector.broadcast(S, links.get(which + 3, 2, third));
      int to = ReluSlots.link(which) + at;
      for (int i = 0; i < count; i += LANES) {
        DoubleVector link = fromArray(S, w, ReluSlots.LINK + at + i);
        VectorMask<Double> isB = link.compare(VectorOperators.EQ, 1.0);
        VectorMask<Double> isA = link.compare(VectorOperators.EQ, 2.0);
        byC0.blend(byB0, isB).blend(byA0, isA).intoArray(w, to + i);
        byC1.blend(byB1, isB).blend(byA1, isA).intoArray(w, to + STRIDE + i);
        byC2.blend(byB2, isB).blend(byA2, isA).intoArray(w, to + 2 * STRIDE + i);
        byC3.blend(byB3, isB).blend(byA3, isA).intoArray(w, to + 3 * STRIDE + i);
      }
    }
  }

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
