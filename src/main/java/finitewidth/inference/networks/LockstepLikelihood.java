package finitewidth.inference.networks;

import finitewidth.inducing.TrainingPasses;
import java.util.ArrayList;
import java.util.List;

/**
 * L(U) of many networks and its gradients by two passes over the rows, wherever these are. What is
 * found for a network depends on no other of them.
 */
final class LockstepLikelihood {
  /** Last layers that one pass is asked for, in numbers. */
  private static final int MOST_NUMBERS = 1 << 22;

  private final TrainingPasses rows;
  private final LockstepProblem problem;

  LockstepLikelihood(TrainingPasses rows, LockstepProblem problem) {
    this.rows = rows;
    this.problem = problem;
  }

  LockstepProblem problem() {
    return problem;
  }

  /** What some rows say of the last layers; a pass, or several where they are many. */
  List<LastLayer> last(List<Position> positions, Thinning thinning) {
    List<LastLayer> all = new ArrayList<>();
    for (int from = 0; from < positions.size(); ) {
      int to = from;
      long numbers = 0;
      while (to < positions.size()
          && (to == from || numbers + numbers(positions.get(to)) <= MOST_NUMBERS)) {
        numbers += numbers(positions.get(to));
        to++;
      }
      FeaturePass pass = new FeaturePass(problem, thinning, positions.subList(from, to));
      all.addAll(pass.layers(rows.sum(pass)));
      from = to;
    }
    return all;
  }

  private long numbers(Position position) {
    return position.u().length + LastLayer.count(position.shape(), problem.outputs());
  }

  /** The same with gradients: two passes. */
  List<Point> points(List<Position> positions, Thinning thinning) {
    List<LastLayer> last = last(positions, thinning);
    List<Position> finite = new ArrayList<>();
    List<LastLayer> known = new ArrayList<>();
    for (int i = 0; i < positions.size(); i++) {
      if (last.get(i).isFinite()) {
        finite.add(positions.get(i));
        known.add(last.get(i));
      }
    }
    List<double[]> gradients = new ArrayList<>();
    if (!finite.isEmpty()) {
      GradientPass pass = new GradientPass(problem, thinning, finite, known);
      gradients.addAll(pass.gradients(rows.sum(pass)));
      for (int i = 0; i < finite.size(); i++) {
        complete(finite.get(i), known.get(i), gradients.get(i));
      }
    }
    List<Point> points = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < positions.size(); i++) {
      double[] u = positions.get(i).u();
      boolean is = last.get(i).isFinite();
      points.add(new Point(u, last.get(i), is ? gradients.get(next++) : new double[u.length]));
    }
    return points;
  }

  /** Derivatives by hyperparameters, which need no rows. */
  private void complete(Position position, LastLayer last, double[] gradient) {
    HyperparameterSpace space = problem.space();
    if (space != null) {
      StateVariances at = problem.variances(position).orElseThrow();
      space.pull(
          at, last.slopes(position, problem, at, gradient), gradient, position.shape().weights());
    }
  }
}
