package finitewidth.gaussian;

import finitewidth.linalg.Matrix;

/**
 * Four-point moments of the leaky ReLU, a row of the ReLU's and an elementary rest.
 *
 * <p>The ReLU is (z + |z|)/2 and the leaky ReLU αz + β|z|, α = (1 + a)/2, β = (1 − a)/2. Of their
 * moments only those survive that have an even number of |z|: W = ⟨zzzz⟩, B, the sum of ⟨z_i z_j
 * |z_k||z_l|⟩ over the six ways to choose k and l, and ⟨|z||z||z||z|⟩. The last one stands alike in
 * both, so
 *
 * <pre>
 * ⟨σσσσ⟩ = (1 − a)⁴ ⟨ρρρρ⟩ + a [½(1 + a²) W + ¼(1 − a)² B],
 * B = (2/π) Σ_{k&lt;l} {W asin r_kl + s_kl (r_ij + r_ik r_jk + r_il r_jl)},   s = √(1 − r²),
 * </pre>
 *
 * for unit variances, by z_i → Σ_j K_ij ∂_j. As k and l merge the arcsine and s_kl depend on a
 * difference that rounding decides; from the same r_kl their errors cancel. Nothing here minds
 * coinciding points.
 */
final class LeakyReluFourPoint implements FourPoint {
  /** Of the ReLU's row where the linear part outweighs it. */
  private static final double LOOSEST = 1e-3;

  private final double[] kernel;
  private final int n;
  private final double[] size;
  private final double[] inverseSize;
  private final double reluWeight;
  private final double wickWeight;
  private final double mixedWeight;
  private final FourPoint relu;

  LeakyReluFourPoint(Matrix kernel, double slope, double tolerance, ReluActivation relu) {
    this.kernel = kernel.data();
    this.n = kernel.rows();
    this.size = new double[n];
    this.inverseSize = new double[n];
    for (int i = 0; i < n; i++) {
      size[i] = Math.sqrt(Math.max(kernel.get(i, i), 0));
      inverseSize[i] = size[i] > 0 ? 1 / size[i] : 0;
    }
    double square = slope * slope;
    double kink = (1 - slope) * (1 - slope);
    reluWeight = kink * kink;
    wickWeight = 0.5 * slope * (1 + square);
    mixedWeight = 0.5 * slope * kink / Math.PI;
    // ⟨σ⁴⟩ is 1 + a⁴ times the ReLU's, the scale that the tolerance refers to.
    double share = (1 + square * square) / reluWeight;
    this.relu = relu.fourPoint(kernel, Math.min(tolerance * share, LOOSEST));
  }

  @Override
  public void distinct(int a, int b, int c, int from, int to, double[] out) {
    relu.distinct(a, b, c, from, to, out);
    complete(a, b, c, from, to, out);
  }

  @Override
  public void paired(int a, int c, int from, int to, double[] out) {
    relu.paired(a, c, from, to, out);
    complete(a, a, c, from, to, out);
  }

  /** From a row of the ReLU's moments to ours. */
  private void complete(int a, int b, int c, int from, int to, double[] out) {
    double ab = correlation(a, b);
    double ac = correlation(a, c);
    double bc = correlation(b, c);
    double abCos = cosine(ab);
    double acCos = cosine(ac);
    double bcCos = cosine(bc);
    double rowArcs =
        FastAtan.arcsine(ab, abCos) + FastAtan.arcsine(ac, acCos) + FastAtan.arcsine(bc, bcCos);
    double scale = size[a] * size[b] * size[c];
    for (int d = from; d < to; d++) {
      double ad = correlation(a, d);
      double bd = correlation(b, d);
      double cd = correlation(c, d);
      double adCos = cosine(ad);
      double bdCos = cosine(bd);
      double cdCos = cosine(cd);
      double arcs =
          rowArcs
              + (FastAtan.arcsine(ad, adCos)
                  + FastAtan.arcsine(bd, bdCos)
                  + FastAtan.arcsine(cd, cdCos));
      double wick = ab * cd + ac * bd + bc * ad;
      double edges =
          abCos * (cd + ac * ad + bc * bd)
              + acCos * (bd + ab * ad + bc * cd)
              + bcCos * (ad + ab * bd + ac * cd)
              + adCos * (bc + ab * ac + bd * cd)
              + bdCos * (ac + ab * bc + ad * cd)
              + cdCos * (ab + ac * bc + ad * bd);
      double rest = wickWeight * wick + mixedWeight * (wick * arcs + edges);
      out[d - from] = reluWeight * out[d - from] + scale * size[d] * rest;
    }
  }

  private static double cosine(double r) {
    return Math.sqrt((1 - r) * (1 + r));
  }

  /** Exactly 1 on the diagonal, and never beyond ±1. */
  private double correlation(int i, int j) {
    double r = kernel[i * n + j] * inverseSize[i] * inverseSize[j];
    return i == j ? 1 : Math.min(Math.max(r, -1), 1);
  }
}
