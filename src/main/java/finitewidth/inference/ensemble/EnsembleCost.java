package finitewidth.inference.ensemble;

import finitewidth.inference.Ask;
import finitewidth.inference.ConditioningShape;
import finitewidth.inference.Cost;
import finitewidth.inference.Load;
import finitewidth.inference.Order;
import finitewidth.inference.RowTasks;
import java.util.Map;
import java.util.Optional;

/** What draws of networks cost. */
final class EnsembleCost {
  /** A deviate, and an activation, as floating-point operations that take the same time. */
  private static final double ELEMENT = 400;

  /** Operations of elementwise maps on a pair, for each block of each layer below. */
  private static final double MAPS = 20;

  /** Operations of the controls of a hidden kernel's pair, for each block of each layer. */
  private static final double CHAIN = 12;

  /** Coefficients of a layer's map of kernels, for each pair. */
  private static final double COEFFICIENTS = 9;

  private EnsembleCost() {}

  /**
   * Networks over training rows and so many others at once.
   *
   * @param hiddenKernels whether draws are asked for the kernels of their hidden layers too
   */
  static Cost together(ConditioningShape on, Drawing drawing, long others, boolean hiddenKernels) {
    double draws = EnsembleJob.allDraws(drawing.draws());
    double seconds = 0;
    int widest = 0;
    for (int[] widths : drawing.choices()) {
      seconds += draws * seconds(on.size(), others, hiddenKernels, widths);
      for (int width : widths) {
        widest = Math.max(widest, width);
      }
    }
    return Cost.known(
        Map.of("draws", (double) networks(drawing)),
        seconds,
        heap(on, drawing, others, hiddenKernels, widest));
  }

  /** Rows one by one, each with all networks anew. */
  static Cost predicting(ConditioningShape on, Drawing drawing, Ask ask) {
    if (ask.order() == Order.NNGP) {
      return Cost.orderZero(on, ask.rows());
    }
    Cost one = together(on, drawing, 1, false);
    return Cost.known(
        Map.of("draws", (double) ask.rows() * networks(drawing)),
        ask.rows() * one.seconds(),
        one.heap());
  }

  /** What predicting rows amounts to. */
  static Load load(ConditioningShape on, Drawing drawing, Order order, long rows, int cores) {
    if (order == Order.NNGP) {
      return Load.nngp(rows, on);
    }
    return new Load(
        Optional.of(RowTasks.busy(cores, rows, 0)),
        networks(drawing),
        "networks",
        false,
        predicting(on, drawing, Ask.unseen(rows, order)).seconds(),
        Optional.empty());
  }

  private static long networks(Drawing drawing) {
    return EnsembleJob.allDraws(drawing.draws()) * drawing.widths().size();
  }

  /**
   * Of one network: products of each layer's features with themselves and with the root of the
   * kernel below, deviates and activations, maps of the deviations of all blocks, and the factor of
   * the kernel that comes out.
   *
   * @param training P
   * @param others T
   */
  static double seconds(long training, long others, boolean hiddenKernels, int... widths) {
    double p = training;
    double all = p + others;
    double pairs = all * p + others;
    int layers = widths.length;
    double kernels = hiddenKernels ? layers * p * (p + 1) / 2 : 0;
    double operations =
        kernels * NetworkDraw.BLOCKS * layers * CHAIN
            + 2 * p * p * p / 3
            + 2 * others * p * p
            + pairs * NetworkDraw.BLOCKS * MAPS * layers * layers;
    for (int h = 0; h < layers; h++) {
      double rank = Math.min(all, widths[h]);
      operations +=
          2 * all * rank * widths[h]
              + 2 * pairs * widths[h]
              + ELEMENT * (all + rank) * widths[h]
              + (h > 0 ? 2 * all * all * rank : 0);
    }
    return Cost.products(operations);
  }

  /**
   * What draws share: a root of the inputs' kernel, F of the first layer and the output's kernel by
   * pairs, the maps of layers above the first, and A with its factor and inverse. The driver makes
   * it of the kernels of all points, and holds the sums of every batch. A task has the deviations
   * of all blocks, the features of a layer with what they are made of, and sums.
   */
  private static Cost.Heap heap(
      ConditioningShape on, Drawing drawing, long others, boolean hiddenKernels, int widest) {
    double p = on.size();
    double all = p + others;
    double pairs = all * p + others;
    int layers = on.layers();
    double shared =
        Double.BYTES * (all * all + (2 + COEFFICIENTS * (layers - 1)) * pairs + 3 * p * p);
    double flow = Double.BYTES * (4.0 * layers + 1) * all * all;
    double kernels = hiddenKernels ? layers * p * (p + 1) / 2 : 0;
    double sums = DrawSums.bytes((long) (1 + 2.0 * others * on.outputs() + kernels));
    double drawn = (NetworkDraw.BLOCKS * layers + 4) * pairs + 3 * all * widest + 2 * all * all;
    return new Cost.Heap(
        on.bytes() + flow + shared + EnsembleEstimate.GROUPS * drawing.widths().size() * sums,
        on.bytes() + shared,
        Double.BYTES * drawn + 4 * sums,
        0);
  }
}
