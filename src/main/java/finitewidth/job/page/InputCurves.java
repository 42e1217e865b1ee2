package finitewidth.job.page;

import finitewidth.data.DataRow;
import finitewidth.data.scale.FeatureScaler;
import finitewidth.data.scale.TargetScaler;
import finitewidth.inference.Load;
import finitewidth.inference.Order;
import finitewidth.inference.Posterior;
import finitewidth.job.config.JobConfig;
import finitewidth.job.config.Networks;
import finitewidth.job.score.PredictedRow;
import finitewidth.job.train.TestRows;
import finitewidth.job.train.Trained;
import finitewidth.linalg.Matrix;
import finitewidth.posterior.Prediction;
import finitewidth.prior.Widths;
import finitewidth.report.fit.InputCurve;
import finitewidth.runtime.Parcels;
import finitewidth.runtime.RowSample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Predictions along a single feature: on a grid where that is cheap, and otherwise at the test
 * rows, which are predicted anyway.
 */
final class InputCurves {
  private static final int GRID = 121;

  /** Moments that a grid may cost: a few seconds of one core. */
  private static final double MOST_MOMENTS = 3e7;

  private static final int MOST_TRAINING_ROWS = 400;

  private final JobConfig config;
  private final Trained trained;
  private final Posterior posterior;

  InputCurves(JobConfig config, Trained trained, Posterior posterior) {
    this.config = config;
    this.trained = trained;
    this.posterior = posterior;
  }

  /** A preprocessed input with its prediction. */
  private record At(double x, Prediction prediction) {}

  /**
   * @param rows test rows that are corrected
   * @return empty unless there is one feature, scaled by an affine map
   */
  Optional<InputCurve> of(TestRows test, List<PredictedRow> rows) {
    FeatureScaler scaler = trained.preprocessing().features();
    if (trained.schema().features() != 1 || rows.isEmpty()) {
      return Optional.empty();
    }
    double zero = scaler.forward(new double[] {0})[0];
    double unit = scaler.forward(new double[] {1})[0] - zero;
    double two = scaler.forward(new double[] {2})[0] - zero;
    if (!(Math.abs(two - 2 * unit) <= 1e-9 * Math.abs(unit))) {
      return Optional.empty();
    }
    Matrix inputs = posterior.problem().flow().inputs();
    List<At> points = new ArrayList<>(isCheap() ? grid(inputs) : atTestRows(test, rows));
    points.sort(Comparator.comparingDouble(At::x));
    ToDoubleFunction<Double> raw = x -> (x - zero) / unit;
    TargetScaler targets = trained.preprocessing().targets();
    Widths widths = Networks.widths(config.network());
    int[] chosen =
        IntStream.range(0, inputs.rows())
            .filter(a -> a % (1 + (inputs.rows() - 1) / MOST_TRAINING_ROWS) == 0)
            .toArray();
    Matrix trainY = trained.conditioning().targets();
    return Optional.of(
        new InputCurve(
            trained.schema().featureNames().get(0),
            values(points, p -> raw.applyAsDouble(p.x())),
            values(points, p -> targets.value(0, p.prediction().nngpMean()[0])),
            values(points, p -> targets.difference(0, Math.sqrt(p.prediction().nngpVariance()))),
            corrected(points, p -> targets.value(0, p.prediction().at(widths).mean()[0])),
            corrected(
                points,
                p -> targets.difference(0, Math.sqrt(p.prediction().at(widths).variance()[0]))),
            IntStream.of(chosen).mapToDouble(a -> raw.applyAsDouble(inputs.get(a, 0))).toArray(),
            IntStream.of(chosen).mapToDouble(a -> targets.value(0, trainY.get(a, 0))).toArray()));
  }

  private boolean isCheap() {
    Load load = posterior.load(Order.CORRECTED, GRID, 1);
    return !load.rowsShare() && (double) load.perRow() * GRID <= MOST_MOMENTS;
  }

  /** From the first training row to the last and a little beyond. */
  private List<At> grid(Matrix inputs) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int a = 0; a < inputs.rows(); a++) {
      low = Math.min(low, inputs.get(a, 0));
      high = Math.max(high, inputs.get(a, 0));
    }
    double margin = 0.1 * (high - low);
    double[][] x = new double[GRID][1];
    for (int i = 0; i < GRID; i++) {
      x[i][0] = low - margin + (high - low + 2 * margin) * i / (GRID - 1);
    }
    List<Prediction> predictions = posterior.predictor(Order.CORRECTED).predict(x);
    return IntStream.range(0, GRID).mapToObj(i -> new At(x[i][0], predictions.get(i))).toList();
  }

  private static List<At> atTestRows(TestRows test, List<PredictedRow> rows) {
    Map<Long, Prediction> predictions = new HashMap<>();
    rows.forEach(row -> predictions.put(row.number(), row.prediction()));
    long[] numbers = rows.stream().mapToLong(PredictedRow::number).sorted().toArray();
    return Parcels.collect(test.corrected().filter(row -> isAmong(numbers, row))).stream()
        .map(
            row -> new At(row.features()[0], Objects.requireNonNull(predictions.get(row.number()))))
        .toList();
  }

  private static boolean isAmong(long[] numbers, DataRow row) {
    return RowSample.has(numbers, row.number());
  }

  private static double[] corrected(List<At> points, ToDoubleFunction<At> value) {
    return values(
        points, p -> p.prediction().hasCorrection() ? value.applyAsDouble(p) : Double.NaN);
  }

  private static double[] values(List<At> points, ToDoubleFunction<At> value) {
    return points.stream().mapToDouble(value).toArray();
  }
}
