package finitewidth.job.validate;

import finitewidth.data.scale.TargetScaler;
import finitewidth.inference.Posterior;
import finitewidth.inference.comparison.Comparison;
import finitewidth.inference.comparison.Distance;
import finitewidth.inference.comparison.Trust;
import finitewidth.inference.comparison.WeightedMoments;
import finitewidth.job.config.ValidateConfig;
import finitewidth.job.score.PredictedRow;
import finitewidth.posterior.Predictive;
import finitewidth.prior.Widths;
import finitewidth.report.summary.Validation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * One width's three posteriors and how far they are apart.
 *
 * @param corrected the one that is judged
 * @param within whether each test row is to be trusted by the method's own rule
 */
record ValidatedWidth(
    int width,
    ExactAtWidth exact,
    WeightedMoments nngp,
    WeightedMoments corrected,
    List<Comparison> comparisons,
    Trust trust,
    boolean[] within) {

  /**
   * All widths.
   *
   * @param exact one for each width
   * @param rows test rows in order
   */
  static List<ValidatedWidth> of(
      ValidateConfig validate,
      int layers,
      ExactPosteriors exact,
      List<PredictedRow> rows,
      Posterior fitted) {
    List<ValidatedWidth> widths = new ArrayList<>();
    for (int w = 0; w < exact.widths().size(); w++) {
      widths.add(of(validate.widths().get(w), layers, exact.widths().get(w), rows, fitted));
    }
    return widths;
  }

  private static ValidatedWidth of(
      int width, int layers, ExactAtWidth exact, List<PredictedRow> rows, Posterior fitted) {
    Widths widths = Widths.uniform(layers, width);
    double evidence = fitted.logEvidence().nngp();
    List<Predictive> predictions = rows.stream().map(row -> row.prediction().at(widths)).toList();
    WeightedMoments nngp =
        WeightedMoments.exact(
            table(predictions, Predictive::nngpMean),
            table(predictions, ValidatedWidth::nngpVariances),
            evidence);
    boolean alone = fitted.logEvidence().isOrderZero();
    WeightedMoments corrected =
        alone
            ? nngp
            : new WeightedMoments(
                table(predictions, Predictive::mean),
                table(predictions, Predictive::variance),
                evidence + fitted.logEvidence().delta(widths),
                table(predictions, Predictive::meanError),
                table(predictions, Predictive::varianceError),
                fitted.logEvidence().error(widths));
    List<Comparison> comparisons = Comparison.of(exact.truth(), nngp, corrected);
    boolean[] within = new boolean[rows.size()];
    for (int x = 0; x < within.length; x++) {
      within[x] = predictions.get(x).trusted();
    }
    return new ValidatedWidth(
        width,
        exact,
        nngp,
        corrected,
        comparisons,
        alone
            ? Trust.ofInfiniteWidth(exact.truth(), comparisons)
            : Trust.of(exact.truth(), comparisons),
        within);
  }

  private static double[][] table(
      List<Predictive> predictions, Function<Predictive, double[]> numbers) {
    return predictions.stream().map(numbers).toArray(double[][]::new);
  }

  private static double[] nngpVariances(Predictive predictive) {
    double[] variances = new double[predictive.nngpMean().length];
    Arrays.fill(variances, predictive.nngpVariance());
    return variances;
  }

  /** Of one quantity. */
  Comparison comparison(Comparison.Quantity quantity) {
    return comparisons.stream().filter(c -> c.quantity() == quantity).findFirst().orElseThrow();
  }

  /** A name of lower case words with hyphens. */
  String trustName() {
    return name(trust);
  }

  /** A verdict in results. */
  static String name(Trust trust) {
    return trust.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The name of a quantity in results. */
  static String name(Comparison.Quantity quantity) {
    return quantity.name().toLowerCase(Locale.ROOT);
  }

  /**
   * What is printed.
   *
   * @param beside whether infinite width stands beside what is judged, or is that itself
   */
  String line(boolean beside) {
    StringBuilder line = new StringBuilder(String.format("width %-6d", width));
    for (Comparison comparison : comparisons) {
      line.append(
          String.format(
              Locale.ROOT,
              "  %s %s%s",
              name(comparison.quantity()).replace('_', ' '),
              shown(comparison.corrected()),
              beside ? " (NNGP " + shown(comparison.nngp()) + ")" : ""));
    }
    return line.append("  ")
        .append(exact.line())
        .append("  ")
        .append(trustName().replace('-', ' '))
        .toString();
  }

  /** A distance that cannot be told from zero has a bound only. */
  static String shown(Distance distance) {
    return distance.isResolved()
        ? String.format(Locale.ROOT, "%.3g ± %.1g", distance.value(), distance.error())
        : String.format(Locale.ROOT, "< %.2g", distance.bound());
  }

  /**
   * For validate.json.
   *
   * @param rows test rows in order
   * @param kernels of hidden layers, if they were asked for
   */
  Validation.AtWidth record(
      List<PredictedRow> rows, List<Validation.HiddenKernel> kernels, TargetScaler scaler) {
    Map<String, Validation.Remainder> remainder = new LinkedHashMap<>();
    for (Comparison comparison : comparisons) {
      remainder.put(
          name(comparison.quantity()),
          new Validation.Remainder(record(comparison.corrected()), record(comparison.nngp())));
    }
    WeightedMoments truth = exact.truth().posterior();
    List<Validation.TestRow> rowByRow = new ArrayList<>();
    long outside = 0;
    for (int x = 0; x < rows.size(); x++) {
      outside += within[x] ? 0 : 1;
      rowByRow.add(
          new Validation.TestRow(
              rows.get(x).id(),
              values(scaler, nngp.mean()[x]),
              variances(scaler, nngp.variance()[x]),
              values(scaler, corrected.mean()[x]),
              differences(scaler, corrected.meanError()[x]),
              variances(scaler, corrected.variance()[x]),
              variances(scaler, corrected.varianceError()[x]),
              values(scaler, truth.mean()[x]),
              differences(scaler, truth.meanError()[x]),
              variances(scaler, truth.variance()[x]),
              variances(scaler, truth.varianceError()[x]),
              within[x]));
    }
    return new Validation.AtWidth(
        width,
        exact.draws(),
        exact.truth().effectiveDraws(),
        exact.largestWeight(),
        exact.noiseReduction(),
        exact.convergence(),
        outside,
        trustName(),
        new Validation.LogEvidence(
            nngp.logEvidence(),
            corrected.logEvidence(),
            corrected.logEvidenceError(),
            truth.logEvidence(),
            truth.logEvidenceError()),
        remainder,
        rowByRow,
        kernels);
  }

  static Validation.Distance record(Distance distance) {
    return new Validation.Distance(
        distance.value(), distance.error(), distance.bound(), distance.isResolved());
  }

  static double[] values(TargetScaler scaler, double[] scaled) {
    return mapped(scaled, i -> scaler.value(i, scaled[i]));
  }

  private static double[] differences(TargetScaler scaler, double[] scaled) {
    return mapped(scaled, i -> scaler.difference(i, scaled[i]));
  }

  private static double[] variances(TargetScaler scaler, double[] scaled) {
    return mapped(scaled, i -> scaler.variance(i, scaled[i]));
  }

  private interface ByOutput {
    double at(int i);
  }

  private static double[] mapped(double[] scaled, ByOutput number) {
    double[] mapped = new double[scaled.length];
    for (int i = 0; i < mapped.length; i++) {
      mapped[i] = number.at(i);
    }
    return mapped;
  }
}
