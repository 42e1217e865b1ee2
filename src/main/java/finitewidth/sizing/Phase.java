package finitewidth.sizing;

/**
 * One stretch of a job.
 *
 * @param name in words, after "for"
 * @param certain whether it will be run; otherwise it depends on what is found on the way
 */
record Phase(String name, boolean certain, Compute compute, Heap heap, Traffic traffic) {

  /**
   * What is computed.
   *
   * @param moments four-point moments
   * @param draws of fields or of networks
   * @param parallel core seconds of tasks
   * @param serial seconds of the driver
   */
  record Compute(double moments, double draws, double parallel, double serial) {
    static Compute seconds(double parallel, double serial) {
      return new Compute(0, 0, parallel, serial);
    }
  }

  /**
   * Bytes on the heaps that cannot be elsewhere.
   *
   * @param driver the driver's own
   * @param executor of every JVM that computes, whatever the number of its tasks, beside what is
   *     broadcast
   * @param task of every task that runs
   */
  record Heap(double driver, double executor, double task) {}

  /**
   * Bytes on the move.
   *
   * @param broadcast to every executor; where the driver computes itself the object is its own
   * @param kept by all executors together, in memory or on disk, as Spark finds room
   * @param moved to and from the driver and between executors, beside broadcasts
   */
  record Traffic(double broadcast, double kept, double moved) {
    static final Traffic NONE = new Traffic(0, 0, 0);
  }

  /** The same, for the case that it comes to that. */
  Phase perhaps() {
    return new Phase(name, false, compute, heap, traffic);
  }
}
