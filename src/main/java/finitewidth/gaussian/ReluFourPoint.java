package finitewidth.gaussian;

import finitewidth.linalg.Matrix;

/**
 * Four-point moments of the ReLU (THEORY section 3), by {@link ReluTriple} for different points and
 * in closed form for coinciding ones.
 */
final class ReluFourPoint implements FourPoint {
  /**
   * Correlations are divided by 1 + this, which keeps every 4×4 correlation matrix positive
   * definite against rounding (a few 1e-16). The moment is differentiable in the correlations, so
   * it changes by about as much.
   */
  private static final double SHRINKAGE = 1e-14;

  private final double[] kernel;
  private final int n;

  /** √K_aa and its reciprocal, zero where the variance is. */
  private final double[] size;

  private final double[] inverseSize;
  private final AngleNodes nodes;

  /** The three ways to single out the point whose link to d is integrated over. */
  private final ReluTriple linkC = new ReluTriple();

  private final ReluTriple linkB = new ReluTriple();
  private final ReluTriple linkA = new ReluTriple();

  ReluFourPoint(Matrix kernel, double tolerance) {
    this.kernel = kernel.data();
    this.n = kernel.rows();
    this.size = new double[n];
    this.inverseSize = new double[n];
    for (int i = 0; i < n; i++) {
      size[i] = Math.sqrt(Math.max(kernel.get(i, i), 0));
      inverseSize[i] = size[i] > 0 ? 1 / size[i] : 0;
    }
    this.nodes = new AngleNodes(tolerance);
  }

  @Override
  public void distinct(int a, int b, int c, int from, int to, double[] out) {
    double ab = correlation(a, b) / (1 + SHRINKAGE);
    double ac = correlation(a, c) / (1 + SHRINKAGE);
    double bc = correlation(b, c) / (1 + SHRINKAGE);
    linkC.set(ab, ac, bc);
    linkB.set(ac, ab, bc);
    linkA.set(bc, ab, ac);
    double scale = size[a] * size[b] * size[c];
    for (int d = from; d < to; d++) {
      double ad = correlation(a, d) / (1 + SHRINKAGE);
      double bd = correlation(b, d) / (1 + SHRINKAGE);
      double cd = correlation(c, d) / (1 + SHRINKAGE);
      double aCos = Math.sqrt((1 - ad) * (1 + ad));
      double bCos = Math.sqrt((1 - bd) * (1 + bd));
      double cCos = Math.sqrt((1 - cd) * (1 + cd));
      double byC = linkC.choose(ad, bd, cd, aCos, bCos);
      double byB = linkB.choose(ad, cd, bd, aCos, cCos);
      double byA = linkA.choose(bd, cd, ad, bCos, cCos);
      double sizeC = Math.abs(byC);
      double sizeB = Math.abs(byB);
      double sizeA = Math.abs(byA);
      double moment;
      if (sizeC >= sizeB && sizeC >= sizeA) {
        moment = linkC.moment(ad, bd, cd, byC, nodes);
      } else if (sizeB >= sizeA) {
        moment = linkB.moment(ad, cd, bd, byB, nodes);
      } else {
        moment = linkA.moment(bd, cd, ad, byA, nodes);
      }
      out[d - from] = scale * size[d] * moment;
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>For unit variances, with P3 = ⅛ + (asin r_ac + asin r_ad + asin r_cd)/4π the probability
   * that all three are positive and s = √(1 − r²),
   *
   * <pre>
   * ⟨ρ_a²ρ_cρ_d⟩ = (r_cd + 2 r_ac r_ad) P3
   *     + [s_cd (1 + r_ac² + r_ad²) + s_ac (2 r_ad + r_ac r_cd) + s_ad (2 r_ac + r_ad r_cd)] / 4π,
   * </pre>
   *
   * the coincidence formulas of THEORY section 3 added up, their denominators cancelling. It holds
   * as it stands when points coincide further.
   */
  @Override
  public void paired(int a, int c, int from, int to, double[] out) {
    double ac = correlation(a, c);
    double acCos = Math.sqrt((1 - ac) * (1 + ac));
    double acArc = FastAtan.arcsine(ac, acCos);
    double scale = size[a] * size[a] * size[c];
    for (int d = from; d < to; d++) {
      double ad = correlation(a, d);
      double cd = correlation(c, d);
      double adCos = Math.sqrt((1 - ad) * (1 + ad));
      double cdCos = Math.sqrt((1 - cd) * (1 + cd));
      double arcs = acArc + FastAtan.arcsine(ad, adCos) + FastAtan.arcsine(cd, cdCos);
      double steps = 0.125 + arcs / (4 * Math.PI);
      double edges =
          cdCos * (1 + ac * ac + ad * ad) + acCos * (2 * ad + ac * cd) + adCos * (2 * ac + ad * cd);
      out[d - from] = scale * size[d] * ((cd + 2 * ac * ad) * steps + edges / (4 * Math.PI));
    }
  }

  /** Exactly 1 on the diagonal, and never beyond ±1. */
  private double correlation(int i, int j) {
    double r = kernel[i * n + j] * inverseSize[i] * inverseSize[j];
    return i == j ? 1 : Math.min(Math.max(r, -1), 1);
  }
}
