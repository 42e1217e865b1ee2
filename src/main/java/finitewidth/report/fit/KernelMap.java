package finitewidth.report.fit;

/**
 * The output's kernel over training rows, or over the points that stand for them, sorted.
 *
 * @param size rows that are shown
 * @param of rows that there are
 * @param what one of them is called
 * @param order what they are sorted by
 * @param before K, size × size
 * @param after K and its shift at the network's widths; empty where the engine does not form it
 * @param values what rows are sorted by, in their order
 * @param error the shift's standard error, a root mean square over its entries; 0 of the exact
 *     engine
 */
public record KernelMap(
    int size,
    int of,
    String what,
    String order,
    double[] before,
    double[] after,
    double[] values,
    double error) {

  /** A map without sampling error. */
  public KernelMap(
      int size,
      int of,
      String what,
      String order,
      double[] before,
      double[] after,
      double[] values) {
    this(size, of, what, order, before, after, values, 0);
  }
}
