package finitewidth.inference;

import finitewidth.inference.work.Runtime;
import finitewidth.inference.work.Shared;
import finitewidth.posterior.BlockPredictor;
import finitewidth.posterior.Prediction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Predictions of rows that are in memory. */
public final class RowPredictions {
  private RowPredictions() {}

  /**
   * Predicts rows in tasks of a runtime; a row has the same bits in any of them.
   *
   * @param rows preprocessed features, one array each
   */
  public static List<Prediction> of(
      Runtime runtime, Posterior posterior, Order order, double[][] rows) {
    if (rows.length == 0) {
      return List.of();
    }
    int tasks = posterior.load(order, rows.length, runtime.cores()).tasks().orElse(runtime.cores());
    List<double[][]> shares = new ArrayList<>();
    int parts = Math.min(rows.length, Math.max(1, tasks));
    for (int k = 0; k < parts; k++) {
      int from = (int) ((long) rows.length * k / parts);
      int to = (int) ((long) rows.length * (k + 1) / parts);
      shares.add(Arrays.copyOfRange(rows, from, to));
    }
    try (Shared<Posterior> shared = runtime.share(posterior)) {
      return runtime
          .map(
              new Runtime.Name("prediction of rows", "rows"),
              shares,
              share -> predict(shared.value().predictor(order), share))
          .stream()
          .flatMap(List::stream)
          .toList();
    }
  }

  private static ArrayList<Prediction> predict(BlockPredictor predictor, double[][] rows) {
    ArrayList<Prediction> predictions = new ArrayList<>();
    int block = predictor.blockRows();
    for (int from = 0; from < rows.length; from += block) {
      int to = Math.min(rows.length, from + block);
      predictions.addAll(predictor.predict(Arrays.copyOfRange(rows, from, to)));
    }
    return predictions;
  }
}
