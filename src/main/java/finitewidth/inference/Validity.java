package finitewidth.inference;

/**
 * What it means that a prediction is to be trusted, which differs between ways to a posterior.
 *
 * @param column of results that says whether it is
 * @param failing what a prediction is that is not, as in "3 predictions are …"
 * @param remedy what helps, as an order
 */
public record Validity(String column, String failing, String remedy) {
  /** Of first order: the next order is small. */
  public static final Validity EXPANSION =
      new Validity("within_expansion", "outside the expansion", "use wider layers");

  /** Of the exact posterior by chance: the errors of draws or chains are known. */
  public static final Validity CONVERGENCE =
      new Validity("converged", "not converged", "draw more");

  /** Of first order with the scale integrated: what is left of first order is small. */
  public static final Validity RENORMALISED =
      new Validity("rest_is_small", "beyond renormalised first order", "use wider layers");

  /** Of kernels that adapt: the search has settled, and what is left, where known, is small. */
  public static final Validity ADAPTIVE =
      new Validity("kernel_holds", "beyond the adapted kernel", "use wider layers");
}
