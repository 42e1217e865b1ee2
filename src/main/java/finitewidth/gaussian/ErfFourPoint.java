package finitewidth.gaussian;

import finitewidth.linalg.Matrix;

/**
 * Four-point moments of the error function (THEORY section 3).
 *
 * <p>With ρ_ij = 2K_ij / √((1 + 2K_ii)(1 + 2K_jj)) off the diagonal of a correlation matrix, and
 * the four links between the pairs (12) and (34) multiplied by t,
 *
 * <pre>
 * ⟨σσσσ⟩ = (4/π²) [asin ρ_12 asin ρ_34 + ∫_0^1 Σ_{i∈{1,2}, j∈{3,4}} ρ_ij φ_ij(t) / √d_ij(t) dt],
 * </pre>
 *
 * d_ij = 1 − t²ρ_ij², φ_ij the arcsine of the partial correlation of the other two given i and j.
 * THEORY's integral in terms of correlations: Σ_kl and C + ½ there are Schur complements and minors
 * of the matrix 1 + 2K. The integrand is t times a function of w = t², which is the variable taken.
 *
 * <p>The matrix 1 + 2K is at least 1 for any kernel, so coinciding points need no care: {@link
 * #paired} is the same integral. Its determinant is formed by plain sums, which costs about K³ ulp:
 * the last digits of a tight tolerance are lost for variances of 100 and more.
 */
final class ErfFourPoint implements FourPoint {
  private static final double SCALE = 4 / (Math.PI * Math.PI);

  private final double[] kernel;
  private final int n;

  /** √2 / √(1 + 2K_aa). */
  private final double[] inverseSize;

  private final LinkNodes nodes;

  ErfFourPoint(Matrix kernel, double tolerance) {
    this.kernel = kernel.data();
    this.n = kernel.rows();
    this.inverseSize = new double[n];
    for (int i = 0; i < n; i++) {
      inverseSize[i] = Math.sqrt(2 / (1 + 2 * kernel.get(i, i)));
    }
    this.nodes = new LinkNodes(tolerance);
  }

  @Override
  public void distinct(int a, int b, int c, int from, int to, double[] out) {
    double ab = correlation(a, b);
    double ac = correlation(a, c);
    double bc = correlation(b, c);
    double abArc = arc(ab);
    double acArc = arc(ac);
    double bcArc = arc(bc);
    for (int d = from; d < to; d++) {
      double ad = correlation(a, d);
      double bd = correlation(b, d);
      double cd = correlation(c, d);
      // The pairing with the strongest links inside has the weakest ones across.
      double withAb = ab * ab + cd * cd;
      double withAc = ac * ac + bd * bd;
      double withBc = bc * bc + ad * ad;
      if (withAb >= withAc && withAb >= withBc) {
        out[d - from] = SCALE * (abArc * arc(cd) + cross(ab, cd, ac, ad, bc, bd));
      } else if (withAc >= withBc) {
        out[d - from] = SCALE * (acArc * arc(bd) + cross(ac, bd, ab, ad, bc, cd));
      } else {
        out[d - from] = SCALE * (bcArc * arc(ad) + cross(bc, ad, ab, bd, ac, cd));
      }
    }
  }

  @Override
  public void paired(int a, int c, int from, int to, double[] out) {
    distinct(a, a, c, from, to, out);
  }

  /** ½ ∫_0^1 Σ ρ_ij φ_ij / (t √d_ij) dw over the four links between (12) and (34). */
  private double cross(double r12, double r34, double r13, double r14, double r23, double r24) {
    double within = r12 * r34;
    double minor = r13 * r24 - r14 * r23;
    // det = det0 − det1 w + minor² w²; numerators of tan φ_ij, over t: first + w ρ_ij (∓ minor).
    double det0 = (1 - r12 * r12) * (1 - r34 * r34);
    double det1 =
        r13 * r13
            + r14 * r14
            + r23 * r23
            + r24 * r24
            - 2 * r12 * (r13 * r23 + r14 * r24)
            - 2 * r34 * (r13 * r14 + r23 * r24)
            + 2 * within * (r13 * r24 + r14 * r23);
    double det2 = minor * minor;
    double first13 = r24 - r12 * r14 - r34 * r23 + within * r13;
    double first24 = r13 - r12 * r23 - r34 * r14 + within * r24;
    double first14 = r23 - r12 * r13 - r34 * r24 + within * r14;
    double first23 = r14 - r12 * r24 - r34 * r13 + within * r23;

    double discriminant = Math.sqrt(Math.max(det1 * det1 - 4 * det0 * det2, 0));
    double excess = (2 * det0 - det1 - discriminant) / (det1 + discriminant);
    int rung = det1 > 0 ? LinkNodes.rung(excess) : LinkNodes.rung(Double.MAX_VALUE);
    int to = nodes.to(rung);
    double sum = 0;
    for (int i = nodes.from(rung); i < to; i++) {
      double w = nodes.node(i);
      double t = nodes.root(i);
      double det = Math.sqrt(det0 - w * (det1 - w * det2));
      double c13 = Math.sqrt(1 - w * r13 * r13);
      double c24 = Math.sqrt(1 - w * r24 * r24);
      double c14 = Math.sqrt(1 - w * r14 * r14);
      double c23 = Math.sqrt(1 - w * r23 * r23);
      double turn = w * minor;
      sum +=
          nodes.weight(i)
              / t
              * (r13 / c13 * FastAtan.ratio(t * (first13 - turn * r13), c13 * det)
                  + r24 / c24 * FastAtan.ratio(t * (first24 - turn * r24), c24 * det)
                  + r14 / c14 * FastAtan.ratio(t * (first14 + turn * r14), c14 * det)
                  + r23 / c23 * FastAtan.ratio(t * (first23 + turn * r23), c23 * det));
    }
    return 0.5 * sum;
  }

  private static double arc(double r) {
    return FastAtan.arcsine(r, Math.sqrt((1 - r) * (1 + r)));
  }

  private double correlation(int i, int j) {
    return kernel[i * n + j] * inverseSize[i] * inverseSize[j];
  }
}
