package finitewidth.inference.montecarlo;

/** Gives the weights w = A⁻¹k of a row, and may note order 0 while it sees the row. */
@FunctionalInterface
public interface RowProjector {
  /**
   * @param covariances k_Rx at the output
   * @param variance k_xx
   * @return w, P numbers
   */
  double[] weights(double[] covariances, double variance);
}
