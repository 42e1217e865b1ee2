package finitewidth.gaussian.relu;

import static finitewidth.gaussian.relu.ReluLoops.TWO_PI;

import finitewidth.gaussian.lanes.FastAtan;

/** {@link ReluIntegralLoops} one moment at a time. */
final class ScalarReluIntegralLoops implements ReluIntegralLoops {
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
