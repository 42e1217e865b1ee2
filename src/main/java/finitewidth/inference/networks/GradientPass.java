package finitewidth.inference.networks;

import finitewidth.inducing.BlockPass;
import finitewidth.inducing.TrainingBlock;
import java.util.List;

/**
 * The second half of a gradient: dL/dU of all chains' networks, given what all rows say of their
 * last layers.
 *
 * @param last of each of the positions
 */
record GradientPass(
    LockstepProblem problem, Thinning thinning, List<Position> positions, List<LastLayer> last)
    implements BlockPass<RowSums> {

  GradientPass {
    positions = List.copyOf(positions);
    last = List.copyOf(last);
  }

  private int count() {
    return positions.stream().mapToInt(position -> position.u().length).sum();
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
      for (int i = 0; i < positions.size(); i++) {
        Position position = positions.get(i);
        double[] gradient = new double[position.u().length];
        workspaces
            .of(position.shape())
            .gradient(rotated, targets, block.rows(), position, last.get(i), gradient);
        System.arraycopy(gradient, 0, sums, at, gradient.length);
        at += gradient.length;
      }
    }
    return new RowSums(sums);
  }

  /** The gradients, in the order of positions; those by hyperparameters are of no row. */
  List<double[]> gradients(RowSums total) {
    int[] at = {0};
    return positions.stream()
        .map(
            position -> {
              double[] gradient = new double[position.u().length];
              System.arraycopy(total.numbers(), at[0], gradient, 0, gradient.length);
              at[0] += gradient.length;
              return gradient;
            })
        .toList();
  }
}
