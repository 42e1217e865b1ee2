package finitewidth.gaussian.erf;

/**
 * Where error-function moments keep their numbers: arrays of rows of {@link #STRIDE}, a row for
 * each of the names below, one column for each moment. Small enough for the first-level cache.
 */
final class ErfSlots {
  /** Moments of a chunk. Twice as many may wait for the same number of nodes. */
  static final int CHUNK = 64;

  /** The last vector of a row may reach beyond by less than this. */
  static final int PADDING = 8;

  static final int STRIDE = 2 * CHUNK + PADDING;

  /** Rows of a moment that waits for its integral: ρ_1, ρ_2, ρ_3, … */
  static final int SPOKE_1 = 0;

  static final int SPOKE_2 = STRIDE;
  static final int SPOKE_3 = 2 * STRIDE;

  /** … ρ_23, ρ_13, ρ_12, … */
  static final int RIM_1 = 3 * STRIDE;

  static final int RIM_2 = 4 * STRIDE;
  static final int RIM_3 = 5 * STRIDE;

  /** … √D_3 … */
  static final int ROOT = 6 * STRIDE;

  /** … and 1 − T². */
  static final int GAP = 7 * STRIDE;

  static final int WAITING_ROWS = 8;

  /** In a chunk only: T² / (1 − T²). */
  static final int REACH = 8 * STRIDE;

  static final int CHUNK_ROWS = 9;

  /** Rows of parameters of the integral: m_ii, … */
  static final int GIVEN_1 = 0;

  static final int GIVEN_2 = STRIDE;
  static final int GIVEN_3 = 2 * STRIDE;

  /** … the numerators of tan φ_i at t = 0, … */
  static final int FIRST_1 = 3 * STRIDE;

  static final int FIRST_2 = 4 * STRIDE;
  static final int FIRST_3 = 5 * STRIDE;

  /** … those at t = 1 … */
  static final int LAST_1 = 6 * STRIDE;

  static final int LAST_2 = 7 * STRIDE;
  static final int LAST_3 = 8 * STRIDE;

  /** … and the sum over nodes so far. */
  static final int SUM = 9 * STRIDE;

  static final int PARAMETER_ROWS = 10;

  /** Rows of the integrand at one node: C_i², … */
  static final int COS_1 = 0;

  static final int COS_2 = STRIDE;
  static final int COS_3 = 2 * STRIDE;

  /**
   * … e² times the numerator of tan φ_i; later tan of what φ_i is away from a right angle or 0, …
   */
  static final int RISE_1 = 3 * STRIDE;

  static final int RISE_2 = 4 * STRIDE;
  static final int RISE_3 = 5 * STRIDE;

  /** … the factor of φ_i, first without 1 / (e C_i), … */
  static final int FRONT_1 = 6 * STRIDE;

  static final int FRONT_2 = 7 * STRIDE;
  static final int FRONT_3 = 8 * STRIDE;

  /** … e; later the share of the right angles, … */
  static final int ONE_PLUS = 9 * STRIDE;

  /** … and e √D. */
  static final int RUN = 10 * STRIDE;

  static final int NODE_ROWS = 11;

  private ErfSlots() {}
}
