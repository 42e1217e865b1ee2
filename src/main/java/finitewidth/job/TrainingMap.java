package finitewidth.job;

import finitewidth.data.TargetScaler;
import finitewidth.flow.Widths;
import finitewidth.linalg.Matrix;
import finitewidth.posterior.FittedPosterior;
import finitewidth.report.html.KernelMap;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The output's kernel over what is conditioned on, sorted by target or class. */
final class TrainingMap {
  /** Rows and columns; of more, an even choice in their order. */
  private static final int MOST = 48;

  private TrainingMap() {}

  static KernelMap of(Trained trained, FittedRows fitted, Widths widths, TargetScaler scaler) {
    Matrix targets = trained.conditioning().targets();
    boolean classes = trained.schema().classes().isPresent();
    double[] keys = new double[targets.rows()];
    for (int a = 0; a < keys.length; a++) {
      keys[a] = classes ? ScoreBoard.largest(targets.row(a)) : scaler.value(0, targets.get(a, 0));
    }
    List<Integer> order =
        IntStream.range(0, keys.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer a) -> keys[a]).thenComparing(a -> a))
            .toList();
    int size = Math.min(MOST, keys.length);
    int[] chosen = new int[size];
    for (int i = 0; i < size; i++) {
      int place = size == 1 ? 0 : (int) ((long) i * (keys.length - 1) / (size - 1));
      chosen[i] = order.get(place);
    }
    FittedPosterior posterior = fitted.posterior();
    Matrix kernel = posterior.problem().flow().kernel(posterior.problem().sources());
    double[] before = new double[size * size];
    KernelShift shift = fitted.kernelShift(chosen);
    double[] after = new double[shift.isNone() ? 0 : size * size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        before[i * size + j] = kernel.get(chosen[i], chosen[j]);
        if (!shift.isNone()) {
          after[i * size + j] = before[i * size + j] + shift.at(widths, i, j);
        }
      }
    }
    return new KernelMap(
        size,
        keys.length,
        trained.inducing().isPresent() ? "inducing point" : "training row",
        classes ? "class" : trained.schema().outputNames().get(0),
        before,
        after,
        IntStream.of(chosen).mapToDouble(a -> keys[a]).toArray(),
        shift.error(widths));
  }
}
