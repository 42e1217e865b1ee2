package finitewidth.gaussian.relu;

/** All but the integral of a moment: the factor of R, the six arcsines, and P4 at one end. */
sealed interface ReluConeLoops permits ScalarReluConeLoops, VectorReluConeLoops {
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
}
