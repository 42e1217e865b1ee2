package finitewidth.job.page;

import finitewidth.data.Classes;
import finitewidth.data.scale.TargetScaler;
import finitewidth.job.score.PredictedRow;
import finitewidth.job.score.ScoreBoard;
import finitewidth.posterior.Prediction;
import finitewidth.posterior.Predictive;
import finitewidth.prior.Widths;
import finitewidth.report.fit.RowResult;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What a page needs to score rows and to show them in the units of the targets.
 *
 * @param classes of a classification; empty for a regression
 * @param noise variance in preprocessed units
 * @param scored whether rows have targets or labels
 */
record Scoring(TargetScaler scaler, Optional<Classes> classes, double noise, boolean scored) {

  /** An empty board of these choices. */
  ScoreBoard board(List<Widths> choices) {
    return new ScoreBoard(choices, scaler, classes, noise, scored);
  }

  /** A row's prediction read at widths. */
  RowResult result(PredictedRow row, Widths widths) {
    Prediction prediction = row.prediction();
    Predictive predictive = prediction.at(widths);
    double[] deltaMean = predictive.deltaMean();
    double[] deltaVariance = predictive.deltaVariance();
    return new RowResult(
        row.id().toString(),
        classes.map(known -> known.code(row.label())).orElse(row.targets()),
        classes.map(known -> known.indexOf(row.label()).orElse(-1)).orElse(-1),
        numbers(i -> scaler.value(i, prediction.nngpMean()[i])),
        numbers(i -> scaler.variance(i, prediction.nngpVariance())),
        deltaMean.length == 0 ? deltaMean : numbers(i -> scaler.difference(i, deltaMean[i])),
        deltaVariance.length == 0
            ? deltaVariance
            : numbers(i -> scaler.variance(i, deltaVariance[i])),
        predictive.trusted());
  }

  /** Noise of observed targets by output, in their units. */
  double[] noises(double variance) {
    return numbers(i -> scaler.variance(i, variance));
  }

  private double[] numbers(IntToDoubleFunction output) {
    return IntStream.range(0, scaler.outputs()).mapToDouble(output).toArray();
  }
}
