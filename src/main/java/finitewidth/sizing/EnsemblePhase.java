package finitewidth.sizing;

import finitewidth.inference.Cost;
import finitewidth.sizing.Phase.Compute;
import finitewidth.sizing.Phase.Heap;
import finitewidth.sizing.Phase.Traffic;
import java.util.List;

/** Draws of finite networks over training and test rows. */
final class EnsemblePhase {
  /** Coefficients of a layer's map of kernels. */
  private static final double COEFFICIENTS = 9;

  /** Blocks of neurons that a draw tells apart. */
  private static final double BLOCKS = 16;

  /** A deviate, and an activation, as floating-point operations that take the same time. */
  private static final double ELEMENT = 400;

  /** Operations of elementwise maps on a pair, for each block of each layer below. */
  private static final double MAPS = 20;

  /** Operations of the controls of a hidden kernel's pair, for each block of each layer. */
  private static final double CHAIN = 12;

  private EnsemblePhase() {}

  /**
   * @param widths of all hidden layers, one choice after another
   * @param draws of each
   * @param hiddenKernels whether draws are asked for the kernels of their hidden layers too
   */
  static Phase of(
      Conditioned training, long tests, List<Integer> widths, double draws, boolean hiddenKernels) {
    double p = training.size();
    double all = p + tests;
    double pairs = all * p + tests;
    int layers = training.layers();
    double kernels = hiddenKernels ? layers * p * (p + 1) / 2 : 0;
    double operations = 0;
    double widest = 0;
    for (int width : widths) {
      double rank = Math.min(all, width);
      double each =
          kernels * BLOCKS * layers * CHAIN
              + 2 * p * p * p / 3
              + 2 * tests * p * p
              + 2 * pairs * BLOCKS * MAPS * layers * layers / 2.0;
      for (int h = 0; h < layers; h++) {
        each += 2 * all * rank * width + 2 * pairs * width + ELEMENT * (all + rank) * width;
        each += h > 0 ? 2 * all * all * rank : 0;
      }
      operations += draws * each;
      widest = Math.max(widest, width);
    }
    double shared =
        Double.BYTES * (all * all + (2 + COEFFICIENTS * (layers - 1)) * pairs + 3 * p * p);
    double flows = Double.BYTES * (4.0 * layers + 1) * all * all;
    double quantities = Double.BYTES * (1 + 2.0 * tests * training.outputs() + kernels) * 36;
    return new Phase(
        "draws of finite networks",
        true,
        new Compute(0, draws * widths.size(), Cost.seconds(operations), 0),
        new Heap(
            training.conditioning() + flows + shared + 64 * widths.size() * quantities,
            0,
            Double.BYTES * ((BLOCKS * layers + 4) * pairs + 3 * all * widest + 2 * all * all)
                + kernels * BLOCKS * (layers + 1) / 2
                + 4 * quantities),
        new Traffic(shared, 0, 64 * widths.size() * quantities));
  }
}
