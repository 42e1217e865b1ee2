package finitewidth.gaussian.relu;

import java.util.Arrays;

/**
 * Moments of which only the integral is missing. They are gathered until there are many, sorted by
 * how many nodes they need, and integrated side by side with others of the same kind.
 */
final class ReluPool {
  /** Moments that may wait. */
  static final int CAPACITY = 512;

  /** A chunk, and the last vector of that, may reach beyond. */
  static final int STRIDE = CAPACITY + ReluSlots.STRIDE;

  /** Rows of a pool. The tangent of a quarter of the angle between ψ and the end. */
  static final int QUARTER = 0;

  /** 1 ∓ r_xd at the end, and the half-width of the range of r_xd. */
  static final int NEAR = STRIDE;

  static final int FAR = 2 * STRIDE;
  static final int REACH = 3 * STRIDE;

  /** Weight of z_q in the prediction of z_d: fixed + slope · sin ψ. */
  static final int FIXED_Q = 4 * STRIDE;

  static final int SLOPE_Q = 5 * STRIDE;

  /** Weight of z_p: rp − pq · (weight of z_q) − slope · sin ψ. */
  static final int RP = 6 * STRIDE;

  static final int PQ = 7 * STRIDE;
  static final int SLOPE_P = 8 * STRIDE;

  /** The numerator of tan φ: (precision cos²ψ + product of the weights) · volume. */
  static final int PRECISION = 9 * STRIDE;

  static final int VOLUME = 10 * STRIDE;

  /** The moment is rest + factor · integral. */
  static final int FACTOR = 11 * STRIDE;

  static final int REST = 12 * STRIDE;
  private static final int ROWS = 13;

  /** Values of the integrand in one batch. */
  private static final int BATCH = 512;

  /**
   * The second half of {@link ReluIntegralLoops#values} runs this far behind the first, on other
   * execution units.
   */
  static final int DELAY = 16;

  private static final int BATCH_STRIDE = BATCH + 2 * DELAY;

  /** Rows of a batch: √ of these are cos and tan's hypotenuse, both times powers of 1 + t². */
  static final int RADICAND = 0;

  static final int HYPOTENUSE = BATCH_STRIDE;

  /** tan φ is rise over cos ψ · cos; 1 + t². */
  static final int RISE = 2 * BATCH_STRIDE;

  static final int COS_PSI = 3 * BATCH_STRIDE;
  static final int ONE_PLUS = 4 * BATCH_STRIDE;

  /** tan φ/2 and the factor of the share. */
  static final int TANGENT = 5 * BATCH_STRIDE;

  static final int FRONT = 6 * BATCH_STRIDE;
  static final int VALUE = 7 * BATCH_STRIDE;

  private final ReluIntegralLoops loops;
  private final int lanes;
  private final AngleNodes nodes;
  private final double[] waiting = new double[ROWS * STRIDE];
  private final double[] sorted = new double[ROWS * STRIDE];
  private final double[] beta = new double[STRIDE];
  private final double[] moments = new double[STRIDE];
  private final double[] batch = new double[8 * BATCH_STRIDE];
  private final int[] target = new int[STRIDE];
  private final int[] rung = new int[STRIDE];
  private final int[] order = new int[STRIDE];
  private final int[] start = new int[AngleNodes.RUNGS + 1];
  private int filled;

  ReluPool(ReluLoops loops, AngleNodes nodes) {
    this.loops = loops.integrals();
    lanes = loops.lanes();
    this.nodes = nodes;
  }

  /** Whether a whole chunk finds no more place. */
  boolean full() {
    return filled + ReluSlots.CHUNK > CAPACITY;
  }

  /** Where the next chunk's rows start. */
  int filled() {
    return filled;
  }

  /** Where loops write the parameters. */
  double[] waiting() {
    return waiting;
  }

  /** Where loops write β². */
  double[] beta() {
    return beta;
  }

  /** Where each moment is to be put. */
  int[] target() {
    return target;
  }

  /** Takes in the moments that were written. */
  void add(int count) {
    filled += count;
  }

  /** Integrates all that wait and puts the moments to their places. */
  void integrate(double[] out) {
    sort();
    int from = 0;
    for (int r = 0; r < AngleNodes.RUNGS; r++) {
      // After sorting, start[r] is where the next rung begins.
      if (start[r] > from) {
        integrate(from, start[r], r);
        from = start[r];
      }
    }
    for (int i = 0; i < filled; i++) {
      out[target[order[i]]] = moments[i];
    }
    filled = 0;
  }

  private void sort() {
    Arrays.fill(start, 0);
    for (int i = 0; i < filled; i++) {
      rung[i] = AngleNodes.rung(beta[i]);
      start[rung[i] + 1]++;
    }
    for (int r = 0; r < AngleNodes.RUNGS; r++) {
      start[r + 1] += start[r];
    }
    for (int i = 0; i < filled; i++) {
      order[start[rung[i]]++] = i;
    }
    for (int row = 0; row < ROWS; row++) {
      permute(row * STRIDE);
    }
  }

  private void permute(int row) {
    for (int i = 0; i < filled; i++) {
      sorted[row + i] = waiting[row + order[i]];
    }
  }

  private void integrate(int from, int to, int rung) {
    int first = nodes.from(rung);
    int each = nodes.to(rung) - first;
    int step = BATCH / (each * lanes) * lanes;
    for (int i = from; i < to; i += step) {
      int width = (Math.min(step, to - i) + lanes - 1) / lanes * lanes;
      loops.integrands(sorted, i, width, nodes.nodes(), first, each, batch);
      loops.values(batch, width * each);
      loops.sums(sorted, i, width, nodes.weights(), first, each, batch, moments);
    }
  }
}
