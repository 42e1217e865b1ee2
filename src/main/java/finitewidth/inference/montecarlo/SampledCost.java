package finitewidth.inference.montecarlo;

import finitewidth.inference.Ask;
import finitewidth.inference.ConditioningShape;
import finitewidth.inference.Cost;
import finitewidth.inference.Load;
import finitewidth.inference.Order;
import finitewidth.inference.RowTasks;
import finitewidth.inference.work.Counted;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the sampled engine costs, as if all kernels had full rank. How many draws a tolerance wants
 * shows after the first round only: what comes after it is known to stay below the largest number
 * of draws.
 */
final class SampledCost {
  /** Rows of a task that shares the draws among them. */
  private static final long TOGETHER = 4096;

  /**
   * P × P matrices that draws share of an inner layer: factor, dressings, the control's four, F,
   * P∘F, B^s, S and L⁻¹.
   */
  private static final int INNER = 12;

  /** The same of the last layer, which has no dressing above it. */
  private static final int LAST = 10;

  /** P × P matrices of products while those are made. */
  private static final int MAKING = 5;

  /** Arrays of P numbers for each draw of a chunk, in a task, for each layer: fields and forms. */
  private static final int FIELDS = 13;

  private SampledCost() {}

  /**
   * Draws of a fit, or of some fit.
   *
   * @param byLayer how many
   * @param perBatch of which a batch has so many
   */
  record Draws(List<Long> byLayer, long perBatch) {
    /** The same number of each layer. */
    private static Draws of(ConditioningShape on, long each, long perBatch) {
      return new Draws(Collections.nCopies(on.layers(), each), perBatch);
    }

    /** Of batches of each layer. */
    static Draws of(List<Long> batches, long perBatch) {
      return new Draws(batches.stream().map(count -> count * perBatch).toList(), perBatch);
    }

    /** Those of them that cumulants are made of. */
    Draws forCumulants() {
      long most = DrawnCumulants.MOST_BATCHES * perBatch;
      return new Draws(byLayer.stream().map(draws -> Math.min(draws, most)).toList(), perBatch);
    }

    private double count() {
      return byLayer.stream().mapToDouble(Long::doubleValue).sum();
    }
  }

  /**
   * Conditioning and rows.
   *
   * @param most draws of a layer
   * @param numbers that prepared rows may take together
   */
  static Cost of(ConditioningShape on, Ask ask, long most, long numbers, int cores) {
    int perBatch =
        SampledProblem.drawsPerBatch(
            (int) on.size(), on.outputs(), most, StoppingRule.FIRST_BATCHES);
    long first = Math.min((long) perBatch * StoppingRule.FIRST_BATCHES, most);
    Draws least = Draws.of(on, first, perBatch);
    Draws largest = Draws.of(on, Math.max(first, most), perBatch);
    long probe = Math.min(ask.rows(), SampledJob.together(on.size(), on.layers(), numbers));
    Cost cost =
        new Cost(
            Map.of("draws", least.count()),
            seconds(on, least, ask.rows()),
            seconds(on, largest, ask.rows()),
            true,
            preparing(on),
            conditioning(on, probe));
    if (ask.order() != Order.CUMULANTS) {
      long block = DrawnPredictor.blockRows(on.size(), on.layers());
      Cost.Heap others = predicting(on, Math.min(ask.rows() - probe, block));
      return ask.rows() > probe ? cost.then(Cost.known(Map.of(), 0, others)) : cost;
    }
    // All rows are then predicted with the draws that the fit has settled on.
    Cost rows = predicting(on, least, ask, cores);
    double atMost = predicting(on, largest, ask, cores).seconds();
    return cost.then(new Cost(rows.counts(), rows.seconds(), atMost, true, 0, rows.heap()));
  }

  /** Rows by draws that are made anew for every block of them. */
  static Cost predicting(ConditioningShape on, Draws draws, Ask ask, int cores) {
    if (ask.order() == Order.NNGP) {
      return Cost.orderZero(on, ask.rows());
    }
    boolean cumulants = ask.order() == Order.CUMULANTS;
    int tasks = tasks(ask.order(), ask.rows(), cores);
    long block = cumulants ? RowBlock.ROWS : DrawnPredictor.blockRows(on.size(), on.layers());
    long together = Math.min(block, (ask.rows() + tasks - 1) / tasks);
    double blocks = Math.ceil((double) ask.rows() / Math.max(1, together));
    Cost corrected =
        Cost.known(
                Map.of("draws", blocks * draws.count()),
                blocks * seconds(on, draws, together),
                predicting(on, together))
            .plusDriver(preparing(on));
    return cumulants
        ? corrected.then(
            Cost.known(
                Map.of("draws", blocks * draws.forCumulants().count()),
                cumulantSeconds(on, draws, ask.rows()),
                Cost.Heap.NONE))
        : corrected;
  }

  /** What predicting rows amounts to. */
  static Load load(ConditioningShape on, Draws draws, Order order, long rows, int cores) {
    if (order == Order.NNGP) {
      return Load.nngp(rows, on);
    }
    Optional<String> note =
        order == Order.CUMULANTS
            ? Optional.of(
                String.format(
                    Locale.ROOT,
                    "cumulants of %s from draws by layer %s: about %.0f core seconds",
                    Counted.of(rows, "row", "rows"),
                    draws.forCumulants().byLayer(),
                    Math.ceil(cumulantSeconds(on, draws, rows))))
            : Optional.empty();
    double seconds = predicting(on, draws, Ask.unseen(rows, order), cores).seconds();
    return new Load(Optional.of(tasks(order, rows, cores)), 1, "rows", true, seconds, note);
  }

  private static int tasks(Order order, long rows, int cores) {
    return order == Order.CUMULANTS
        ? RowTasks.sharing(cores, rows, RowBlock.ROWS)
        : (int) Math.max(1, Math.min(rows, Math.max(cores, rows / TOGETHER)));
  }

  private static double seconds(ConditioningShape on, Draws draws, long rows) {
    double operations = 0;
    for (int s = 0; s < on.layers(); s++) {
      operations += draws.byLayer().get(s) * DrawCost.operations(shape(on, s), rows);
    }
    return Cost.products(operations);
  }

  private static double cumulantSeconds(ConditioningShape on, Draws draws, long rows) {
    double operations = 0;
    for (int s = 0; s < on.layers(); s++) {
      operations += draws.forCumulants().byLayer().get(s) * DrawCost.cumulants(shape(on, s), rows);
    }
    return Cost.products(operations);
  }

  private static DrawCost.Shape shape(ConditioningShape on, int s) {
    int size = (int) on.size();
    return new DrawCost.Shape(size, on.outputs(), on.variance(), s < on.layers() - 1, size);
  }

  /** Of the driver, for what draws share: some thirty products of P × P matrices a layer. */
  private static double preparing(ConditioningShape on) {
    return Cost.products(60 * Math.pow(on.size(), 3) * on.layers());
  }

  /** While draws are made for rows that are prepared once. */
  private static Cost.Heap conditioning(ConditioningShape on, long rows) {
    double there = shared(on) + prepared(on, rows);
    return new Cost.Heap(there + MAKING * on.matrix(), there, drawing(on, rows), 0);
  }

  /** While every task prepares its own rows. */
  private static Cost.Heap predicting(ConditioningShape on, long rows) {
    double shared = shared(on);
    double task = prepared(on, rows) + drawing(on, rows);
    return new Cost.Heap(shared + MAKING * on.matrix(), shared, task, 0);
  }

  private static double shared(ConditioningShape on) {
    return on.bytes() + (INNER * (on.layers() - 1.0) + LAST) * on.matrix();
  }

  private static double prepared(ConditioningShape on, long rows) {
    return (double) SampledJob.TABLES * Double.BYTES * on.layers() * on.size() * rows;
  }

  /** A chunk of draws in every layer; below the last the weighted sums of fields, and of rows. */
  private static double drawing(ConditioningShape on, long rows) {
    double chunk = (double) SampledProblem.CHUNK * Double.BYTES * on.size();
    return FIELDS * on.layers() * chunk
        + (on.layers() - 1.0) * (on.matrix() + Double.BYTES * (double) on.size() * rows);
  }
}
