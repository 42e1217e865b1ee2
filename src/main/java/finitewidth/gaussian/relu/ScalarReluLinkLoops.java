package finitewidth.gaussian.relu;

import static finitewidth.gaussian.relu.ReluLoops.FAR_END;
import static finitewidth.gaussian.relu.ReluLoops.SMALLEST_DISTANCE;
import static finitewidth.gaussian.relu.ReluLoops.SMALLEST_PIVOT;
import static finitewidth.gaussian.relu.ReluSlots.STRIDE;

import finitewidth.gaussian.lanes.FastAtan;

/** {@link ReluLinkLoops} one moment at a time. */
final class ScalarReluLinkLoops implements ReluLinkLoops {
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
}
