package finitewidth.sizing;

import finitewidth.inference.exact.ExactCost;
import finitewidth.sizing.Phase.Compute;
import finitewidth.sizing.Phase.Heap;
import finitewidth.sizing.Phase.Traffic;

/**
 * The kernels of hidden layers, which the driver makes of the finished contraction, holds while
 * rows are predicted, and writes pair by pair.
 */
final class HiddenPhases {
  /** What an evaluator of moments keeps of a kernel, in matrices. */
  private static final double EVALUATOR = 3;

  /** K of a layer more than there are F, P and Q. */
  private static final double FLOW = 4;

  /** A pair as a row of objects, and as Spark's row with its copies in a task. */
  private static final double PAIR = 1000;

  private static final double PAIR_SECONDS = 5e-6;

  private final Conditioned on;
  private final double matrix;

  HiddenPhases(Conditioned on) {
    this.on = on;
    matrix = on.matrix();
  }

  /** K of every layer, and of every layer and the sources below it S and what the data add. */
  private double held() {
    double h = on.layers();
    return (h + h * (h + 1)) * matrix;
  }

  /** Flows of all networks that end at a hidden layer, with fourth moments of pairs. */
  Phase kernels(double there) {
    double below = on.layers() - 1.0;
    double pairs = below * (below + 1) * on.size() * on.size();
    return new Phase(
        "kernels of hidden layers",
        true,
        new Compute(pairs, 0, 0, ExactCost.seconds(on.activation(), pairs)),
        new Heap(
            on.conditioning() + there + held() + below * (FLOW + EVALUATOR) * matrix + matrix,
            0,
            0),
        Traffic.NONE);
  }

  /** A phase that they live through. */
  Phase besides(Phase phase) {
    Heap heap = phase.heap();
    return new Phase(
        phase.name(),
        phase.certain(),
        phase.compute(),
        new Heap(heap.driver() + held(), heap.executor(), heap.task()),
        phase.traffic());
  }

  /** One row for each layer and pair. */
  Phase written(double there) {
    double pairs = on.layers() * on.size() * (on.size() + 1.0) / 2;
    return new Phase(
        "the rows of hidden kernels",
        true,
        Compute.seconds(0, pairs * PAIR_SECONDS),
        new Heap(on.conditioning() + there + held() + pairs * PAIR, 0, 0),
        Traffic.NONE);
  }
}
