package finitewidth.gaussian.relu;

import static finitewidth.gaussian.relu.ReluLoops.FAR_END;
import static finitewidth.gaussian.relu.ReluLoops.SMALLEST_DISTANCE;
import static finitewidth.gaussian.relu.ReluLoops.SMALLEST_PIVOT;
import static finitewidth.gaussian.relu.ReluSlots.STRIDE;
import static jdk.incubator.vector.DoubleVector.fromArray;

import finitewidth.gaussian.lanes.VectorAtan;
import finitewidth.gaussian.lanes.VectorShape;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link ReluLinkLoops} with the Vector API; see {@link ReluLoops#vectors}. */
final class VectorReluLinkLoops implements ReluLinkLoops {
  private static final VectorSpecies<Double> S = VectorShape.SPECIES;
  private static final int LANES = S.length();

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
}
