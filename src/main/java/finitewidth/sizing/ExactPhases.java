package finitewidth.sizing;

import finitewidth.inference.Cost;
import finitewidth.inference.RowTasks;
import finitewidth.inference.exact.ExactCost;
import finitewidth.inference.exact.PairSums;
import finitewidth.inference.exact.Tiling;
import finitewidth.inference.exact.TrainingJob;
import finitewidth.posterior.Cumulants;
import finitewidth.sizing.Phase.Compute;
import finitewidth.sizing.Phase.Heap;
import finitewidth.sizing.Phase.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The exact contraction, counted in P × P matrices: sums of 1 + X quantities for each source layer
 * come home from every task, the posterior goes out again with what further rows need.
 */
final class ExactPhases {
  /** Tables that loops read in every JVM: p, q, f, pf and B^s by layer, and X. */
  private static final double TABLES = 5;

  /** What an evaluator of four-point moments keeps of a kernel. */
  private static final double EVALUATOR = 3;

  /** Beside a task's sums: their bytes, these in the result, the result in a message. */
  private static final double COPIES = 3;

  /** Tasks whose results a driver unpacks at the same time. */
  private static final int UNPACKED = 4;

  /** What there is of each of them: the message, the bytes in it, the sums, and what was. */
  private static final double FORMS = 4;

  /** Matrices that products hold while the posterior is put together. */
  private static final double OPERANDS = 8;

  private final Conditioned on;
  private final Resources resources;
  private final double matrix;
  private final double sums;

  ExactPhases(Conditioned on, Resources resources) {
    this.on = on;
    this.resources = resources;
    matrix = on.matrix();
    sums = PairSums.bytes(on.size(), on.layers(), on.weights());
  }

  List<Phase> of(long corrected, FitWork.Beyond beyond) {
    List<Phase> phases = new ArrayList<>();
    phases.add(training());
    phases.add(assembly());
    Phase rows = beyond.cumulants() ? cumulants(corrected) : rows(corrected);
    if (beyond.hiddenKernels()) {
      HiddenPhases hidden = new HiddenPhases(on);
      phases.add(hidden.kernels(contraction() + posterior()));
      phases.add(hidden.besides(rows));
      phases.add(hidden.written(posterior()));
    } else {
      phases.add(rows);
    }
    return phases;
  }

  /** What no memory would help with. */
  Optional<String> obstacle() {
    if (sums > Integer.MAX_VALUE - Byte.MAX_VALUE) {
      return Optional.of(
          "the sums of one task are "
              + Estimate.bytes(sums)
              + ", more than the 2 GiB that a Java array holds");
    }
    if (resources.resultLimit() > 0 && sums > resources.resultLimit()) {
      return Optional.of(
          "the sums of one task are "
              + Estimate.bytes(sums)
              + ", more than spark.driver.maxResultSize = "
              + Estimate.bytes(resources.resultLimit()));
    }
    return Optional.empty();
  }

  private Phase training() {
    int tasks =
        TrainingJob.tasks(
            (int) on.size(),
            on.layers(),
            (long) sums,
            resources.cores(),
            comeHome(resources.resultLimit()));
    double depth = Math.ceil(Math.log(tasks) / Math.log(2));
    double perLeafRun = Math.max(0, Math.ceil(Math.log(leaves() / (double) tasks) / Math.log(2)));
    double waiting = depth + FORMS * Math.min(UNPACKED, resources.cores());
    double moments = on.trainingMoments();
    return new Phase(
        "the contraction of training rows",
        true,
        new Compute(moments, 0, ExactCost.seconds(on.activation(), moments), 0),
        new Heap(
            on.conditioning() + apexes() + waiting * sums,
            tables(),
            workspace() + (1 + perLeafRun + COPIES) * sums),
        new Traffic(on.problem(), 0, tasks * sums + apexes()));
  }

  private int leaves() {
    return Tiling.leaves((int) on.size());
  }

  private double tables() {
    return (TABLES * on.layers() + on.weights()) * matrix;
  }

  /** Sums of one layer, τ and its work space, evaluators of all layers. */
  private double workspace() {
    return (1 + on.weights() + 2 + EVALUATOR * on.layers()) * matrix;
  }

  /** What apexes yield beside their sums. */
  private double apexes() {
    return (2.0 * on.mixing() * on.weights() + 1.5 * on.layers()) * matrix;
  }

  /** The finished contraction. */
  private double contraction() {
    return (on.layers() * (3.0 + on.weights()) + 2.0 * on.mixing() * on.weights()) * matrix;
  }

  /** What the posterior has beside problem and factor. */
  private double posterior() {
    return (on.layers() * (1.0 + on.weights()) + 2.0 * on.mixing() * on.weights()) * matrix;
  }

  private Phase assembly() {
    double products = 2.0 * Math.pow(on.size(), 3) * on.layers() * (2 + 6.0 * on.weights());
    return new Phase(
        "the posterior",
        true,
        Compute.seconds(0, Cost.seconds(products)),
        new Heap(
            on.conditioning()
                + contraction()
                + Math.max(sums + apexes() + OPERANDS * matrix, posterior()),
            0,
            0),
        Traffic.NONE);
  }

  /** Rows to correct, wherever a posterior comes from. */
  Phase rows(long rows) {
    double moments = on.rowMoments() * rows;
    return new Phase(
        "the correction of rows",
        true,
        new Compute(moments, 0, ExactCost.seconds(on.activation(), moments), 0),
        new Heap(on.conditioning() + posterior(), tables(), (1 + EVALUATOR) * on.layers() * matrix),
        new Traffic(on.conditioning() + posterior(), 0, rows * RowBytes.scored(on)));
  }

  private double blocks(long rows) {
    int block = Cumulants.blockRows(on.size(), on.outputs());
    return RowTasks.blocks(resources.cores(), rows, block);
  }

  /** What third and fourth cumulants add to the correction of rows. */
  double cumulantSeconds(long rows) {
    return ExactCost.cumulantSeconds(
        on.activation(), on.trainingMoments(), on.rowMoments(), on.outputs(), rows, blocks(rows));
  }

  /**
   * Rows to correct with their third and fourth cumulants. Every block of rows has the moments of
   * all training rows anew, of which each row takes three products for each of its 1 + m forms;
   * then a row has twice the moments that its correction alone has.
   */
  Phase cumulants(long rows) {
    Phase corrected = rows(rows);
    int block = Cumulants.blockRows(on.size(), on.outputs());
    double tasks = RowTasks.sharing(resources.cores(), rows, block);
    double inTask = Math.ceil(rows / tasks);
    double moments = blocks(rows) * on.trainingMoments() + 2 * on.rowMoments() * rows;
    // Evaluators of all training samples and of these with a row, its kernel, and τ.
    double shared = (EVALUATOR * on.layers() + EVALUATOR + 2) * matrix;
    double forms = Math.min(inTask, block) * Cumulants.rowBytes(on.size(), on.outputs());
    Heap heap = corrected.heap();
    return new Phase(
        "the cumulants of rows",
        true,
        new Compute(
            moments,
            0,
            ExactCost.seconds(on.activation(), on.rowMoments() * rows) + cumulantSeconds(rows),
            0),
        new Heap(heap.driver(), heap.executor(), heap.task() + shared + forms),
        corrected.traffic());
  }

  /** Half of what Spark lets a driver receive, in bytes; 0 stands for any amount. */
  private static long comeHome(long limit) {
    return limit > 0 ? limit / 2 : Long.MAX_VALUE;
  }
}
