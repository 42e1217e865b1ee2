package finitewidth.gaussian.erf;

import finitewidth.gaussian.FourPoint;
import finitewidth.linalg.Matrix;

/**
 * Four-point moments of the error function.
 *
 * <p>ρ_ij = 2K_ij / √((1 + 2K_ii)(1 + 2K_jj)) are the entries of a correlation matrix off its
 * diagonal. One of the four points is the hub, the others 1, 2 and 3; the hub's correlations with
 * them, ρ_1, ρ_2 and ρ_3, are multiplied by t. At t = 0 the moment is zero, and its derivative by a
 * correlation is that of docs/theory.md#erf, so
 *
 * <pre>
 * ⟨σσσσ⟩ = (4/π²) ∫_0^1 Σ_i ρ_i φ_i(t) / √(1 − t²ρ_i²) dt,
 * tan φ_i = [(1 − t²) (ρ_jk − ρ_ij ρ_ik) + t² (m_ii m_jk − m_ij m_ik)] / √((1 − t²ρ_i²) D(t)),
 * D(t) = (1 − t²) D_3 + t² D_4,   m_ij = ρ_ij − ρ_i ρ_j,   m_ii = 1 − ρ_i²,
 * </pre>
 *
 * φ_i the arcsine of the partial correlation of j and k given i and the hub, D_4 and D_3 the
 * determinants with and without the hub. The four links between two pairs would do as well; three
 * links are fewer. D vanishes at t = 1/R with R² = 1 − D_4/D_3, the squared multiple correlation of
 * the hub with the others, and the hub is the point for which that is smallest.
 *
 * <p>With tR = 2x / (1 + x²) the square root of D is a rational function. All other singularities
 * of the integrand are at 1/|t| ≤ R too, so it is analytic for |x| &lt; 1, and it ends at x = T, T²
 * = (√D_3 − √D_4) / (√D_3 + √D_4). In ξ = x/T, with e = 1 + x², g = 1 + T² and C_i² = e² (1 −
 * t²ρ_i²),
 *
 * <pre>
 * ⟨σσσσ⟩ = (4/π²) ∫_0^1 Σ_i ρ_i φ_i g (1 − x²) / (e C_i) dξ,
 * e² t² = g²ξ²,   e² (1 − t²) = (1 − ξ²) (1 − T⁴ξ²),   e² D = D_3 (1 − x²)²,
 * </pre>
 *
 * in which nothing cancels; {@link StarNodes} has the nodes, two or three for most moments of real
 * data at a tolerance of 1e-9.
 *
 * <p>The matrix 1 + 2K is at least 1 for any kernel, so coinciding points need no care: {@link
 * #paired} is the same integral. Large variances bring the correlations of such points near 1; the
 * differences of products above are taken without the rounding of the products, and the moment is
 * as good as the correlations are.
 *
 * <p>Rows are cut into chunks of which all moments are computed side by side. Where a row is cut,
 * and with whom a moment shares a chunk or a vector, changes none of its bits.
 */
final class ErfFourPoint implements FourPoint {
  private final int n;

  /** ρ, row-major; the last row is followed by padding. */
  private final double[] correlations;

  private final ErfLoops passes;
  private final ErfPool pool;
  private final double[] chunk = new double[ErfSlots.CHUNK_ROWS * ErfSlots.STRIDE];

  /** Where the moments of the chunk are to be put. */
  private final int[] target = new int[ErfSlots.CHUNK];

  /** Moments in the chunk. */
  private int filled;

  ErfFourPoint(Matrix kernel, double tolerance) {
    this(kernel, tolerance, ErfLoops.preferred());
  }

  ErfFourPoint(Matrix kernel, double tolerance, ErfLoops passes) {
    this.n = kernel.rows();
    this.passes = passes;
    this.pool = new ErfPool(passes, new StarNodes(tolerance));
    double[] inverseSize = new double[n];
    for (int i = 0; i < n; i++) {
      inverseSize[i] = Math.sqrt(2 / (1 + 2 * kernel.get(i, i)));
    }
    this.correlations = new double[n * n + ErfSlots.PADDING];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        correlations[i * n + j] = kernel.get(i, j) * (inverseSize[i] * inverseSize[j]);
      }
    }
  }

  @Override
  public void distinct(int a, int b, int c, int from, int to, double[] out) {
    row(a, b, c, from, to, out, 0);
    finish(out);
  }

  @Override
  public void block(int a, int b, int c0, int c1, int d0, int d1, double[] out, int stride) {
    for (int c = c0; c < c1; c++) {
      int from = Math.max(d0, c + 1);
      row(a, b, c, from, d1, out, (c - c0) * stride + from - d0);
    }
    finish(out);
  }

  @Override
  public void paired(int a, int c, int from, int to, double[] out) {
    distinct(a, a, c, from, to, out);
  }

  /** Moments of d in [from, to), to be put to {@code out} from {@code at} on. */
  private void row(int a, int b, int c, int from, int to, double[] out, int at) {
    double ab = correlations[a * n + b];
    double ac = correlations[a * n + c];
    double bc = correlations[b * n + c];
    int d = from;
    while (d < to) {
      int count = Math.min(to - d, ErfSlots.CHUNK - filled);
      passes.select(
          chunk, filled, count, correlations, a * n + d, b * n + d, c * n + d, ab, ac, bc);
      for (int i = 0; i < count; i++) {
        target[filled + i] = at + d - from + i;
      }
      filled += count;
      d += count;
      if (filled == ErfSlots.CHUNK) {
        emit(out);
      }
    }
  }

  private void emit(double[] out) {
    passes.condition(chunk, filled);
    pool.add(chunk, target, filled, out);
    filled = 0;
  }

  private void finish(double[] out) {
    emit(out);
    pool.finish(out);
  }
}
