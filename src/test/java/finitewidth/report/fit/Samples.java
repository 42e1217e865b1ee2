package finitewidth.report.fit;

import finitewidth.report.summary.ContractionSummary;
import finitewidth.report.summary.FitSummary;
import finitewidth.report.summary.SomeRun;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;

/** Results of fits that never were, for pages of any shape. */
public final class Samples {
  /** What would do harm in HTML, in a script, in a data URI or in a table, if it were let. */
  public static final String HOSTILE =
      "</script><img src=x onerror=\"document.title='taken'\">\"'&,;%\u2028<!--\n=1+1";

  private Samples() {}

  /** A shape of results. */
  public record Shape(
      List<String> outputs, boolean classes, boolean scored, int rows, List<Double> widths) {

    public static Shape regression(int rows) {
      return new Shape(List.of("target"), false, true, rows, List.of(64.0, 128.0, 512.0));
    }

    public static Shape classes(int classes, int rows) {
      return new Shape(
          IntStream.range(0, classes).mapToObj(i -> "class " + i).toList(),
          true,
          true,
          rows,
          List.of(64.0, 256.0));
    }
  }

  public static FitResults of(Shape shape) {
    return of(shape, "data.csv", List.of(), 0.1);
  }

  /**
   * @param size of the correction in standard deviations
   */
  public static FitResults of(Shape shape, String data, List<String> warnings, double size) {
    Random random = new Random(7);
    int m = shape.outputs().size();
    List<RowResult> rows = new ArrayList<>();
    for (int x = 0; x < shape.rows(); x++) {
      double[] mean = random.doubles(m).map(v -> 2 * v - 1).toArray();
      int label = shape.classes() ? random.nextInt(m) : -1;
      double[] observed = new double[shape.scored() ? m : 0];
      Arrays.setAll(
          observed,
          i -> shape.classes() ? (i == label ? 1 : 0) - 1.0 / m : mean[i] + random.nextGaussian());
      double[] variance = new double[m];
      Arrays.fill(variance, 0.5 + random.nextDouble());
      rows.add(
          new RowResult(
              "row " + x,
              observed,
              label,
              mean,
              variance,
              random.doubles(m).map(v -> size * (v - 0.5)).toArray(),
              random.doubles(m).map(v -> size * (v - 0.5)).toArray(),
              size < 1));
    }
    double[] noise = new double[m];
    Arrays.fill(noise, 0.1);
    return new FitResults(
        data,
        summary(shape, warnings),
        shape.outputs(),
        shape.classes(),
        shape.scored(),
        noise,
        rows,
        curve(shape, size),
        Optional.empty(),
        Optional.of(hidden()),
        Optional.of(tails(rows, m, size)));
  }

  /** Skewness and kurtosis as large as corrections are; quantiles are those of a Gaussian. */
  private static Tails tails(List<RowResult> rows, int outputs, double size) {
    List<Double> probabilities = List.of(0.05, 0.5, 0.95);
    Random random = new Random(8);
    return new Tails(
        probabilities,
        true,
        rows.stream()
            .map(
                row -> {
                  double[][] quantiles = new double[probabilities.size()][outputs];
                  for (int k = 0; k < quantiles.length; k++) {
                    for (int i = 0; i < outputs; i++) {
                      quantiles[k][i] =
                          row.mean(i) + (k - 1) * 1.645 * Math.sqrt(row.variance(i) + 0.1);
                    }
                  }
                  double[] shape = random.doubles(outputs).map(v -> size * (v - 0.5)).toArray();
                  boolean[] positive = new boolean[outputs];
                  Arrays.fill(positive, size < 1);
                  return new RowTails(row.id(), shape, shape, positive, quantiles, quantiles);
                })
            .toList());
  }

  private static HiddenKernels hidden() {
    int n = 24;
    double[] kernel = new double[n * n];
    double[] shift = new double[n * n];
    for (int i = 0; i < n * n; i++) {
      kernel[i] = Math.exp(-Math.abs(i / n - i % n) / 9.0);
      shift[i] = 0.1 * Math.cos(i / n / 5.0) * Math.cos(i % n / 5.0);
    }
    double[] values = new double[n];
    Arrays.setAll(values, i -> i);
    return new HiddenKernels(
        n,
        200,
        "target",
        values,
        IntStream.rangeClosed(1, 4).mapToObj(l -> new HiddenLayer(l, kernel, shift)).toList());
  }

  private static WidthCurve curve(Shape shape, double size) {
    double[] inverse = new double[21];
    Arrays.setAll(inverse, k -> k / (20 * 32.0));
    double[] rmse = new double[inverse.length];
    Arrays.setAll(
        rmse,
        k -> shape.scored() ? 1 - 20 * inverse[k] + 900 * inverse[k] * inverse[k] : Double.NaN);
    double[] outside = new double[inverse.length];
    Arrays.setAll(outside, k -> k > 0 && size >= 1 ? 1 : Math.max(0, inverse[k] * 10 - 0.1));
    double[] evidence = new double[inverse.length];
    Arrays.setAll(evidence, k -> -80 + 100 * inverse[k]);
    return new WidthCurve(
        inverse,
        rmse,
        rmse.clone(),
        shape.classes() ? rmse.clone() : fill(inverse.length, Double.NaN),
        outside,
        evidence,
        new double[inverse.length],
        size >= 1 ? 0 : inverse[12],
        shape.rows());
  }

  private static double[] fill(int length, double value) {
    double[] values = new double[length];
    Arrays.fill(values, value);
    return values;
  }

  private static FitSummary summary(Shape shape, List<String> warnings) {
    OptionalDouble score = shape.scored() ? OptionalDouble.of(0.93) : OptionalDouble.empty();
    OptionalDouble accuracy = shape.classes() ? score : OptionalDouble.empty();
    return new FitSummary(
        "0",
        "4",
        "BLAS",
        SomeRun.summary(),
        new FitSummary.Data(
            200, shape.rows(), 8, shape.outputs().size(), shape.rows(), Optional.empty()),
        new FitSummary.Network(
            "relu",
            OptionalDouble.empty(),
            List.of(128L, 128L),
            List.of(0.1, 0.1, 0.1),
            List.of(2.0, 2.0, 2.0)),
        "first-order",
        new FitSummary.Hyperparameters("fixed", 0.1, Optional.empty(), Optional.empty(), List.of()),
        Optional.empty(),
        new FitSummary.Order0(score, score, accuracy, -80, 190),
        Optional.empty(),
        OptionalDouble.of(0.8),
        new FitSummary.Corrected(score, score, accuracy, -79.2, 0),
        shape.widths().stream()
            .map(n -> new FitSummary.AtWidth(n, score, score, accuracy, -80 + 100 / n, 0))
            .toList(),
        ContractionSummary.exact(1_000_000, 2, 5e5),
        Optional.empty(),
        OptionalDouble.empty(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        IntStream.rangeClosed(1, 4)
            .mapToObj(
                l ->
                    new FitSummary.HiddenKernel(
                        l, 0.5, 0.01, 0.02, 0, new FitSummary.Alignment(0.1, 0.1, 0.12)))
            .toList(),
        Optional.empty(),
        new FitSummary.Seconds(3, 0.1, 0.1, 2, 1, 6.4),
        warnings);
  }
}
