package finitewidth.gaussian.relu;

import static finitewidth.gaussian.relu.ReluSlots.STRIDE;

import finitewidth.gaussian.lanes.FastAtan;

/** {@link ReluLoops} one moment at a time, for Java machines without the Vector API. */
final class ScalarReluLoops implements ReluLoops {
  @Override
  public int lanes() {
    return 1;
  }

  @Override
  public void factorLinks(double[] table, int count) {
    for (int link = 0; link < ReluLinks.COUNT; link++) {
      for (int c = 0; c < count; c++) {
        factorLink(table, link, c);
      }
    }
  }

  private static void factorLink(double[] table, int link, int c) {
    double pq = table[ReluLinks.row(ReluLinks.PQ, link) + c];
    double px = table[ReluLinks.row(ReluLinks.PX, link) + c];
    double qx = table[ReluLinks.row(ReluLinks.QX, link) + c];
    double q2 = Math.sqrt(Math.max((1 - pq) * (pq + 1), SMALLEST_PIVOT));
    double inverseQ2 = 1 / q2;
    double x2 = (qx - px * pq) * inverseQ2;
    double rest = (1 - px) * (px + 1);
    double x3 = Math.sqrt(Math.max(rest - x2 * x2, SMALLEST_PIVOT));
    double inverseX3 = 1 / x3;
    double tail = x3 * x3;
    double minus = pq - px;
    double minus2 = q2 - x2;
    double plus = pq + px;
    double plus2 = q2 + x2;
    double product =
        Math.fma(minus, minus, Math.fma(minus2, minus2, tail))
            * Math.fma(plus, plus, Math.fma(plus2, plus2, tail));
    double pxCos = Math.sqrt(Math.fma(x2, x2, tail));
    double qxCos = Math.sqrt(product) * 0.5;
    double inverse10 = -(pq * inverseQ2);
    double inverse21 = -(x2 * inverseQ2 * inverseX3);
    double inverse20 = -((x2 * inverse10 + px) * inverseX3);
    table[ReluLinks.row(ReluLinks.Q2, link) + c] = q2;
    table[ReluLinks.row(ReluLinks.X2, link) + c] = x2;
    table[ReluLinks.row(ReluLinks.X3, link) + c] = x3;
    table[ReluLinks.row(ReluLinks.INVERSE_Q2, link) + c] = inverseQ2;
    table[ReluLinks.row(ReluLinks.INVERSE_X3, link) + c] = inverseX3;
    table[ReluLinks.row(ReluLinks.PRECISION_PQ, link) + c] =
        inverse10 * inverseQ2 + inverse20 * inverse21;
    table[ReluLinks.row(ReluLinks.PRECISION_PX, link) + c] = inverse20 * inverseX3;
    table[ReluLinks.row(ReluLinks.PRECISION_QX, link) + c] = inverse21 * inverseX3;
    table[ReluLinks.row(ReluLinks.PX_COS, link) + c] = pxCos;
    table[ReluLinks.row(ReluLinks.QX_COS, link) + c] = qxCos;
    table[ReluLinks.row(ReluLinks.PQ_ARC, link) + c] = FastAtan.arcsine(pq, q2);
    table[ReluLinks.row(ReluLinks.PX_ARC, link) + c] = FastAtan.arcsine(px, pxCos);
    table[ReluLinks.row(ReluLinks.QX_ARC, link) + c] = FastAtan.arcsine(qx, qxCos);
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
    for (int i = 0; i < count; i++) {
      double rp = r[p + i];
      double rq = r[q + i];
      double rx = r[x + i];
      double y2 = (rq - rp * pq) * inverseQ2;
      double given = -((rp - 1) * (rp + 1) + y2 * y2);
      double spread = Math.sqrt(Math.max(given, SMALLEST_PIVOT));
      double pMiddle = rp * px;
      double qMiddle = rq * qx;
      double middle = y2 * x2 + pMiddle;
      double y3 = (rx - middle) * inverseX3;
      double reach = spread * x3;
      double up = middle + reach;
      double low = middle - reach;
      double toUp = Math.max((spread - y3) * x3, SMALLEST_DISTANCE);
      double toLow = Math.max((spread + y3) * x3, SMALLEST_DISTANCE);
      double pReach = cosine[p + i] * pxCos;
      double qReach = cosine[q + i] * qxCos;
      double highest = Math.min(Math.min(pMiddle + pReach, qMiddle + qReach), 1);
      double lowest = Math.max(Math.max(pMiddle - pReach, qMiddle - qReach), -1);
      double upper = Math.max(Math.min(highest - up, toLow * FAR_END), SMALLEST_DISTANCE);
      double lower = Math.max(Math.min(low - lowest, toUp * FAR_END), SMALLEST_DISTANCE);
      boolean isUpper = upper * toLow >= lower * toUp;
      w[gap + i] = isUpper ? upper : -lower;
      w[way + i] = isUpper ? toUp : toLow;
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
    for (int i = 0; i < count; i++) {
      int k = at + i;
      double gap = w[ReluSlots.GAP + k];
      double way = w[ReluSlots.WAY + k];
      double otherGap = w[ReluSlots.GAP + STRIDE + k];
      double otherWay = w[ReluSlots.WAY + STRIDE + k];
      boolean isB = Math.abs(otherGap) * way > Math.abs(gap) * otherWay;
      gap = isB ? otherGap : gap;
      way = isB ? otherWay : way;
      otherGap = w[ReluSlots.GAP + 2 * STRIDE + k];
      otherWay = w[ReluSlots.WAY + 2 * STRIDE + k];
      boolean isA = Math.abs(otherGap) * way > Math.abs(gap) * otherWay;
      gap = isA ? otherGap : gap;
      way = isA ? otherWay : way;
      beta[to + i] = Math.abs(gap) / way;
      w[ReluSlots.SIDE + k] = gap < 0 ? -1 : 1;
      w[ReluSlots.LINK + k] = isA ? 2 : isB ? 1 : 0;
      double ad = r[a + i];
      double bd = r[b + i];
      double cd = r[c + i];
      w[ReluSlots.RP + k] = isA ? bd : ad;
      w[ReluSlots.RQ + k] = isA || isB ? cd : bd;
      w[ReluSlots.RX + k] = isA ? ad : isB ? bd : cd;
      w[ReluSlots.SCALE + k] = size[d + i] * scale;
    }
  }

  @Override
  public void spreadLinks(double[] w, int at, int count, ReluLinks links, int third) {
    for (int which = 0; which < ReluLinks.SIZE; which++) {
      int to = ReluSlots.link(which) + at;
      for (int i = 0; i < count; i++) {
        w[to + i] = links.get(which, (int) w[ReluSlots.LINK + at + i], third);
      }
    }
  }

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

  @Override
  public void prepare(double[] w, int count, double[] pool, int at) {
    for (int i = 0; i < count; i++) {
      int to = at + i;
      double rp = w[ReluSlots.RP + i];
      double pq = w[ReluSlots.link(ReluLinks.PQ) + i];
      double px = w[ReluSlots.link(ReluLinks.PX) + i];
      double inverseQ2 = w[ReluSlots.link(ReluLinks.INVERSE_Q2) + i];
      double side = w[ReluSlots.SIDE + i];
      double spread = w[ReluSlots.SPREAD + i];
      double slopeX = spread * w[ReluSlots.link(ReluLinks.INVERSE_X3) + i] * side;
      pool[ReluPool.FIXED_Q + to] = w[ReluSlots.Y2 + i] * inverseQ2;
      pool[ReluPool.SLOPE_Q + to] = -(w[ReluSlots.link(ReluLinks.X2) + i] * slopeX * inverseQ2);
      pool[ReluPool.SLOPE_P + to] = px * slopeX;
      pool[ReluPool.RP + to] = rp;
      pool[ReluPool.PQ + to] = pq;
      double pairings = pq * w[ReluSlots.RX + i];
      pairings = Math.fma(px, w[ReluSlots.RQ + i], pairings);
      pairings = Math.fma(rp, w[ReluSlots.link(ReluLinks.QX) + i], pairings);
      double scale = w[ReluSlots.SCALE + i];
      double towards = side * w[ReluSlots.Y3 + i];
      double lastSquare = w[ReluSlots.LAST_SQUARE + i];
      double gap = towards > 0 ? lastSquare / (spread + towards) : spread - towards;
      double inverseSpread = 1 / spread;
      double halfSquare = gap * inverseSpread * 0.5;
      double quarter = Math.sqrt(halfSquare) / (Math.sqrt(1 - halfSquare) + 1);
      double reach = spread * w[ReluSlots.link(ReluLinks.X3) + i];
      pool[ReluPool.FACTOR + to] = pairings * scale * (quarter * reach) * side * (-4 / TWO_PI);
      pool[ReluPool.QUARTER + to] = quarter;
      pool[ReluPool.REACH + to] = reach;
      pool[ReluPool.NEAR + to] = w[ReluSlots.NEAR + i];
      pool[ReluPool.FAR + to] = w[ReluSlots.FAR + i];
      pool[ReluPool.PRECISION + to] =
          w[ReluSlots.link(ReluLinks.PRECISION_PQ) + i] * spread * spread;
      pool[ReluPool.VOLUME + to] = -w[ReluSlots.VOLUME + i] * inverseSpread;
    }
  }

  @Override
  public void integrands(
      double[] pool, int from, int width, double[] nodes, int first, int each, double[] batch) {
    for (int j = 0; j < each; j++) {
      for (int k = 0; k < width; k++) {
        integrand(pool, from + k, nodes[first + j], batch, j * width + k);
      }
    }
  }

  private static void integrand(double[] pool, int i, double node, double[] batch, int at) {
    double t = pool[ReluPool.QUARTER + i] * node;
    double tt = t * t;
    double e = tt + 1;
    double ee = e * e;
    double rest = 1 - tt;
    double cosPsi = t * rest * 4;
    double cosPsiSquare = cosPsi * cosPsi;
    double sinPsi = tt * -8 + ee;
    double reach2 = pool[ReluPool.REACH + i] * 2;
    double nearTerm = Math.fma(pool[ReluPool.NEAR + i], ee, reach2 * 4 * tt);
    double farTerm = Math.fma(pool[ReluPool.FAR + i], ee, reach2 * (rest * rest));
    double cosSquare = nearTerm * farTerm;
    double towardsQ = Math.fma(pool[ReluPool.FIXED_Q + i], ee, pool[ReluPool.SLOPE_Q + i] * sinPsi);
    double towardsP =
        pool[ReluPool.RP + i] * ee
            - pool[ReluPool.PQ + i] * towardsQ
            - pool[ReluPool.SLOPE_P + i] * sinPsi;
    double rise =
        Math.fma(pool[ReluPool.PRECISION + i], cosPsiSquare, towardsP * towardsQ)
            * pool[ReluPool.VOLUME + i];
    batch[ReluPool.RADICAND + at] = cosSquare;
    batch[ReluPool.HYPOTENUSE + at] = Math.fma(cosPsiSquare, cosSquare, rise * rise);
    batch[ReluPool.RISE + at] = rise;
    batch[ReluPool.COS_PSI + at] = cosPsi;
    batch[ReluPool.ONE_PLUS + at] = e;
  }

  @Override
  public void values(double[] batch, int count) {
    for (int k = 0; k < count; k++) {
      double cos = Math.sqrt(batch[ReluPool.RADICAND + k]);
      double cosPsi = batch[ReluPool.COS_PSI + k];
      double sum = Math.fma(cosPsi, cos, Math.sqrt(batch[ReluPool.HYPOTENUSE + k]));
      double scaledCos = cos * batch[ReluPool.ONE_PLUS + k];
      double inverse = 1 / (scaledCos * sum);
      double u = batch[ReluPool.RISE + k] * scaledCos * inverse;
      double front = cosPsi * sum * inverse;
      double turn = u * (2 / TWO_PI);
      double share = Math.fma(turn, FastAtan.excess(u), turn) + 0.25;
      batch[ReluPool.VALUE + ReluPool.DELAY + k] = share * front;
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
    for (int k = 0; k < width; k++) {
      double integral = batch[value + k] * weights[first];
      for (int j = 1; j < each; j++) {
        integral = Math.fma(batch[value + j * width + k], weights[first + j], integral);
      }
      int i = from + k;
      moments[i] = Math.fma(integral, pool[ReluPool.FACTOR + i], pool[ReluPool.REST + i]);
    }
  }
}
