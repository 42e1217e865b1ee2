package finitewidth.sizing;

import finitewidth.inference.ConditioningShape;
import finitewidth.inference.Cost;
import java.util.Map;

/** What a job costs before and beside its engine. */
public final class JobCosts {
  /** Objects that a row comes in, in bytes. */
  private static final double OBJECTS = 200;

  /** spark.mllib's k-means: rounds of it with its start, and operations in a second. */
  private static final double ROUNDS = 25;

  private static final double CLUSTER_OPERATIONS = 1.5e9;

  /** Evaluations of a search from one start, as they come out. */
  private static final double EVALUATIONS = 60;

  /** Matrices that an evaluation of the evidence and its gradient hold. */
  private static final double EVALUATION = 9;

  /** A block's numbers and subtrees of sums that wait, in matrices of u × u. */
  private static final double PASS = 12;

  /** A pair of training rows on its way to Spark: objects, and Spark's row with its copies. */
  private static final double PAIR = 1000;

  private JobCosts() {}

  /** Training rows on the driver: as objects, then stacked, then scaled. */
  public static Cost rows(long rows, int features, int outputs) {
    return Cost.known(Map.of(), 0, Cost.Heap.onDriver(rows * row(features, outputs)));
  }

  private static double row(int features, int outputs) {
    return OBJECTS + 3 * Double.BYTES * (1.0 + features + outputs);
  }

  /**
   * Rows that stay where they are, and points that stand for them: the choice from a sample, which
   * the driver holds with its kernel, and the pass over all rows.
   *
   * @param points that are chosen
   * @param sample rows that they are chosen from
   * @param clusters whether they are centres of clusters, which Spark looks for
   */
  public static Cost points(ConditioningShape points, long rows, long sample, boolean clusters) {
    double u = points.size();
    double seen = Math.min(sample, rows);
    double choice =
        clusters
            ? ROUNDS * 2 * seen * u * points.features() / CLUSTER_OPERATIONS
            : Cost.products(2 * seen * u * (u + points.features()));
    double held = seen * row(points.features(), points.outputs());
    Cost.Heap chosen =
        new Cost.Heap(held + (clusters ? 0 : Double.BYTES * seen * u), 0, clusters ? held : 0, 0);
    double passed =
        Cost.products(rows * u * (2 * u + 2.0 * points.features()))
            + Cost.pairs(rows * u * points.layers() / 4);
    double sums = PASS * points.matrix();
    return Cost.known(Map.of(), rows * 2e-6 + passed, chosen)
        .plusDriver(choice + Cost.products(10 * u * u * u))
        .then(Cost.known(Map.of(), 0, new Cost.Heap(4 * sums / 3, points.matrix(), sums, 0)));
  }

  /**
   * A search for the highest evidence of rows on the driver.
   *
   * @param searches from one start each
   */
  public static Cost search(ConditioningShape on, long rows, int searches) {
    double n = rows;
    double one = Cost.products(2 * n * n * n) + Cost.pairs(n * n * (on.layers() + on.outputs()));
    return Cost.known(Map.of(), 0, Cost.Heap.onDriver(EVALUATION * Double.BYTES * n * n))
        .plusDriver(searches * EVALUATIONS * one);
  }

  /** The same of all rows through the points: passes over them. */
  public static Cost searchThroughPoints(ConditioningShape points, long rows, int searches) {
    double u = points.size();
    double one =
        Cost.products(rows * u * (6 * u + 4.0 * points.features()))
            + Cost.pairs(rows * u * points.layers());
    double evaluations = searches * EVALUATIONS;
    Cost.Heap heap =
        new Cost.Heap(EVALUATION * points.matrix(), points.matrix(), 2 * PASS * points.matrix(), 0);
    return Cost.known(Map.of(), evaluations * one, heap)
        .plusDriver(evaluations * Cost.products(10 * u * u * u));
  }

  /**
   * Kernels of hidden layers: K of each, S and what the data add of each and the sources below it;
   * and a row for each layer and pair, which the driver writes.
   */
  public static Cost hiddenKernels(ConditioningShape on) {
    double h = on.layers();
    double pairs = h * on.size() * (on.size() + 1.0) / 2;
    return Cost.known(
        Map.of(), 0, Cost.Heap.onDriver(on.bytes() + h * (h + 2) * on.matrix() + pairs * PAIR));
  }

  /**
   * The prior's flow.
   *
   * @param tensors whether V is written element by element
   */
  public static Cost flow(long rows, int features, int layers, boolean tensors) {
    double elements = tensors ? layers * Math.pow(rows, 4) : 0;
    return Cost.known(
            tensors ? Map.of("moments", elements / 8) : Map.of(),
            rows * layers * 1e-5,
            Cost.Heap.onDriver(rows * row(features, 0) + 2 * Double.BYTES * elements))
        .plusDriver(elements * 1e-6);
  }
}
