package finitewidth.inference.exact;

import finitewidth.gaussian.FourPoint;
import finitewidth.inference.ContractionProblem;
import finitewidth.linalg.SumTree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Computes leaves of the training contraction: the distinct quadruples of a leaf's tiles and its
 * apexes, each through every source layer. Holds scratch; belongs to one thread.
 */
public final class LeafWorker {
  private final ContractionProblem problem;
  private final SourceTables[] tables;
  private final Tiling tiling;
  private final FourPoint[] fourPoints;
  private final QuadrupleTile quadruples = new QuadrupleTile();
  private final ApexUnit apexes;

  /** One source layer's sums, [quantity], laid out like the tables. */
  private final double[][] sums;

  public LeafWorker(ExactProblem exact, Tiling tiling) {
    problem = exact.problem();
    tables = exact.tables();
    this.tiling = tiling;
    fourPoints = exact.fourPoints();
    apexes = new ApexUnit(exact, fourPoints);
    sums = new double[1 + problem.crossWeights()][tables[0].p.length];
  }

  /**
   * Computes one leaf.
   *
   * @param rows receives the rows of the leaf's apexes
   * @return the leaf's sums
   */
  public PairSums compute(int leaf, List<ApexRow> rows) {
    List<ApexRow> own = new ArrayList<>();
    for (int d = tiling.firstApex(leaf); d < tiling.firstApex(leaf + 1); d++) {
      own.add(apexes.begin(d));
    }
    PairSums packed = new PairSums(problem);
    for (int s = 0; s < fourPoints.length; s++) {
      FourPoint fourPoint = fourPoints[s];
      for (double[] quantity : sums) {
        Arrays.fill(quantity, 0);
      }
      SourceTables table = tables[s];
      tiling.forEach(leaf, (number, tile) -> quadruples.addTo(sums, table, fourPoint, tile));
      for (ApexRow row : own) {
        apexes.addTo(sums, s, row);
      }
      packed.set(s, sums, table.stride);
    }
    rows.addAll(own);
    return packed;
  }

  /** All leaves one after the other on this thread: the same bits as any distribution of them. */
  public static TrainingContraction computeAll(ContractionProblem problem) {
    Tiling tiling = Tiling.of(problem.size());
    LeafWorker worker = new LeafWorker(new ExactProblem(problem), tiling);
    SumTree<PairSums> tree = new SumTree<>();
    List<ApexRow> rows = new ArrayList<>();
    for (int leaf = 0; leaf < tiling.leaves(); leaf++) {
      tree.add(leaf, worker.compute(leaf, rows));
    }
    return TrainingContraction.assemble(problem, tree.total(tiling.leaves()), rows);
  }
}
