package finitewidth.inference.networks;

/**
 * Where a chain is, and all that rows say of it there.
 *
 * @param u all its hidden weights
 * @param last the last layer
 * @param gradient dL/dU; zeros where L is not finite
 */
record Point(double[] u, LastLayer last, double[] gradient) {
  /** L(U); NaN where it is not finite. */
  double value() {
    return last.logLikelihood();
  }

  boolean isFinite() {
    return last.isFinite();
  }
}
