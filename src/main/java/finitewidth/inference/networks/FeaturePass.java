package finitewidth.inference.networks;

import finitewidth.inducing.BlockPass;
import finitewidth.inducing.TrainingBlock;
import finitewidth.linalg.Products;
import java.util.List;

/**
 * The first half of a gradient: FᵀF and FᵀY of all chains' networks, then tr YᵀY and the number of
 * rows, which a choice of rows decides.
 *
 * @param positions of the chains; small beside the rows
 */
record FeaturePass(LockstepProblem problem, Thinning thinning, List<Position> positions)
    implements BlockPass<RowSums> {
  private static final int OWN = 2;

  FeaturePass {
    positions = List.copyOf(positions);
  }

  private int count() {
    int count = OWN;
    for (Position position : positions) {
      count = Math.addExact(count, LastLayer.count(position.shape(), problem.outputs()));
    }
    return count;
  }

  @Override
  public long bytes() {
    return (long) Double.BYTES * count();
  }

  @Override
  public Worker<RowSums> worker() {
    BlockWorkspaces workspaces = new BlockWorkspaces(problem);
    return block -> sums(workspaces, thinning.of(block));
  }

  private RowSums sums(BlockWorkspaces workspaces, TrainingBlock block) {
    double[] sums = new double[count()];
    if (block.rows() > 0) {
      double[] rotated = problem.inputsOf(block.inputs());
      double[] targets = block.targets().transpose().data();
      int at = 0;
      for (Position position : positions) {
        workspaces
            .of(position.shape())
            .products(rotated, targets, block.rows(), position, sums, at);
        at += LastLayer.count(position.shape(), problem.outputs());
      }
      sums[at] = Products.inner(block.targets(), block.targets());
      sums[at + 1] = block.rows();
    }
    return new RowSums(sums);
  }

  /** What the sums say of each of the last layers. */
  List<LastLayer> layers(RowSums total) {
    double[] sums = total.numbers();
    double squares = sums[sums.length - OWN];
    double rows = sums[sums.length - OWN + 1];
    int[] at = {0};
    return positions.stream()
        .map(
            position -> {
              int from = at[0];
              at[0] += LastLayer.count(position.shape(), problem.outputs());
              return LastLayer.of(position, problem, sums, from, squares, rows);
            })
        .toList();
  }
}
