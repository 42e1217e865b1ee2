package finitewidth.gaussian.relu;

/**
 * Where a chunk of ReLU moments keeps its intermediate numbers: one array of rows of {@link
 * #STRIDE}, a row for each of the names below. Small enough for the first-level cache.
 */
final class ReluSlots {
  /** Moments in a chunk. */
  static final int CHUNK = 64;

  /** The last vector of a row may reach beyond the chunk. */
  static final int STRIDE = CHUNK + 8;

  /** For each link, how far the nearest singularity is (with the sign of the end)… */
  static final int GAP = 0;

  /** … and how far the end is. */
  static final int WAY = GAP + ReluLinks.COUNT * STRIDE;

  /** Which link was chosen, and 1 for its upper end or −1 for its lower one. */
  static final int LINK = WAY + ReluLinks.COUNT * STRIDE;

  static final int SIDE = LINK + STRIDE;

  /** √(K_aa K_bb K_cc K_dd). */
  static final int SCALE = SIDE + STRIDE;

  /** Correlations of d with p, q and x. */
  static final int RP = SCALE + STRIDE;

  static final int RQ = RP + STRIDE;
  static final int RX = RQ + STRIDE;

  /** The numbers of {@link ReluLinks} for the chosen link. */
  static final int LINKS = RX + STRIDE;

  /** Row d = (rp, y2, y3, last) of the Cholesky factor. */
  static final int Y2 = LINKS + ReluLinks.SIZE * STRIDE;

  static final int Y3 = Y2 + STRIDE;
  static final int LAST = Y3 + STRIDE;
  static final int LAST_SQUARE = LAST + STRIDE;

  /** det of the first three rows, q2 x3. */
  static final int VOLUME = LAST_SQUARE + STRIDE;

  /** √(y3² + last²). */
  static final int SPREAD = VOLUME + STRIDE;

  /** z_d is best predicted by these times z_p, z_q and z_x. */
  static final int WEIGHT_P = SPREAD + STRIDE;

  static final int WEIGHT_Q = WEIGHT_P + STRIDE;
  static final int WEIGHT_X = WEIGHT_Q + STRIDE;

  /** √d of the pairs with d. */
  static final int PD_COS = WEIGHT_X + STRIDE;

  static final int QD_COS = PD_COS + STRIDE;
  static final int XD_COS = QD_COS + STRIDE;

  /** 1 ∓ r_xd at the end nearer to ±1. */
  static final int NEAR = XD_COS + STRIDE;

  static final int FAR = NEAR + STRIDE;

  /** Of each of the six pairs, what its share is multiplied by. */
  static final int AMPLITUDE = FAR + STRIDE;

  /** tan φ/2, then φ: of the six pairs, then of the arcs of the pairs pd, qd and xd. */
  static final int ANGLE = AMPLITUDE + 6 * STRIDE;

  static final int ANGLES = 9;

  static final int SIZE = ANGLE + ANGLES * STRIDE;

  private ReluSlots() {}

  /** The row of a number of {@link ReluLinks}. */
  static int link(int which) {
    return LINKS + which * STRIDE;
  }
}
