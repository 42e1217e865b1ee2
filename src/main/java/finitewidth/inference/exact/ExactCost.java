package finitewidth.inference.exact;

import finitewidth.gaussian.Activation;
import finitewidth.gaussian.FourPointActivation;
import finitewidth.inference.Ask;
import finitewidth.inference.ConditioningShape;
import finitewidth.inference.Cost;
import finitewidth.inference.Load;
import finitewidth.inference.Order;
import finitewidth.inference.RowTasks;
import finitewidth.posterior.Cumulants;
import java.util.Map;
import java.util.Optional;

/** What the exact engine costs. Without four-point moments seconds are infinite. */
final class ExactCost {
  /** Of a four-point moment with an element of a form, in loops of some dozen. */
  private static final double PRODUCT_SECONDS = 0.8e-9;

  /** Results that Spark unpacks at the same time, and what there is of each: two times two. */
  private static final int UNPACKED = 4;

  /** Sums that a task sends: their bytes, these in its result, and the result in a message. */
  private static final int SENT = 3;

  /** What an evaluator of four-point moments keeps of a kernel, in P × P matrices. */
  private static final int EVALUATOR = 3;

  private static final String MOMENTS = "moments";

  private ExactCost() {}

  /** Conditioning and rows. */
  static Cost of(ConditioningShape on, Ask ask, int cores) {
    Cost rows = predicting(on, ask, cores);
    double seconds = seconds(on, ask.rows());
    if (ask.order() == Order.CUMULANTS) {
      seconds += cumulantSeconds(on, ask.rows(), cores);
    }
    return Cost.known(
            Map.of(MOMENTS, (double) TrainingJob.moments((int) on.size(), on.layers())),
            0,
            training(on, cores))
        .then(Cost.known(rows.counts(), seconds, rows.heap()));
  }

  /** Rows by a posterior that is there. */
  static Cost predicting(ConditioningShape on, Ask ask, int cores) {
    if (ask.order() == Order.NNGP) {
      return Cost.orderZero(on, ask.rows());
    }
    double moments = rowMoments(on, ask.rows());
    double seconds = seconds(on.network().activation(), moments);
    double task = (1 + EVALUATOR) * on.layers() * on.matrix();
    if (ask.order() == Order.CUMULANTS) {
      int block = Cumulants.blockRows(on.size(), on.outputs());
      moments = 2 * moments + blocks(on, ask.rows(), cores) * trainingMoments(on);
      seconds += cumulantSeconds(on, ask.rows(), cores);
      // The forms of a block's rows; evaluators of all samples, and of these and a row.
      task +=
          Math.min(ask.rows(), block) * (double) Cumulants.rowBytes(on.size(), on.outputs())
              + EVALUATOR * (on.layers() + 1) * on.matrix();
    }
    return Cost.known(Map.of(MOMENTS, moments), seconds, predicting(on, task));
  }

  /** What predicting rows amounts to. */
  static Load load(ConditioningShape on, Order order, long rows, int cores) {
    if (order == Order.NNGP) {
      return Load.nngp(rows, on);
    }
    boolean share = order == Order.CUMULANTS;
    long perRow = RowContraction.moments(on.size()) * on.layers();
    int tasks =
        share
            ? RowTasks.sharing(cores, rows, Cumulants.blockRows(on.size(), on.outputs()))
            : RowTasks.busy(cores, rows, perRow);
    double seconds = predicting(on, Ask.unseen(rows, order), cores).seconds();
    return new Load(Optional.of(tasks), perRow, MOMENTS, share, seconds, Optional.empty());
  }

  /**
   * While training rows are contracted. The driver holds what is conditioned on and sums of tasks:
   * one for each level of the tree that they meet in, and those that are unpacked; or, later, the
   * finished contraction beside the posterior. A task holds its sums, likewise by level, with those
   * that are on their way; those of one layer as squares; evaluators; and τ.
   */
  private static Cost.Heap training(ConditioningShape on, int cores) {
    long sums = PairSums.bytes(on.size(), on.layers(), on.crossWeights());
    int size = (int) on.size();
    int tasks = TrainingJob.tasks(size, on.layers(), sums, cores, Long.MAX_VALUE);
    double waiting = levels(tasks) + UNPACKED * Math.min(UNPACKED, cores);
    double contraction = posterior(on) + 2.0 * on.layers() * on.matrix();
    double own = 1 + levels((double) Tiling.leaves(size) / tasks) + SENT;
    return new Cost.Heap(
        on.bytes() + Math.max(waiting * sums, contraction + posterior(on)),
        on.bytes() + tables(on),
        own * sums + (3 + on.crossWeights() + EVALUATOR * on.layers()) * on.matrix(),
        sums);
  }

  /** While rows are predicted: what is conditioned on, the posterior, and tables of both. */
  private static Cost.Heap predicting(ConditioningShape on, double task) {
    double posterior = on.bytes() + posterior(on);
    return new Cost.Heap(posterior, posterior + tables(on), task, 0);
  }

  private static double levels(double leaves) {
    return Math.max(0, Math.ceil(Math.log(leaves) / Math.log(2)));
  }

  /** Of each layer M, N of every output and Cov(σ², σ²); below the last QX and J of each X. */
  private static double posterior(ConditioningShape on) {
    int h = on.layers();
    return (h * (1.0 + on.crossWeights()) + 2.0 * (h - 1) * on.crossWeights()) * on.matrix();
  }

  /** What loops read, in every process: P, Q, F, P∘F and B^s of each layer, and each X. */
  private static double tables(ConditioningShape on) {
    return (5.0 * on.layers() + on.crossWeights()) * on.matrix();
  }

  private static double trainingMoments(ConditioningShape on) {
    return (double) TrainingJob.moments((int) on.size(), on.layers());
  }

  private static double rowMoments(ConditioningShape on, long rows) {
    return (double) rows * RowContraction.moments(on.size()) * on.layers();
  }

  /** Seconds of the contraction of training rows and so many others. */
  static double seconds(ConditioningShape on, long rows) {
    return seconds(on.network().activation(), trainingMoments(on) + rowMoments(on, rows));
  }

  private static double blocks(ConditioningShape on, long rows, int cores) {
    return RowTasks.blocks(cores, rows, Cumulants.blockRows(on.size(), on.outputs()));
  }

  /**
   * What third and fourth cumulants add. Every block of rows has the moments of all training rows
   * anew, of which each row takes three products for each of its 1 + m forms; then a row has twice
   * the moments that its correction alone has.
   */
  private static double cumulantSeconds(ConditioningShape on, long rows, int cores) {
    double moments = blocks(on, rows, cores) * trainingMoments(on) + rowMoments(on, rows);
    return seconds(on.network().activation(), moments)
        + PRODUCT_SECONDS * 3.0 * (1 + on.outputs()) * trainingMoments(on) * rows;
  }

  private static double seconds(Activation activation, double moments) {
    return activation instanceof FourPointActivation exact
        ? moments * nanoseconds(exact) * 1e-9
        : Double.POSITIVE_INFINITY;
  }

  /** Of one four-point moment with its contraction. */
  private static double nanoseconds(FourPointActivation activation) {
    return switch (activation.name()) {
      case "linear", "quadratic", "erf" -> 50;
      case "relu" -> 120;
      case "sin", "cos" -> 150;
      case "leaky-relu" -> 500;
      default -> 1000;
    };
  }
}
