package finitewidth.gaussian.erf;

import finitewidth.gaussian.lanes.Lanes;

/**
 * The arithmetic of four-point moments of the error function, pass by pass over many moments.
 * {@link ErfFourPoint} has the formulas and {@link ErfSlots} the names of rows.
 *
 * <p>Passes, because a moment is one long chain of square roots and divisions: a processor that
 * runs many short chains side by side is several times as fast. Each has a vector and a scalar form
 * with the same operations in the same order, and so the same bits.
 */
sealed interface ErfLoops permits ScalarErfLoops, VectorErfLoops {
  /** Determinants are positive. Should rounding have left nothing of one, it is taken as this. */
  double SMALLEST = 1e-60;

  double RIGHT_ANGLE = Math.PI / 2;

  /** The form that this machine can run. */
  static ErfLoops preferred() {
    return Lanes.available() ? new VectorErfLoops() : new ScalarErfLoops();
  }

  /** The determinant of three points of correlations x, y and z. */
  static double determinant(double x, double y, double z) {
    double partial = Math.fma(-x, y, z);
    return Math.fma(-partial, partial, Math.fma(-x, x, 1) * Math.fma(-y, y, 1));
  }

  /**
   * Makes that one of a, b, c and d the hub without which the determinant is smallest, and writes
   * spokes and rim.
   *
   * @param chunk columns [at, at + count) are written, and further ones up to a whole vector
   * @param r correlations; those of d with a, b and c start at {@code a}, {@code b} and {@code c}
   */
  void select(
      double[] chunk,
      int at,
      int count,
      double[] r,
      int a,
      int b,
      int c,
      double ab,
      double ac,
      double bc);

  /** Writes ROOT, GAP and REACH of a chunk. */
  void condition(double[] chunk, int count);

  /**
   * Writes the parameters of integrals, and zero to their sums.
   *
   * @param waiting rows start at {@code at}
   */
  void prepare(double[] waiting, int at, int count, double[] parameters);

  /**
   * The integrand at one node, as far as to the square roots.
   *
   * @param waiting rows start at {@code at}
   * @param square ξ²
   * @param rest 1 − ξ²
   * @param weight of the node
   */
  void integrand(
      double[] waiting,
      int at,
      double[] parameters,
      int count,
      double square,
      double rest,
      double weight,
      double[] node);

  /**
   * Square roots and divisions. Angles above π/4 become right angles and what they fall short of
   * them; the reciprocals of C_i times the larger leg, and of e, are had by one division.
   */
  void roots(double[] node, int count);

  /** Arc tangents, the three quotients by one division; adds to the sums. */
  void angles(double[] node, int count, double[] parameters);
}
