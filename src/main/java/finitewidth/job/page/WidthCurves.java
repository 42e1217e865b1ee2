package finitewidth.job.page;

import finitewidth.evidence.WidthChoice;
import finitewidth.job.score.PredictedRow;
import finitewidth.job.score.Score;
import finitewidth.job.score.ScoreBoard;
import finitewidth.posterior.LogEvidence;
import finitewidth.prior.Widths;
import finitewidth.report.fit.WidthCurve;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Scores of some rows along 1/n, much finer than the widths that the job reports. */
final class WidthCurves {
  private static final int STEPS = 60;

  private final Widths own;
  private final List<Double> others;
  private final LogEvidence evidence;
  private final Scoring scoring;
  private final long targets;

  /**
   * @param own the network's widths
   * @param others uniform widths that are reported, too
   * @param targets P·m
   */
  WidthCurves(
      Widths own, List<Double> others, LogEvidence evidence, Scoring scoring, long targets) {
    this.own = own;
    this.others = others;
    this.evidence = evidence;
    this.scoring = scoring;
    this.targets = targets;
  }

  WidthCurve of(List<PredictedRow> rows) {
    double[] widths = widths();
    double[] inverse = DoubleStream.of(widths).map(width -> 1 / width).toArray();
    int layers = own.hiddenLayers();
    List<Widths> choices =
        DoubleStream.of(widths).mapToObj(width -> Widths.uniform(layers, width)).toList();
    ScoreBoard board = scoring.board(choices);
    rows.forEach(board::add);
    List<Score> scores = new ArrayList<>(board.scores());
    scores.set(0, board.infiniteWhereCorrected());
    return new WidthCurve(
        inverse,
        values(scores, score -> known(score.rmse())),
        values(scores, score -> known(score.nlpd())),
        values(scores, score -> known(score.accuracy())),
        values(scores, WidthCurves::outside),
        choices.stream().mapToDouble(w -> evidence.nngp() + evidence.delta(w)).toArray(),
        choices.stream().mapToDouble(evidence::error).toArray(),
        trusted(inverse, choices, scores),
        rows.size());
  }

  /** From infinite width on: evenly along 1/n, or those that are known. */
  private double[] widths() {
    return evidence
        .known()
        .map(
            known ->
                DoubleStream.concat(
                        known.stream()
                            .filter(w -> w.equals(Widths.uniform(w.hiddenLayers(), w.width(0))))
                            .mapToDouble(w -> w.width(0)),
                        DoubleStream.of(Double.POSITIVE_INFINITY))
                    .map(width -> -width)
                    .sorted()
                    .map(width -> -width)
                    .toArray())
        .orElseGet(
            () -> IntStream.rangeClosed(0, STEPS).mapToDouble(k -> STEPS / (last() * k)).toArray());
  }

  /** 1/n of the narrowest network that is asked for, or of one half as wide as the only one. */
  private double last() {
    double narrowest = DoubleStream.of(own.toArray()).map(n -> 1 / n).max().orElseThrow();
    double other = others.stream().mapToDouble(n -> 1 / n).max().orElse(2 * narrowest);
    return Math.max(narrowest, other);
  }

  /** Up to where the rule holds by which widths are chosen; infinite if to the end. */
  private double trusted(double[] inverse, List<Widths> choices, List<Score> scores) {
    double most =
        evidence.known().isPresent() ? Double.POSITIVE_INFINITY : WidthChoice.MOST_SHIFT * targets;
    for (int k = 1; k < inverse.length; k++) {
      Score score = scores.get(k);
      boolean positive = score.nlpd().isEmpty() || !Double.isNaN(score.nlpd().getAsDouble());
      if (!positive
          || !(outside(score) <= WidthChoice.MOST_OUTSIDE)
          || !(Math.abs(evidence.delta(choices.get(k))) <= most)) {
        return inverse[k - 1];
      }
    }
    return Double.POSITIVE_INFINITY;
  }

  private static double outside(Score score) {
    return (double) score.outside() / score.rows();
  }

  private static double known(OptionalDouble value) {
    return value.orElse(Double.NaN);
  }

  private static double[] values(List<Score> scores, ToDoubleFunction<Score> value) {
    return scores.stream().mapToDouble(value).toArray();
  }
}
