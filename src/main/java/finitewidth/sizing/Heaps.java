package finitewidth.sizing;

/**
 * From the numbers that a job holds to the heap that it needs. Constants are from measured heaps,
 * see docs/cluster.md.
 */
final class Heaps {
  static final double MEGABYTE = 1 << 20;

  /** Spark, its classes and its buffers in a driver, and in an executor. */
  static final double DRIVER = 150 * MEGABYTE;

  static final double EXECUTOR = 110 * MEGABYTE;

  /** A collector wants room beside what is live. */
  static final double ROOM = 1.25;

  /** Spark keeps this much out of its own accounts, and lends storage this part of the rest. */
  private static final double RESERVED = 300 * MEGABYTE;

  private static final double UNIFIED = 0.6;

  private Heaps() {}

  /**
   * The least heap in which this has room. What is stored goes to disk where it does not fit into
   * the part of the heap that Spark takes for it, but what is there of it stays.
   *
   * @param base of the JVM
   * @param live bytes that must be on the heap
   * @param stored bytes that Spark keeps
   */
  static double needed(double base, double live, double stored) {
    double rest = base + ROOM * live;
    double withDisk = (rest - UNIFIED * RESERVED) / (1 - UNIFIED);
    return Math.max(Resources.LEAST_HEAP, Math.min(rest + stored, withDisk));
  }
}
