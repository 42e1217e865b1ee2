package finitewidth.job.page;

import finitewidth.data.scale.TargetScaler;
import finitewidth.job.train.Trained;
import finitewidth.linalg.Matrix;
import finitewidth.posterior.LargestOf;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What is conditioned on, sorted by target or class, as far as a map of pairs shows it.
 *
 * @param chosen indices in their order; of more than a map takes, an even choice
 * @param keys what they are sorted by, in their order
 * @param of how many there are to choose from
 * @param order what they are sorted by
 */
record TrainingOrder(int[] chosen, double[] keys, int of, String order) {

  /**
   * @param most rows that a map takes
   */
  static TrainingOrder of(Trained trained, int most) {
    TargetScaler scaler = trained.preprocessing().targets();
    Matrix targets = trained.conditioning().targets();
    boolean classes = trained.schema().classes().isPresent();
    double[] keys = new double[targets.rows()];
    for (int a = 0; a < keys.length; a++) {
      keys[a] = classes ? LargestOf.index(targets.row(a)) : scaler.value(0, targets.get(a, 0));
    }
    List<Integer> sorted =
        IntStream.range(0, keys.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer a) -> keys[a]).thenComparing(a -> a))
            .toList();
    int size = Math.min(most, keys.length);
    int[] chosen = new int[size];
    for (int i = 0; i < size; i++) {
      int place = size == 1 ? 0 : (int) ((long) i * (keys.length - 1) / (size - 1));
      chosen[i] = sorted.get(place);
    }
    return new TrainingOrder(
        chosen,
        IntStream.of(chosen).mapToDouble(a -> keys[a]).toArray(),
        keys.length,
        classes ? "class" : trained.schema().outputNames().get(0));
  }

  int size() {
    return chosen.length;
  }

  /** A number for a pair. */
  interface ByPair {
    double at(int a, int b);
  }

  /** Numbers of all pairs, row by row in this order. */
  double[] map(ByPair pairs) {
    int size = size();
    double[] values = new double[size * size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        values[i * size + j] = pairs.at(chosen[i], chosen[j]);
      }
    }
    return values;
  }
}
