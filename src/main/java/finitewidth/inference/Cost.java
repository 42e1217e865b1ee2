package finitewidth.inference;

/**
 * What computing costs, in seconds of one core of a typical machine. Only their ratio matters, and
 * it is not measured: the choice between engines must not depend on how busy a machine is.
 */
public final class Cost {
  /** Of matrix products, with everything around them. */
  private static final double OPERATIONS_PER_SECOND = 20e9;

  /** Below this an engine is taken without looking at others. */
  public static final double AFFORDABLE_SECONDS = 60;

  private Cost() {}

  /** So many floating-point operations of matrix products. */
  public static double seconds(double operations) {
    return operations / OPERATIONS_PER_SECOND;
  }
}
