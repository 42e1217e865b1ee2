package finitewidth.sizing;

import finitewidth.inference.Cost;
import finitewidth.sizing.Phase.Compute;
import finitewidth.sizing.Phase.Heap;
import finitewidth.sizing.Phase.Traffic;
import java.util.ArrayList;
import java.util.List;

/** What comes before the contraction: rows to kernels, directly or through inducing points. */
final class FitPhases {
  /** Of a pair of samples in one layer, with its share of the dressing. */
  private static final double PAIR_SECONDS = 20e-9;

  /** Copies of a matrix while A is factored and inverted. */
  private static final double OPERANDS = 3;

  /** spark.mllib's k-means: rounds of it with its start, and operations in a second. */
  private static final double ROUNDS = 25;

  private static final double CLUSTER_OPERATIONS = 1.5e9;

  /** Evaluations of a search from one start, as they come out. */
  private static final double EVALUATIONS = 60;

  /** Matrices that an evaluation and its gradient hold. */
  private static final double EVALUATION = 9;

  /** A block's numbers and subtrees of sums that wait, in matrices of u × u. */
  private static final double PASS = 12;

  private FitPhases() {}

  /** Rows on the driver. */
  static Phase reading(long rows, int features, int outputs) {
    return new Phase(
        "training rows on the driver",
        true,
        Compute.seconds(0, 0),
        new Heap(rows * RowBytes.collected(features, outputs), 0, 0),
        new Traffic(0, 0, rows * RowBytes.packed(features, outputs)));
  }

  /** Kernels of all layers and the factor of the output's. */
  static Phase conditioning(Conditioned on) {
    double p = on.size();
    return new Phase(
        "kernels and their factor",
        true,
        Compute.seconds(0, p * p * on.layers() * PAIR_SECONDS + Cost.seconds(2 * p * p * p)),
        new Heap(on.conditioning() + OPERANDS * on.matrix(), 0, 0),
        Traffic.NONE);
  }

  /** A search for the highest evidence of rows on the driver. */
  static Phase evidence(Conditioned on, long rows, int searches) {
    double n = rows;
    double one = Cost.seconds(2 * n * n * n) + n * n * (on.layers() + on.outputs()) * PAIR_SECONDS;
    return new Phase(
        "the search for hyperparameters, roughly",
        true,
        Compute.seconds(0, searches * EVALUATIONS * one),
        new Heap(EVALUATION * Double.BYTES * n * n, 0, 0),
        Traffic.NONE);
  }

  /** A search for the highest evidence of all rows through the points. */
  static Phase evidenceThroughPoints(Conditioned points, long rows, int searches) {
    double u = points.size();
    double one =
        Cost.seconds(rows * u * (6 * u + 4.0 * points.features()))
            + rows * u * points.layers() * PAIR_SECONDS;
    double evaluations = searches * EVALUATIONS;
    return new Phase(
        "the search for hyperparameters, roughly",
        true,
        Compute.seconds(evaluations * one, evaluations * Cost.seconds(10 * u * u * u)),
        new Heap(EVALUATION * points.matrix(), points.matrix(), 2 * PASS * points.matrix()),
        new Traffic(2 * points.matrix(), 0, 2 * evaluations * points.matrix()));
  }

  /**
   * Rows that stay where they are, and points that stand for them.
   *
   * @param sample rows that points are chosen from
   * @param clusters whether they are centres of clusters
   */
  static List<Phase> points(Conditioned points, long rows, long sample, boolean clusters) {
    double u = points.size();
    double packed = RowBytes.packed(points.features(), points.outputs());
    double chosen = Math.min(sample, rows);
    double choice =
        clusters
            ? ROUNDS * 2 * chosen * u * points.features() / CLUSTER_OPERATIONS
            : Cost.seconds(2 * chosen * u * (u + points.features()));
    List<Phase> phases = new ArrayList<>();
    phases.add(
        new Phase(
            "the choice of inducing points",
            true,
            Compute.seconds(rows * 2e-6, choice),
            new Heap(
                chosen * RowBytes.collected(points.features(), points.outputs())
                    + (clusters ? 0 : Double.BYTES * chosen * u),
                0,
                clusters ? 2 * chosen * packed : 0),
            new Traffic(0, rows * packed, (2 * rows + chosen) * packed)));
    phases.add(
        new Phase(
            "the pass over training rows",
            true,
            Compute.seconds(
                Cost.seconds(rows * u * (2 * u + 2.0 * points.features()))
                    + rows * u * points.layers() * PAIR_SECONDS / 4,
                Cost.seconds(10 * u * u * u)),
            new Heap(4 * PASS * points.matrix() / 3, points.matrix(), PASS * points.matrix()),
            new Traffic(2 * points.matrix(), rows * packed, 4 * points.matrix())));
    return phases;
  }

  /** Rows that are left at order 0. */
  static Phase uncorrected(Conditioned on, long rows) {
    double p = on.size();
    return new Phase(
        "rows at order 0",
        true,
        Compute.seconds(
            Cost.seconds(rows * p * (2 * p + 2.0 * on.features()))
                + rows * p * on.layers() * PAIR_SECONDS / 2,
            0),
        new Heap(on.conditioning(), 0, 0),
        new Traffic(on.conditioning(), 0, rows * RowBytes.scored(on)));
  }
}
