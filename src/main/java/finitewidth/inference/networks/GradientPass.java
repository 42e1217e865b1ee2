package finitewidth.inference.networks;

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
    implements PositionsPass {

  GradientPass {
    positions = List.copyOf(positions);
    last = List.copyOf(last);
  }

  @Override
  public int count(Position position) {
    return position.u().length;
  }

  @Override
  public int others() {
    return 0;
  }

  @Override
  public void put(BlockWorkspace workspace, int i, Rows rows, double[] sums, int at) {
    double[] gradient = new double[count(positions.get(i))];
    workspace.gradient(
        rows.inputs(), rows.targets(), rows.count(), positions.get(i), last.get(i), gradient);
    System.arraycopy(gradient, 0, sums, at, gradient.length);
  }

  @Override
  public void putOthers(TrainingBlock block, double[] sums, int at) {
    // There are none.
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
