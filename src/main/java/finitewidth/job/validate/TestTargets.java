package finitewidth.job.validate;

import finitewidth.data.Classes;
import finitewidth.data.DataRow;
import finitewidth.data.scale.TargetScaler;
import finitewidth.job.score.ObservedTarget;
import finitewidth.posterior.Predictive;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The targets of the test rows, as far as they have any, in their own units.
 *
 * @param targets [test row][output], empty arrays where a row has none
 */
record TestTargets(List<double[]> targets, ObservedTarget observed) {

  static TestTargets of(
      List<DataRow> rows, Optional<Classes> classes, TargetScaler scaler, double noise) {
    List<double[]> targets = new ArrayList<>();
    for (DataRow row : rows) {
      targets.add(classes.map(some -> code(some, row.label())).orElseGet(row::targets));
    }
    return new TestTargets(targets, new ObservedTarget(scaler, noise));
  }

  private static double[] code(Classes classes, String label) {
    OptionalInt index = label.isEmpty() ? OptionalInt.empty() : classes.indexOf(label);
    return index.isPresent() ? classes.code(label) : new double[0];
  }

  /** Those of the rows from one place to before another. */
  TestTargets part(int from, int to) {
    return new TestTargets(targets.subList(from, to), observed);
  }

  /** Log densities of all rows that have targets, in their order. */
  double[] logDensities(List<Predictive> predictions) {
    List<Double> densities = new ArrayList<>();
    for (int x = 0; x < predictions.size(); x++) {
      double[] some = targets.get(x);
      if (some.length > 0) {
        densities.add(-observed.negativeLogDensity(predictions.get(x), some));
      }
    }
    return densities.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
