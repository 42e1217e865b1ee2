package finitewidth.contraction;

import java.util.ArrayList;
import java.util.List;

/**
 * Computes leaves of the training contraction: the distinct quadruples of a leaf's tiles and its
 * apexes, each through every source layer. Holds tables and scratch; belongs to one thread.
 */
public final class LeafWorker {
  private final ContractionProblem problem;
  private final Tiling tiling;
  private final QuadrupleTile quadruples;
  private final ApexUnit apexes;

  public LeafWorker(ContractionProblem problem, Tiling tiling) {
    this.problem = problem;
    this.tiling = tiling;
    SourceTables[] tables = SourceTables.of(problem);
    quadruples = new QuadrupleTile(tables, tiling.block());
    apexes = new ApexUnit(problem, tables);
  }

  /**
   * Computes one leaf.
   *
   * @param rows receives the rows of the leaf's apexes
   * @return the leaf's sums
   */
  public PairSums compute(int leaf, List<ApexRow> rows) {
    PairSums sums = new PairSums(problem);
    tiling.forEach(leaf, tile -> quadruples.addTo(sums, tile));
    for (int d = tiling.firstApex(leaf); d < tiling.firstApex(leaf + 1); d++) {
      rows.add(apexes.addTo(sums, d));
    }
    return sums;
  }

  /** All leaves one after the other on this thread: the same bits as any distribution of them. */
  public static TrainingContraction computeAll(ContractionProblem problem) {
    Tiling tiling = Tiling.of(problem.size(), problem.sources());
    LeafWorker worker = new LeafWorker(problem, tiling);
    SumTree tree = new SumTree(tiling.leaves());
    List<ApexRow> rows = new ArrayList<>();
    for (int leaf = 0; leaf < tiling.leaves(); leaf++) {
      tree.add(new SumTree.Node(0, leaf, worker.compute(leaf, rows)));
    }
    return TrainingContraction.assemble(problem, tree.total(), rows);
  }
}
