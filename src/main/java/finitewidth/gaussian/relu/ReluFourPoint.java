package finitewidth.gaussian.relu;

import finitewidth.gaussian.FourPoint;
import finitewidth.gaussian.lanes.FastAtan;
import finitewidth.linalg.Matrix;

/**
 * Four-point moments of the ReLU (docs/theory.md#relu), by {@link ReluLoops} for different points
 * and in closed form for coinciding ones.
 *
 * <p>Rows are cut into chunks, whatever belongs to a chunk is computed side by side, and the
 * integrals of many chunks are sorted by their number of nodes. Where a row is cut and with whom a
 * moment shares a chunk or a vector changes none of its bits.
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

  /** √K_aa, and its reciprocal, zero where the variance is. */
  private final double[] size;

  private final double[] inverseSize;

  /** Shrunken correlations r and √(1 − r²), row-major; the last row is followed by padding. */
  private final double[] shrunken;

  private final double[] cosine;

  private final ReluLoops passes;
  private final ReluPool pool;
  private final ReluLinks links = new ReluLinks();
  private final double[] slots = new double[ReluSlots.SIZE];

  /** Moments in the present chunk. */
  private int chunk;

  ReluFourPoint(Matrix kernel, double tolerance) {
    this(kernel, ReluLoops.preferred(), new AngleNodes(tolerance));
  }

  /** With a given form of the arithmetic and another choice of nodes, to compare. */
  ReluFourPoint(Matrix kernel, ReluLoops passes, AngleNodes nodes) {
    this.kernel = kernel.data();
    this.n = kernel.rows();
    this.passes = passes;
    this.pool = new ReluPool(passes, nodes);
    int padding = ReluSlots.STRIDE - ReluSlots.CHUNK;
    this.size = new double[n + padding];
    this.inverseSize = new double[n];
    for (int i = 0; i < n; i++) {
      size[i] = Math.sqrt(Math.max(kernel.get(i, i), 0));
      inverseSize[i] = size[i] > 0 ? 1 / size[i] : 0;
    }
    this.shrunken = new double[n * n + padding];
    this.cosine = new double[n * n + padding];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double r = correlation(i, j) / (1 + SHRINKAGE);
        shrunken[i * n + j] = r;
        cosine[i * n + j] = Math.sqrt((1 - r) * (1 + r));
      }
    }
  }

  @Override
  public void distinct(int a, int b, int c, int from, int to, double[] out) {
    links.set(passes.links(), shrunken[a * n + b], shrunken, a * n + c, b * n + c, 1);
    row(a, b, c, 0, from, to, out, 0);
    finish(out);
  }

  @Override
  public void block(int a, int b, int c0, int c1, int d0, int d1, double[] out, int stride) {
    // Rows from c = d1 − 1 on are empty.
    int end = Math.min(c1, d1 - 1);
    for (int first = c0; first < end; first += ReluLinks.CAPACITY) {
      int count = Math.min(ReluLinks.CAPACITY, end - first);
      links.set(passes.links(), shrunken[a * n + b], shrunken, a * n + first, b * n + first, count);
      for (int c = first; c < first + count; c++) {
        int from = Math.max(d0, c + 1);
        row(a, b, c, c - first, from, d1, out, (c - c0) * stride + from - d0);
      }
    }
    finish(out);
  }

  /**
   * Moments of d in [from, to), to be put to {@code out} from {@code at} on; c is number {@code
   * third} of the links.
   */
  private void row(int a, int b, int c, int third, int from, int to, double[] out, int at) {
    double scale = size[a] * size[b] * size[c];
    int d = from;
    while (d < to) {
      if (chunk == ReluSlots.CHUNK) {
        emit(out);
      }
      int count = Math.min(to - d, ReluSlots.CHUNK - chunk);
      int ad = a * n + d;
      int bd = b * n + d;
      int cd = c * n + d;
      passes.links().choose(slots, chunk, count, links, 0, third, shrunken, cosine, ad, bd, cd);
      passes.links().choose(slots, chunk, count, links, 1, third, shrunken, cosine, ad, cd, bd);
      passes.links().choose(slots, chunk, count, links, 2, third, shrunken, cosine, bd, cd, ad);
      int waiting = pool.filled() + chunk;
      passes
          .links()
          .select(slots, chunk, count, shrunken, ad, bd, cd, size, d, scale, pool.beta(), waiting);
      passes.links().spreadLinks(slots, chunk, count, links, third);
      for (int i = 0; i < count; i++) {
        pool.target()[waiting + i] = at + d - from + i;
      }
      chunk += count;
      d += count;
    }
  }

  /** Brings the chunk to the pool, and makes room for a further chunk there. */
  private void emit(double[] out) {
    passes.cones().factor(slots, chunk);
    passes.cones().facesOfTriple(slots, chunk);
    passes.cones().facesOfLast(slots, chunk);
    passes.cones().ends(slots, chunk);
    passes.cones().angles(slots, chunk);
    passes.cones().rests(slots, chunk, pool.waiting(), pool.filled());
    passes.integrals().prepare(slots, chunk, pool.waiting(), pool.filled());
    pool.add(chunk);
    chunk = 0;
    if (pool.full()) {
      pool.integrate(out);
    }
  }

  private void finish(double[] out) {
    emit(out);
    pool.integrate(out);
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
   * by parts, term for term, with their denominators cancelling (docs/theory.md#relu). It holds as
   * it stands when points coincide further.
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
