package finitewidth.gaussian.relu;

import finitewidth.gaussian.lanes.Lanes;

/**
 * The arithmetic of ReLU four-point moments, pass by pass over arrays of many moments
 * (docs/theory.md#relu, unit variances).
 *
 * <p>With the orthant probability P4, correlations r_ij, d_ij = 1 − r_ij², R the 4×4 correlation
 * matrix, φ_ij the arcsine of the partial correlation of k and l given i and j, and h = Σ over the
 * three pairings of r_ij r_kl:
 *
 * <pre>
 * ⟨ρρρρ⟩ = h P4 + (1/2π) Σ_{i&lt;j} √d_ij (r_kl + r_ik r_il + r_jk r_jl) (¼ + φ_ij/2π) + √det R / 4π²
 * </pre>
 *
 * <p>Of the first three points one is named x, the others p and q. P4 changes with r_xd alone as
 * dP4/dr_xd = (¼ + φ_xd/2π) / 2π√d_xd, and is elementary at both ends of the range of r_xd, where
 * the four points become linearly dependent. So P4 is the value at one end and one short integral,
 * in the angle ψ of which the sine is the partial correlation of x and d given p and q.
 *
 * <p>Merging and dependent points are ordinary, and there the six arcsines and P4 depend on
 * differences that rounding decides. They only have to be decided alike: R is factorised once, R =
 * L Lᵀ, and every angle and every d_ij is taken from L.
 *
 * <p>Passes, because a moment is one long chain of square roots and divisions: a processor that
 * runs many short chains side by side is several times as fast. Each has a vector and a scalar form
 * with the same operations in the same order, and so the same bits.
 */
sealed interface ReluLoops permits ScalarReluLoops, VectorReluLoops {
  /**
   * Below this a squared pivot is taken as this. The caller keeps the smallest eigenvalue of R
   * larger, so it is met only by matrices that are not positive semidefinite.
   */
  double SMALLEST_PIVOT = 1e-16;

  /** How far the far end of the range may be away, in units of β²; see {@link #choose}. */
  double FAR_END = 0.25;

  /** Keeps quotients of distances, and their products, finite. */
  double SMALLEST_DISTANCE = 1e-100;

  double TWO_PI = 2 * Math.PI;

  /** The form that this machine can run. */
  static ReluLoops preferred() {
    return Lanes.available() ? new VectorReluLoops() : new ScalarReluLoops();
  }

  /**
   * All numbers of {@link ReluLinks} from the correlations PQ, PX and QX.
   *
   * @param table rows of ReluLinks
   */
  void factorLinks(double[] table, int count);

  /**
   * How easy the integral is, from the better end: β² of {@link AngleNodes} as a quotient.
   *
   * <p>As functions of r_xd, φ_xd and √d_xd are singular at ±1 and where r_xd leaves the range that
   * p alone, or q alone, would leave to it, all beyond the ends. Seen from an end, and in units of
   * the way from there to r_xd, the nearest singularity decides; a quarter of the way left to the
   * other end is allowed for the singularities there.
   *
   * @param w slots; elements [at, at + count) of GAP and WAY are written for this link
   * @param link 0, 1 or 2
   * @param third which c of the links
   * @param r correlations; those of d with p, q and x start at {@code p}, {@code q} and {@code x}
   * @param cosine √(1 − r²), laid out like r
   */
  void choose(
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
      int x);

  /**
   * Chooses each moment's easiest link and writes LINK, SIDE, RP, RQ, RX, SCALE and β².
   *
   * @param r correlations; those of d with a, b and c start at {@code a}, {@code b} and {@code c}
   * @param size √K_dd, from {@code d} on
   * @param scale √(K_aa K_bb K_cc)
   * @param beta receives β², from {@code to} on
   */
  void select(
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
      int to);

  /** Writes the numbers of each moment's link; {@code third} says which c. */
  void spreadLinks(double[] w, int at, int count, ReluLinks links, int third);

  /** Row d of L, and what follows from it. */
  void factor(double[] w, int count);

  /** Amplitude and tan φ/2 of the pairs pq, px and qx. */
  void facesOfTriple(double[] w, int count);

  /** Amplitude and tan φ/2 of the pairs pd, qd and xd. */
  void facesOfLast(double[] w, int count);

  /** The end of the range: NEAR, FAR and half-angle tangents of the arcs of pd, qd and xd. */
  void ends(double[] w, int count);

  /** All of ANGLE from tan φ/2 to φ. */
  void angles(double[] w, int count);

  /**
   * All but the integral of each moment.
   *
   * @param pool receives row REST of {@link ReluPool}, from {@code at} on
   */
  void rests(double[] w, int count, double[] pool, int at);

  /**
   * The integrand's parameters.
   *
   * @param pool receives the other rows
   */
  void prepare(double[] w, int count, double[] pool, int at);

  /**
   * The integrand at each node: what roots are to be taken of, node after node.
   *
   * @param pool parameters
   * @param from the first moment
   * @param width moments, rounded up to whole groups of {@link #lanes}
   * @param nodes t of each node, the rule's first one at {@code first}
   * @param each nodes of the rule
   * @param batch receives rows RADICAND to ONE_PLUS of {@link ReluPool}
   */
  void integrands(
      double[] pool, int from, int width, double[] nodes, int first, int each, double[] batch);

  /** The integrand's values, row VALUE of the batch. */
  void values(double[] batch, int count);

  /** Sums over nodes, and the moments. */
  void sums(
      double[] pool,
      int from,
      int width,
      double[] weights,
      int first,
      int each,
      double[] batch,
      double[] moments);

  /** Moments that are computed side by side: batches are laid out in groups of as many. */
  int lanes();
}
