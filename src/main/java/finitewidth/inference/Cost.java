package finitewidth.inference;

import java.util.Map;
import java.util.TreeMap;

/**
 * What work costs, told by shapes before it is begun. Only ratios of seconds matter, and they are
 * not measured: the choice between engines must not depend on how busy a machine is.
 *
 * @param counts what is counted, such as moments, by its name; as far as it is certain
 * @param seconds of one core of a typical machine, which tasks share; as far as they are certain
 * @param mostSeconds the same with all that may come to be needed
 * @param tentative whether only trying tells what it comes to
 * @param driverSeconds beside, of the driver alone
 */
public record Cost(
    Map<String, Double> counts,
    double seconds,
    double mostSeconds,
    boolean tentative,
    double driverSeconds,
    Heap heap) {
  /** Of matrix products, with everything around them. */
  private static final double OPERATIONS_PER_SECOND = 20e9;

  /** Of a pair of samples in one layer, half of which is its two-point expectations. */
  private static final double PAIR_SECONDS = 20e-9;

  /** No work. */
  public static final Cost NOTHING = known(Map.of(), 0, Heap.NONE);

  /**
   * The arrays that cannot be elsewhere, in bytes.
   *
   * @param driver on the driver
   * @param executor in a process that computes, whatever the number of its tasks; the driver has
   *     these itself where it computes
   * @param task of each task that runs
   * @param result the largest that a task sends home in one piece
   */
  public record Heap(double driver, double executor, double task, double result) {
    public static final Heap NONE = new Heap(0, 0, 0, 0);

    /** On the driver alone. */
    public static Heap onDriver(double bytes) {
      return new Heap(bytes, 0, 0, 0);
    }

    private Heap or(Heap other) {
      return new Heap(
          Math.max(driver, other.driver),
          Math.max(executor, other.executor),
          Math.max(task, other.task),
          Math.max(result, other.result));
    }
  }

  public Cost {
    counts = Map.copyOf(counts);
  }

  /** Work that shapes tell all about. */
  public static Cost known(Map<String, Double> counts, double seconds, Heap heap) {
    return new Cost(counts, seconds, seconds, false, 0, heap);
  }

  /** Rows at order 0, wherever the posterior comes from. */
  public static Cost orderZero(ConditioningShape on, long rows) {
    double p = on.size();
    return known(
        Map.of(),
        products(rows * p * (2 * p + 2.0 * on.features())) + pairs(rows * p * on.layers() / 2),
        new Heap(on.bytes(), on.bytes(), 0, 0));
  }

  /** Seconds of so many floating-point operations of matrix products. */
  public static double products(double operations) {
    return operations / OPERATIONS_PER_SECOND;
  }

  /** Seconds for so many pairs of samples to go through a layer. */
  public static double pairs(double pairs) {
    return pairs * PAIR_SECONDS;
  }

  /** With so many seconds of the driver. */
  public Cost plusDriver(double more) {
    return new Cost(counts, seconds, mostSeconds, tentative, driverSeconds + more, heap);
  }

  /** This, then the other: heaps are not needed at the same time. */
  public Cost then(Cost other) {
    Map<String, Double> sums = new TreeMap<>(counts);
    other.counts.forEach((name, count) -> sums.merge(name, count, Double::sum));
    return new Cost(
        sums,
        seconds + other.seconds,
        mostSeconds + other.mostSeconds,
        tentative || other.tentative,
        driverSeconds + other.driverSeconds,
        heap.or(other.heap));
  }

  /** This or the other: which, shows before either is begun. */
  public Cost or(Cost other) {
    return new Cost(
        Map.of(),
        Math.min(seconds, other.seconds),
        Math.max(mostSeconds, other.mostSeconds),
        true,
        Math.max(driverSeconds, other.driverSeconds),
        heap.or(other.heap));
  }

  /** This, unless it turns out on the way that the other had better be done. */
  public Cost unless(Cost other) {
    return new Cost(
        counts,
        seconds,
        Math.min(mostSeconds, seconds + other.mostSeconds),
        true,
        driverSeconds,
        heap.or(other.heap));
  }
}
