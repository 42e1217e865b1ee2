package finitewidth.gaussian.relu;

import finitewidth.gaussian.FourPoint;
import finitewidth.gaussian.lanes.FastAtan;
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

  private final int n;
  private final double[] size;

  /** r_ij, √(1 − r_ij²) and asin r_ij, row-major. */
  private final double[] correlation;

  private final double[] cosine;
  private final double[] arc;
  private final double reluWeight;
  private final double wickWeight;
  private final double mixedWeight;
  private final FourPoint relu;

  LeakyReluFourPoint(Matrix kernel, double slope, double tolerance, ReluActivation relu) {
    this.n = kernel.rows();
    this.size = new double[n];
    for (int i = 0; i < n; i++) {
      size[i] = Math.sqrt(Math.max(kernel.get(i, i), 0));
    }
    this.correlation = new double[n * n];
    this.cosine = new double[n * n];
    this.arc = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double r = correlation(kernel, i, j);
        int at = i * n + j;
        correlation[at] = r;
        cosine[at] = Math.sqrt((1 - r) * (1 + r));
        arc[at] = FastAtan.arcsine(r, cosine[at]);
      }
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

  /** Exactly 1 on the diagonal, and never beyond ±1. */
  private double correlation(Matrix kernel, int i, int j) {
    double scale = size[i] * size[j];
    double r = scale > 0 ? kernel.get(i, j) / scale : 0;
    return i == j ? 1 : Math.min(Math.max(r, -1), 1);
  }

  @Override
  public void distinct(int a, int b, int c, int from, int to, double[] out) {
    relu.distinct(a, b, c, from, to, out);
    complete(a, b, c, from, to, out, 0);
  }

  @Override
  public void block(int a, int b, int c0, int c1, int d0, int d1, double[] out, int stride) {
    relu.block(a, b, c0, c1, d0, d1, out, stride);
    for (int c = c0; c < c1; c++) {
      int from = Math.max(d0, c + 1);
      complete(a, b, c, from, d1, out, (c - c0) * stride + from - d0);
    }
  }

  @Override
  public void paired(int a, int c, int from, int to, double[] out) {
    relu.paired(a, c, from, to, out);
    complete(a, a, c, from, to, out, 0);
  }

  /** From the ReLU's moments of d in [from, to), which start at {@code at}, to ours. */
  private void complete(int a, int b, int c, int from, int to, double[] out, int at) {
    int rowA = a * n;
    int rowB = b * n;
    int rowC = c * n;
    double ab = correlation[rowA + b];
    double ac = correlation[rowA + c];
    double bc = correlation[rowB + c];
    double abCos = cosine[rowA + b];
    double acCos = cosine[rowA + c];
    double bcCos = cosine[rowB + c];
    double rowArcs = arc[rowA + b] + arc[rowA + c] + arc[rowB + c];
    double scale = size[a] * size[b] * size[c];
    for (int d = from; d < to; d++) {
      double ad = correlation[rowA + d];
      double bd = correlation[rowB + d];
      double cd = correlation[rowC + d];
      double arcs = rowArcs + (arc[rowA + d] + arc[rowB + d] + arc[rowC + d]);
      double wick = ab * cd + ac * bd + bc * ad;
      double edges =
          abCos * (cd + ac * ad + bc * bd)
              + acCos * (bd + ab * ad + bc * cd)
              + bcCos * (ad + ab * bd + ac * cd)
              + cosine[rowA + d] * (bc + ab * ac + bd * cd)
              + cosine[rowB + d] * (ac + ab * bc + ad * cd)
              + cosine[rowC + d] * (ab + ac * bc + ad * bd);
      double rest = wickWeight * wick + mixedWeight * (wick * arcs + edges);
      int target = at + d - from;
      out[target] = reluWeight * out[target] + scale * size[d] * rest;
    }
  }
}
