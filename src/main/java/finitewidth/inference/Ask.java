package finitewidth.inference;

import java.util.List;

/**
 * What is wanted of a posterior, so that an engine can do as much work as that needs.
 *
 * @param probe preprocessed rows that are like those to be predicted, one array each; engines with
 *     errors of their own get these small there
 * @param rows how many will be predicted, for estimates of costs
 * @param order to which they will be
 * @param hiddenKernels whether the kernels of hidden layers are wanted, too
 * @param shifts whether {@link FirstOrder#shifts} will be asked for
 */
public record Ask(
    List<double[]> probe, long rows, Order order, boolean hiddenKernels, boolean shifts) {

  /** Without shifts. */
  public Ask(List<double[]> probe, long rows, Order order, boolean hiddenKernels) {
    this(probe, rows, order, hiddenKernels, false);
  }

  /** So many rows that nobody has looked at. */
  public static Ask unseen(long rows, Order order) {
    return new Ask(List.of(), rows, order, false);
  }

  /** To be predicted to first order; these very rows. */
  public static Ask rows(List<double[]> rows) {
    return new Ask(rows, rows.size(), Order.CORRECTED, false);
  }

  /** The same, for a method that goes on from first order. */
  public Ask withShifts() {
    return new Ask(probe, rows, order, hiddenKernels, true);
  }
}
