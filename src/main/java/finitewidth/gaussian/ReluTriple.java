package finitewidth.gaussian;

/**
 * Three standardised points p, q, x of a ReLU four-point moment, factorised once for all fourth
 * points d (THEORY section 3, unit variances).
 *
 * <p>With the orthant probability P4, correlations r_ij, d_ij = 1 − r_ij², R the 4×4 correlation
 * matrix, φ_ij the arcsine of the partial correlation of k and l given i and j, and h = Σ over the
 * three pairings of r_ij r_kl:
 *
 * <pre>
 * ⟨ρρρρ⟩ = h P4 + (1/2π) Σ_{i&lt;j} √d_ij (r_kl + r_ik r_il + r_jk r_jl) (¼ + φ_ij/2π) + √det R / 4π²
 * </pre>
 *
 * <p>P4 changes with r_xd alone as dP4/dr_xd = (¼ + φ_xd/2π) / 2π√d_xd, and is elementary at both
 * ends of the range of r_xd, where the four points become linearly dependent. So P4 is the value at
 * one {@linkplain #end end} and one short integral, in the angle ψ of which the sine is the partial
 * correlation of x and d given p and q.
 *
 * <p>Merging and dependent points are ordinary, and there the six arcsines and P4 depend on
 * differences that rounding decides. They only have to be decided alike: R is factorised once, R =
 * L Lᵀ, and every angle and every d_ij is taken from L.
 */
final class ReluTriple {
  /**
   * Below this a squared pivot is taken as this. The caller keeps the smallest eigenvalue of R
   * larger, so it is met only by matrices that are not positive semidefinite.
   */
  private static final double SMALLEST_PIVOT = 1e-16;

  /** How far the far end of the range may be away, measured in β²; see {@link #choose}. */
  private static final double FAR_END = 0.25;

  private static final double TWO_PI = 2 * Math.PI;

  /** Correlations. */
  private double pq;

  private double px;
  private double qx;

  /** √d of the three pairs, and their arcsines. */
  private double pqCos;

  private double pxCos;
  private double qxCos;
  private double pqArc;
  private double pxArc;
  private double qxArc;

  /** Rows q = (pq, q2) and x = (px, x2, x3) of L; p is (1). */
  private double q2;

  private double x2;
  private double x3;

  /** Reciprocals of the pivots q2 and x3. */
  private double inverseQ2;

  private double inverseX3;

  /** Off-diagonal elements of the inverse of the 3×3 correlation matrix. */
  private double precisionPq;

  private double precisionPx;
  private double precisionQx;

  /** Factorises the correlations of p, q and x. */
  void set(double pq, double px, double qx) {
    this.pq = pq;
    this.px = px;
    this.qx = qx;
    double pqSquare = (1 - pq) * (1 + pq);
    q2 = Math.sqrt(Math.max(pqSquare, SMALLEST_PIVOT));
    x2 = (qx - px * pq) / q2;
    double rest = (1 - px) * (1 + px);
    x3 = Math.sqrt(Math.max(rest - x2 * x2, SMALLEST_PIVOT));
    pqCos = q2;
    pxCos = Math.sqrt(x2 * x2 + x3 * x3);
    double tail = x3 * x3;
    double minus = square(pq - px) + square(q2 - x2) + tail;
    double plus = square(pq + px) + square(q2 + x2) + tail;
    qxCos = 0.5 * Math.sqrt(minus * plus);
    pqArc = FastAtan.arcsine(pq, pqCos);
    pxArc = FastAtan.arcsine(px, pxCos);
    qxArc = FastAtan.arcsine(qx, qxCos);
    inverseQ2 = 1 / q2;
    inverseX3 = 1 / x3;
    double inv10 = -pq * inverseQ2;
    double inv21 = -x2 * inverseQ2 * inverseX3;
    double inv20 = -(px + x2 * inv10) * inverseX3;
    precisionPq = inv10 * inverseQ2 + inv20 * inv21;
    precisionPx = inv20 * inverseX3;
    precisionQx = inv21 * inverseX3;
  }

  /**
   * How easy the integral is, from the better end: β² of {@link AngleNodes}, negative if that is
   * the lower end.
   *
   * <p>As functions of r_xd, φ_xd and √d_xd are singular at ±1 and where r_xd leaves the range that
   * p alone, or q alone, would leave to it, all beyond the ends. Seen from an end, and in units of
   * the way from there to r_xd, the nearest singularity decides; a quarter of the way left to the
   * other end is allowed for the singularities there.
   */
  double choose(double rp, double rq, double rx, double pCos, double qCos) {
    double y2 = (rq - pq * rp) * inverseQ2;
    double given = Math.max((1 - rp) * (1 + rp) - y2 * y2, SMALLEST_PIVOT);
    double spread = Math.sqrt(given);
    double y3 = (rx - px * rp - x2 * y2) * inverseX3;
    double middle = px * rp + x2 * y2;
    double reach = x3 * spread;
    double up = middle + reach;
    double low = middle - reach;
    double toUp = Math.max(x3 * (spread - y3), Double.MIN_NORMAL);
    double toLow = Math.max(x3 * (spread + y3), Double.MIN_NORMAL);
    double pMiddle = px * rp;
    double qMiddle = qx * rq;
    double pReach = pxCos * pCos;
    double qReach = qxCos * qCos;
    double upGap = Math.min(1 - up, Math.min(pMiddle + pReach, qMiddle + qReach) - up);
    double lowGap = Math.min(1 + low, low - Math.max(pMiddle - pReach, qMiddle - qReach));
    double upper = Math.max(Math.min(upGap, FAR_END * toLow), Double.MIN_NORMAL) / toUp;
    double lower = Math.max(Math.min(lowGap, FAR_END * toUp), Double.MIN_NORMAL) / toLow;
    return upper >= lower ? upper : -lower;
  }

  /**
   * ⟨ρ_pρ_qρ_xρ_d⟩ for unit variances.
   *
   * @param rp correlation of p and d, and so on
   * @param choice what {@link #choose} returned
   */
  double moment(double rp, double rq, double rx, double choice, AngleNodes nodes) {
    // Row d of L.
    double y2 = (rq - pq * rp) * inverseQ2;
    double given = (1 - rp) * (1 + rp) - y2 * y2;
    double y3 = (rx - px * rp - x2 * y2) * inverseX3;
    double lastSquare = Math.max(given - y3 * y3, SMALLEST_PIVOT);
    double last = Math.sqrt(lastSquare);
    double spread = Math.sqrt(y3 * y3 + lastSquare);
    double volume = q2 * x3;

    // z_d is best predicted by weightP z_p + weightQ z_q + weightX z_x. Substituted backwards one
    // after the other: where p and q merge their weights are large, and only their sum is certain.
    double weightX = y3 * inverseX3;
    double weightQ = (y2 - x2 * weightX) * inverseQ2;
    double weightP = rp - pq * weightQ - px * weightX;

    double tail = y3 * y3 + lastSquare;
    double pdCos = Math.sqrt(y2 * y2 + tail);
    double qdCos =
        0.5
            * Math.sqrt(
                (square(pq - rp) + square(q2 - y2) + tail)
                    * (square(pq + rp) + square(q2 + y2) + tail));
    double xdCos =
        0.5
            * Math.sqrt(
                (square(px - rp) + square(x2 - y2) + square(x3 - y3) + lastSquare)
                    * (square(px + rp) + square(x2 + y2) + square(x3 + y3) + lastSquare));

    double sum =
        pqCos * (rx + px * rp + qx * rq) * share(weightX * volume, last * pqCos)
            + pxCos * (rq + pq * rp + qx * rx) * share(weightQ * volume, last * pxCos)
            + qxCos * (rp + pq * rq + px * rx) * share(weightP * volume, last * qxCos)
            + pdCos
                * (qx + pq * px + rq * rx)
                * share(-(precisionQx * lastSquare + weightQ * weightX) * volume, last * pdCos)
            + qdCos
                * (px + pq * qx + rp * rx)
                * share(-(precisionPx * lastSquare + weightP * weightX) * volume, last * qdCos)
            + xdCos
                * (pq + px * qx + rp * rq)
                * share(-(precisionPq * lastSquare + weightP * weightQ) * volume, last * xdCos);

    double side = choice > 0 ? 1 : -1;
    double slopeX = spread * inverseX3;
    double fixedQ = y2 * inverseQ2;
    double slopeQ = -x2 * slopeX * inverseQ2;
    double endQ = fixedQ + side * slopeQ;
    double endP = rp - pq * endQ - side * px * slopeX;
    double reach = x3 * spread;
    // 1 ∓ r at the end nearer to ±1: what 1 ∓ r is in between are these and positive terms, so
    // that neither cancels.
    double cut = square(x3 - spread);
    double near = 0.5 * (square(px - side * rp) + square(x2 - side * y2) + cut);
    double far = 0.5 * (square(px + side * rp) + square(x2 + side * y2) + cut);
    boolean upper = choice > 0;
    boolean withP = endP > 0;
    boolean withQ = endQ > 0;
    double pdArc = upper == withQ ? 0 : FastAtan.arcsine(rp, pdCos);
    double qdArc = upper == withP ? 0 : FastAtan.arcsine(rq, qdCos);
    double xdArc =
        withP == withQ
            ? 0
            : FastAtan.arcsine(side * (1 - near), Math.sqrt(near * (far + 2 * reach)));
    double end = end(upper, withP, withQ, pdArc, qdArc, xdArc);

    // Half the angle between ψ and the end, by its sine; then the tangent of a quarter.
    double towards = side * y3;
    double halfSquare =
        0.5 * (towards > 0 ? lastSquare / (spread + towards) : spread - towards) / spread;
    double half = Math.sqrt(halfSquare);
    double quarter = half / (1 + Math.sqrt(1 - halfSquare));
    double precision = precisionPq * spread * spread;
    double pxSlope = px * slopeX;
    double integral = 0;
    int rung = AngleNodes.rung(Math.abs(choice));
    int to = nodes.to(rung);
    for (int i = nodes.from(rung); i < to; i++) {
      double t = quarter * nodes.node(i);
      double tt = t * t;
      // sin ψ, cos ψ and all that is made of them, times powers of 1 + t² that cancel in the end.
      double e = 1 + tt;
      double ee = e * e;
      double cosPsi = 4 * t * (1 - tt);
      double sinPsi = side * (ee - 8 * tt);
      double cos =
          Math.sqrt((near * ee + 8 * reach * tt) * (far * ee + 2 * reach * square(1 - tt)));
      double towardsQ = fixedQ * ee + slopeQ * sinPsi;
      double towardsP = rp * ee - pq * towardsQ - pxSlope * sinPsi;
      double partial = -(precision * cosPsi * cosPsi + towardsP * towardsQ) * volume;
      integral += nodes.weight(i) * cosPsi / (e * cos) * share(partial, spread * cosPsi * cos);
    }
    double orthant = end - side * integral * quarter * reach * (4 / TWO_PI);

    double pairings = pq * rx + px * rq + qx * rp;
    return pairings * orthant + (sum + volume * last / TWO_PI) / TWO_PI;
  }

  /** ¼ + φ/2π, the probability that two variables with tan φ = y/x are both positive. */
  private static double share(double y, double x) {
    return 0.25 + FastAtan.ratio(y, x) / TWO_PI;
  }

  /**
   * P4 where z_d is a combination of the others, the one of x positive at the {@code upper} end.
   *
   * <p>The points then bound three-dimensional cones, told apart by the signs in the dependence
   * weightP z_p + weightQ z_q + weightX z_x − z_d = 0. All equal: the cone is empty. One different:
   * the constraint of that one follows from the others, or is never met together with them. Two
   * against two: a cone with four faces, whose solid angle is a sum of four dihedral angles. Arcs
   * that a case does not use need not be right.
   */
  private double end(
      boolean upper, boolean withP, boolean withQ, double pdArc, double qdArc, double xdArc) {
    if (upper) {
      if (withP) {
        return withQ
            ? 0.125 + (pqArc + pxArc + qxArc) / (2 * TWO_PI)
            : (pqArc + pdArc + qxArc + xdArc) / (2 * TWO_PI);
      }
      return withQ
          ? (pqArc + pxArc + qdArc + xdArc) / (2 * TWO_PI)
          : 0.125 + (pqArc + pdArc + qdArc) / (2 * TWO_PI);
    }
    if (withP) {
      return withQ
          ? (pxArc + pdArc + qxArc + qdArc) / (2 * TWO_PI)
          : 0.125 + (qxArc + qdArc + xdArc) / (2 * TWO_PI);
    }
    return withQ ? 0.125 + (pxArc + pdArc + xdArc) / (2 * TWO_PI) : 0;
  }

  private static double square(double x) {
    return x * x;
  }
}
