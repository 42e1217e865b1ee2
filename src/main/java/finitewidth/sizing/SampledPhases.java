package finitewidth.sizing;

import finitewidth.inference.Cost;
import finitewidth.inference.montecarlo.DrawCost;
import finitewidth.inference.montecarlo.SampledJob;
import finitewidth.inference.montecarlo.SampledProblem;
import finitewidth.inference.montecarlo.StoppingRule;
import finitewidth.sizing.Phase.Compute;
import finitewidth.sizing.Phase.Heap;
import finitewidth.sizing.Phase.Traffic;
import java.util.List;

/**
 * The sampled contraction, counted in P × P matrices. How many draws a tolerance wants shows after
 * the first round only: what comes after it is estimated up to the largest number of draws.
 */
final class SampledPhases {
  /** Of an inner layer: factor, dressing of preactivations, control, forms, S, L⁻¹. */
  private static final double INNER = 12;

  private static final double LAST = 10;

  /** While these are made. */
  private static final double OPERANDS = 5;

  /** Arrays of P × {@value #CHUNK} draws of a task, for each layer. */
  private static final double ARRAYS = 13;

  private static final double CHUNK = 256;

  /** Numbers that a row that is drawn for keeps with every training sample, for each layer. */
  private static final double KEPT = 9;

  private final Conditioned on;
  private final double matrix;

  SampledPhases(Conditioned on) {
    this.on = on;
    matrix = on.matrix();
  }

  /**
   * Draws for rows.
   *
   * @param corrected rows
   * @param most draws of each layer
   */
  List<Phase> of(long corrected, long most) {
    int perBatch =
        SampledProblem.drawsPerBatch(
            (int) on.size(), on.outputs(), most, StoppingRule.FIRST_BATCHES);
    double first = Math.min((double) perBatch * StoppingRule.FIRST_BATCHES, most);
    return List.of(
        preparation(corrected),
        draws("a first round of draws", corrected, first),
        draws("further draws, up to the largest number", corrected, most - first).perhaps());
  }

  /** Rows that are predicted with the draws of a fit. */
  Phase again(long rows, double draws) {
    return draws("the fit's draws, made anew", rows, draws);
  }

  private double shared() {
    return on.conditioning() + (INNER * on.mixing() + LAST) * matrix;
  }

  private double together(long rows) {
    long together = SampledJob.together(on.size(), on.layers(), SampledJob.NUMBERS);
    int groups = (int) Math.max(1, (rows + together - 1) / together);
    return Math.ceil((double) rows / groups);
  }

  /** Bytes of the rows that are drawn for together. */
  private double prepared(long rows) {
    return Double.BYTES * KEPT * on.layers() * on.size() * together(rows);
  }

  private Phase preparation(long rows) {
    double p = on.size();
    // Some thirty products of P × P matrices a layer, and of rows with them.
    double serial = Cost.seconds(30 * 2 * p * p * p * on.layers());
    double parallel = Cost.seconds(10 * 2 * p * p * rows * on.layers());
    return new Phase(
        "what draws share",
        true,
        Compute.seconds(parallel, serial),
        new Heap(shared() + OPERANDS * matrix, 0, OPERANDS * Double.BYTES * p * 128),
        new Traffic(shared(), 0, prepared(rows)));
  }

  private Phase draws(String name, long rows, double draws) {
    double operations = 0;
    for (int s = 0; s < on.layers(); s++) {
      operations +=
          draws
              * DrawCost.operations(
                  new DrawCost.Shape(
                      (int) on.size(),
                      on.outputs(),
                      on.variance(),
                      s < on.layers() - 1,
                      (int) on.size()),
                  rows);
    }
    double quantities = Double.BYTES * (1 + 2.0 * together(rows) * on.outputs());
    double sums = Double.BYTES * on.size() * together(rows);
    return new Phase(
        name,
        true,
        new Compute(0, draws * on.layers(), Cost.seconds(operations), 0),
        new Heap(
            shared() + prepared(rows) + 2 * on.layers() * quantities,
            prepared(rows),
            on.layers() * (ARRAYS * CHUNK * Double.BYTES * on.size() + 4 * quantities)
                + on.mixing() * (matrix + sums)),
        new Traffic(
            shared() + prepared(rows),
            0,
            draws / SampledProblem.DRAWS_PER_BATCH / StoppingRule.RUN * 2 * quantities));
  }
}
