package finitewidth.inference.renormalised;

/**
 * Interpolation by polynomials of degree seven on a regular grid of u = log q. What is interpolated
 * here is analytic within a distance of π of the real axis, so that at this step the error is some
 * 1e-11 of its size. Beyond the ends it is taken at the ends.
 *
 * @param first u of node 0
 * @param nodes how many
 */
record LogGrid(double first, int nodes) {
  static final double STEP = 0.1;
  static final int POINTS = 8;

  /** That lies around these values. */
  static LogGrid around(double least, double largest) {
    double first = STEP * (Math.floor(least / STEP) - 3);
    int nodes = (int) Math.ceil((largest - first) / STEP) + 5;
    return new LogGrid(first, Math.max(POINTS, nodes));
  }

  /** q at the nodes. */
  double[] scales() {
    double[] scales = new double[nodes];
    for (int k = 0; k < nodes; k++) {
      scales[k] = Math.exp(first + k * STEP);
    }
    return scales;
  }

  /** The first of the nodes that are taken for u. */
  int base(double u) {
    int at = (int) Math.floor((u - first) / STEP) - 3;
    return Math.max(0, Math.min(nodes - POINTS, at));
  }

  /**
   * The weights of those nodes.
   *
   * @param to receives {@link #POINTS} numbers
   */
  void weights(double u, int base, double[] to, int at) {
    double t = Math.max(0, Math.min(nodes - 1, (u - first) / STEP)) - base;
    for (int i = 0; i < POINTS; i++) {
      double weight = 1;
      for (int j = 0; j < POINTS; j++) {
        if (j != i) {
          weight *= (t - j) / (i - j);
        }
      }
      to[at + i] = weight;
    }
  }
}
