package finitewidth.inference.networks;

import finitewidth.inducing.BlockPass;
import finitewidth.inducing.TrainingBlock;
import java.util.List;

/**
 * A pass over rows for the networks of all chains at once: sums of each of some positions, one
 * position after another, then what is of no position.
 */
sealed interface PositionsPass extends BlockPass<RowSums> permits FeaturePass, GradientPass {

  LockstepProblem problem();

  /** Which rows count. */
  Thinning thinning();

  /** Of the chains; small beside the rows. */
  List<Position> positions();

  /** How many sums a position has. */
  int count(Position position);

  /** How many sums are of no position. */
  int others();

  /**
   * The sums of one block at a position.
   *
   * @param workspace for networks of its shape
   * @param i which position
   * @param rows of the block, preprocessed
   * @param sums receives them from {@code at} on
   */
  void put(BlockWorkspace workspace, int i, Rows rows, double[] sums, int at);

  /** The sums of one block that are of no position. */
  void putOthers(TrainingBlock block, double[] sums, int at);

  /**
   * Rows of a block as workspaces take them.
   *
   * @param inputs F_0
   * @param targets m × rows
   */
  record Rows(double[] inputs, double[] targets, int count) {}

  /** How many sums there are. */
  private int count() {
    int count = others();
    for (Position position : positions()) {
      count = Math.addExact(count, count(position));
    }
    return count;
  }

  @Override
  default long bytes() {
    return (long) Double.BYTES * count();
  }

  @Override
  default Worker<RowSums> worker() {
    BlockWorkspaces workspaces = new BlockWorkspaces(problem());
    return block -> sums(workspaces, thinning().of(block));
  }

  private RowSums sums(BlockWorkspaces workspaces, TrainingBlock block) {
    double[] sums = new double[count()];
    if (block.rows() > 0) {
      Rows rows =
          new Rows(
              problem().inputsOf(block.inputs()), block.targets().transpose().data(), block.rows());
      int at = 0;
      for (int i = 0; i < positions().size(); i++) {
        Position position = positions().get(i);
        put(workspaces.of(position.shape()), i, rows, sums, at);
        at += count(position);
      }
      putOthers(block, sums, at);
    }
    return new RowSums(sums);
  }
}
