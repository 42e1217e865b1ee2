package finitewidth.sizing;

import finitewidth.inference.Cost;
import finitewidth.inference.networks.Chains;
import finitewidth.prior.Widths;
import finitewidth.sizing.Phase.Compute;
import finitewidth.sizing.Phase.Heap;
import finitewidth.sizing.Phase.Traffic;

/** Markov chains of finite networks on training rows, and predictions by the states they leave. */
final class ChainPhase {
  /** Copies of features and of their derivatives that a gradient has. */
  private static final double COPIES = 6;

  /** Numbers that a chain remembers of each that is watched. */
  private static final double WATCHED = 40 * 256;

  private ChainPhase() {}

  /**
   * All chains of all widths.
   *
   * @param tests rows that are predicted
   */
  static Phase of(Conditioned training, long tests, Chains chains) {
    double p = training.size();
    double states = 0;
    double task = 0;
    double predictions = 0;
    for (Widths widths : chains.widths()) {
      double weights = 0;
      double neurons = 0;
      double fanIn = training.features() + 1.0;
      for (int h = 0; h < training.layers(); h++) {
        double width = widths.width(h);
        weights += width * fanIn;
        neurons += width;
        fanIn = width + 1;
      }
      double each =
          Double.BYTES * (chains.keptNumbers(weights) + chains.chains() * (WATCHED + 4 * weights));
      states += each;
      double smaller = Math.min(p, fanIn);
      double own =
          COPIES * p * (neurons + training.features()) + 4 * smaller * smaller + 8 * weights;
      task = Math.max(task, Double.BYTES * own + 2 * each / chains.chains());
      predictions += 2.0 * tests * chains.states() * (weights + fanIn * fanIn);
    }
    double shared = Double.BYTES * p * (training.features() + training.outputs());
    return new Phase(
        "chains of finite networks",
        true,
        Compute.seconds(
            chains.seconds(p, training.features(), training.outputs()) + Cost.seconds(predictions),
            0),
        new Heap(training.conditioning() + states, 0, task),
        new Traffic(shared, 0, states));
  }
}
