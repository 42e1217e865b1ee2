package finitewidth.gaussian.relu;

import static finitewidth.gaussian.relu.ReluLoops.SMALLEST_PIVOT;
import static finitewidth.gaussian.relu.ReluLoops.TWO_PI;
import static finitewidth.gaussian.relu.ReluSlots.STRIDE;

import finitewidth.gaussian.lanes.FastAtan;

/** {@link ReluConeLoops} one moment at a time. */
final class ScalarReluConeLoops implements ReluConeLoops {
  @Override
  public void factor(double[] w, int count) {
    for (int i = 0; i < count; i++) {
      double rp = w[ReluSlots.RP + i];
      double rq = w[ReluSlots.RQ + i];
      double rx = w[ReluSlots.RX + i];
      double pq = w[ReluSlots.link(ReluLinks.PQ) + i];
      double px = w[ReluSlots.link(ReluLinks.PX) + i];
      double q2 = w[ReluSlots.link(ReluLinks.Q2) + i];
      double x2 = w[ReluSlots.link(ReluLinks.X2) + i];
      double x3 = w[ReluSlots.link(ReluLinks.X3) + i];
      double inverseQ2 = w[ReluSlots.link(ReluLinks.INVERSE_Q2) + i];
      double inverseX3 = w[ReluSlots.link(ReluLinks.INVERSE_X3) + i];
      w[ReluSlots.VOLUME + i] = q2 * x3;
      double y2 = (rq - pq * rp) * inverseQ2;
      double given = -((rp - 1) * (rp + 1) + y2 * y2);
      double y3 = (rx - px * rp - x2 * y2) * inverseX3;
      double y3Square = y3 * y3;
      double lastSquare = Math.max(given - y3Square, SMALLEST_PIVOT);
      double tail = y3Square + lastSquare;
      w[ReluSlots.Y2 + i] = y2;
      w[ReluSlots.Y3 + i] = y3;
      w[ReluSlots.LAST_SQUARE + i] = lastSquare;
      w[ReluSlots.LAST + i] = Math.sqrt(lastSquare);
      w[ReluSlots.SPREAD + i] = Math.sqrt(tail);
      double weightX = y3 * inverseX3;
      double weightQ = (y2 - x2 * weightX) * inverseQ2;
      w[ReluSlots.WEIGHT_X + i] = weightX;
      w[ReluSlots.WEIGHT_Q + i] = weightQ;
      w[ReluSlots.WEIGHT_P + i] = rp - pq * weightQ - px * weightX;
      w[ReluSlots.PD_COS + i] = Math.sqrt(Math.fma(y2, y2, tail));
      double minus = pq - rp;
      double plus = pq + rp;
      double minus2 = q2 - y2;
      double plus2 = q2 + y2;
      w[ReluSlots.QD_COS + i] =
          0.5
              * Math.sqrt(
                  Math.fma(minus, minus, Math.fma(minus2, minus2, tail))
                      * Math.fma(plus, plus, Math.fma(plus2, plus2, tail)));
      minus = px - rp;
      plus = px + rp;
      minus2 = x2 - y2;
      plus2 = x2 + y2;
      double minus3 = x3 - y3;
      double plus3 = x3 + y3;
      w[ReluSlots.XD_COS + i] =
          0.5
              * Math.sqrt(
                  Math.fma(
                          minus,
                          minus,
                          Math.fma(minus2, minus2, Math.fma(minus3, minus3, lastSquare)))
                      * Math.fma(
                          plus, plus, Math.fma(plus2, plus2, Math.fma(plus3, plus3, lastSquare))));
    }
  }

  @Override
  public void facesOfTriple(double[] w, int count) {
    for (int i = 0; i < count; i++) {
      double rp = w[ReluSlots.RP + i];
      double rq = w[ReluSlots.RQ + i];
      double rx = w[ReluSlots.RX + i];
      double pq = w[ReluSlots.link(ReluLinks.PQ) + i];
      double px = w[ReluSlots.link(ReluLinks.PX) + i];
      double qx = w[ReluSlots.link(ReluLinks.QX) + i];
      double volume = w[ReluSlots.VOLUME + i];
      double last = w[ReluSlots.LAST + i];
      double cos = w[ReluSlots.link(ReluLinks.Q2) + i];
      double sum = Math.fma(px, rp, Math.fma(qx, rq, rx));
      face(w, 0, i, cos, sum, w[ReluSlots.WEIGHT_X + i] * volume, last);
      cos = w[ReluSlots.link(ReluLinks.PX_COS) + i];
      sum = Math.fma(pq, rp, Math.fma(qx, rx, rq));
      face(w, 1, i, cos, sum, w[ReluSlots.WEIGHT_Q + i] * volume, last);
      cos = w[ReluSlots.link(ReluLinks.QX_COS) + i];
      sum = Math.fma(pq, rq, Math.fma(px, rx, rp));
      face(w, 2, i, cos, sum, w[ReluSlots.WEIGHT_P + i] * volume, last);
    }
  }

  @Override
  public void facesOfLast(double[] w, int count) {
    for (int i = 0; i < count; i++) {
      double rp = w[ReluSlots.RP + i];
      double rq = w[ReluSlots.RQ + i];
      double rx = w[ReluSlots.RX + i];
      double pq = w[ReluSlots.link(ReluLinks.PQ) + i];
      double px = w[ReluSlots.link(ReluLinks.PX) + i];
      double qx = w[ReluSlots.link(ReluLinks.QX) + i];
      double volume = -w[ReluSlots.VOLUME + i];
      double last = w[ReluSlots.LAST + i];
      double lastSquare = w[ReluSlots.LAST_SQUARE + i];
      double weightP = w[ReluSlots.WEIGHT_P + i];
      double weightQ = w[ReluSlots.WEIGHT_Q + i];
      double weightX = w[ReluSlots.WEIGHT_X + i];
      double precision = w[ReluSlots.link(ReluLinks.PRECISION_QX) + i];
      double y = Math.fma(precision, lastSquare, weightQ * weightX) * volume;
      double sum = Math.fma(pq, px, Math.fma(rq, rx, qx));
      face(w, 3, i, w[ReluSlots.PD_COS + i], sum, y, last);
      precision = w[ReluSlots.link(ReluLinks.PRECISION_PX) + i];
      y = Math.fma(precision, lastSquare, weightP * weightX) * volume;
      sum = Math.fma(pq, qx, Math.fma(rp, rx, px));
      face(w, 4, i, w[ReluSlots.QD_COS + i], sum, y, last);
      precision = w[ReluSlots.link(ReluLinks.PRECISION_PQ) + i];
      y = Math.fma(precision, lastSquare, weightP * weightQ) * volume;
      sum = Math.fma(px, qx, Math.fma(rp, rq, pq));
      face(w, 5, i, w[ReluSlots.XD_COS + i], sum, y, last);
    }
  }

  private static void face(
      double[] w, int which, int i, double cos, double sum, double y, double last) {
    double x = last * cos;
    w[ReluSlots.AMPLITUDE + which * STRIDE + i] = cos * sum;
    w[ReluSlots.ANGLE + which * STRIDE + i] = y / (Math.sqrt(Math.fma(x, x, y * y)) + x);
  }

  @Override
  public void ends(double[] w, int count) {
    for (int i = 0; i < count; i++) {
      double rp = w[ReluSlots.RP + i];
      double rq = w[ReluSlots.RQ + i];
      double px = w[ReluSlots.link(ReluLinks.PX) + i];
      double x2 = w[ReluSlots.link(ReluLinks.X2) + i];
      double x3 = w[ReluSlots.link(ReluLinks.X3) + i];
      double side = w[ReluSlots.SIDE + i];
      double spread = w[ReluSlots.SPREAD + i];
      double reach = x3 * spread;
      double cut = x3 - spread;
      double cutSquare = cut * cut;
      double rpSide = rp * side;
      double y2Side = w[ReluSlots.Y2 + i] * side;
      double nearP = px - rpSide;
      double nearQ = x2 - y2Side;
      double near = Math.fma(nearP, nearP, Math.fma(nearQ, nearQ, cutSquare)) * 0.5;
      double farP = px + rpSide;
      double farQ = x2 + y2Side;
      double far = Math.fma(farP, farP, Math.fma(farQ, farQ, cutSquare)) * 0.5;
      w[ReluSlots.NEAR + i] = near;
      w[ReluSlots.FAR + i] = far;
      w[ReluSlots.ANGLE + 6 * STRIDE + i] = rp / (w[ReluSlots.PD_COS + i] + 1);
      w[ReluSlots.ANGLE + 7 * STRIDE + i] = rq / (w[ReluSlots.QD_COS + i] + 1);
      double cos = Math.sqrt(near * (far + (reach + reach)));
      w[ReluSlots.ANGLE + 8 * STRIDE + i] = (side - side * near) / (cos + 1);
    }
  }

  @Override
  public void angles(double[] w, int count) {
    for (int row = 0; row < ReluSlots.ANGLES; row++) {
      int from = ReluSlots.ANGLE + row * STRIDE;
      for (int i = 0; i < count; i++) {
        w[from + i] = FastAtan.twice(w[from + i]);
      }
    }
  }

  @Override
  public void rests(double[] w, int count, double[] pool, int at) {
    for (int i = 0; i < count; i++) {
      int to = at + i;
      double rp = w[ReluSlots.RP + i];
      double pq = w[ReluSlots.link(ReluLinks.PQ) + i];
      double px = w[ReluSlots.link(ReluLinks.PX) + i];
      double inverseQ2 = w[ReluSlots.link(ReluLinks.INVERSE_Q2) + i];
      double side = w[ReluSlots.SIDE + i];
      double spread = w[ReluSlots.SPREAD + i];
      double slopeX = spread * w[ReluSlots.link(ReluLinks.INVERSE_X3) + i] * side;
      double fixedQ = w[ReluSlots.Y2 + i] * inverseQ2;
      double slopeQ = -(w[ReluSlots.link(ReluLinks.X2) + i] * slopeX * inverseQ2);
      double slopeP = px * slopeX;
      double endQ = fixedQ + slopeQ;
      double endP = rp - pq * endQ - slopeP;
      double signP = endP > 0 ? 1 : -1;
      double signQ = endQ > 0 ? 1 : -1;
      double signs = signP * signQ;
      double arcs = (side + 1) * w[ReluSlots.link(ReluLinks.PQ_ARC) + i];
      arcs = Math.fma(signQ + 1, w[ReluSlots.link(ReluLinks.PX_ARC) + i], arcs);
      arcs = Math.fma(signP + 1, w[ReluSlots.link(ReluLinks.QX_ARC) + i], arcs);
      arcs = Math.fma(1 - side * signQ, w[ReluSlots.ANGLE + 6 * STRIDE + i], arcs);
      arcs = Math.fma(1 - side * signP, w[ReluSlots.ANGLE + 7 * STRIDE + i], arcs);
      arcs = Math.fma(1 - signs, w[ReluSlots.ANGLE + 8 * STRIDE + i], arcs);
      double end = (signs * side + 1) * 0.0625 + arcs * (0.25 / TWO_PI);

      double volume = w[ReluSlots.VOLUME + i];
      double turned = volume * w[ReluSlots.LAST + i];
      double flat = 0;
      for (int face = 0; face < 6; face++) {
        double amplitude = w[ReluSlots.AMPLITUDE + face * STRIDE + i];
        flat = flat + amplitude;
        turned = Math.fma(amplitude, w[ReluSlots.ANGLE + face * STRIDE + i], turned);
      }
      double faces = flat * (0.25 / TWO_PI) + turned * (1 / (TWO_PI * TWO_PI));

      double pairings = pq * w[ReluSlots.RX + i];
      pairings = Math.fma(px, w[ReluSlots.RQ + i], pairings);
      pairings = Math.fma(rp, w[ReluSlots.link(ReluLinks.QX) + i], pairings);
      double scale = w[ReluSlots.SCALE + i];
      pool[ReluPool.REST + to] = Math.fma(pairings, end, faces) * scale;
    }
  }
}
