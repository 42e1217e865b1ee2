package finitewidth.inference.networks;

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
    implements PositionsPass {
  private static final int OWN = 2;

  FeaturePass {
    positions = List.copyOf(positions);
  }

  @Override
  public int count(Position position) {
    return LastLayer.count(position.shape(), problem.outputs());
  }

  @Override
  public int others() {
    return OWN;
  }

  @Override
  public void put(BlockWorkspace workspace, int i, Rows rows, double[] sums, int at) {
    workspace.products(rows.inputs(), rows.targets(), rows.count(), positions.get(i), sums, at);
  }

  @Override
  public void putOthers(TrainingBlock block, double[] sums, int at) {
    sums[at] = Products.inner(block.targets(), block.targets());
    sums[at + 1] = block.rows();
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
              at[0] += count(position);
              return LastLayer.of(position, problem, sums, from, squares, rows);
            })
        .toList();
  }
}
