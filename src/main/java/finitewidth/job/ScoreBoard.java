package finitewidth.job;

import finitewidth.data.Classes;
import finitewidth.data.TargetScaler;
import finitewidth.flow.Widths;
import finitewidth.posterior.Prediction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Scores several choices of widths on the same predictions.
 *
 * <p>Keeps a few numbers of every row and adds them up in the order of the rows, so that scores do
 * not depend on how rows were spread.
 */
final class ScoreBoard {
  /** Numbers kept of each row and choice: squared error, nlpd, hit, outside. */
  private static final int KEPT = 4;

  private record Entry(long number, boolean varianceCorrected, double[] kept) {}

  private final List<Widths> choices;
  private final TargetScaler scaler;
  private final Optional<Classes> classes;
  private final double noise;
  private final boolean scored;
  private final List<Entry> entries = new ArrayList<>();

  /**
   * @param noise variance in preprocessed units
   * @param scored whether rows carry targets or labels
   */
  ScoreBoard(
      List<Widths> choices,
      TargetScaler scaler,
      Optional<Classes> classes,
      double noise,
      boolean scored) {
    this.choices = choices;
    this.scaler = scaler;
    this.classes = classes;
    this.noise = noise;
    this.scored = scored;
  }

  /** Takes in one row, unless it could not be predicted. */
  void add(ScoredRow row) {
    if (row.prediction().isNone()) {
      return;
    }
    double[] kept = new double[KEPT * choices.size()];
    double[] truth = truth(row);
    for (int c = 0; c < choices.size(); c++) {
      score(row, truth, choices.get(c), kept, KEPT * c);
    }
    entries.add(new Entry(row.number(), row.prediction().hasVarianceCorrection(), kept));
  }

  private void score(ScoredRow row, double[] truth, Widths widths, double[] kept, int at) {
    Prediction prediction = row.prediction();
    double[] deltaMean = prediction.deltaMean(widths);
    double[] deltaVariance = prediction.deltaVariance(widths);
    double[] mean = prediction.nngpMean().clone();
    for (int i = 0; i < mean.length; i++) {
      mean[i] += deltaMean.length > 0 ? deltaMean[i] : 0;
      if (scored) {
        double correction = deltaVariance.length > 0 ? deltaVariance[i] : 0;
        double variance = scaler.variance(i, prediction.nngpVariance() + correction + noise);
        double error = truth[i] - scaler.value(i, mean[i]);
        kept[at] += error * error;
        kept[at + 1] += 0.5 * (Math.log(2 * Math.PI * variance) + error * error / variance);
      }
    }
    if (scored && classes.isPresent()) {
      OptionalInt label = classes.get().indexOf(row.label());
      kept[at + 2] = label.isPresent() && label.getAsInt() == largest(mean) ? 1 : 0;
    }
    kept[at + 3] = prediction.withinExpansion(widths) ? 0 : 1;
  }

  /** The row's targets, or its class as it is coded; zeros of a class that training lacked. */
  private double[] truth(ScoredRow row) {
    if (classes.isEmpty()) {
      return row.targets();
    }
    double[] code = new double[classes.get().count()];
    Arrays.fill(code, -1.0 / code.length);
    classes.get().indexOf(row.label()).ifPresent(k -> code[k] += 1);
    return code;
  }

  /** The index of the largest value, the first of several. */
  static int largest(double[] values) {
    int largest = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[largest]) {
        largest = i;
      }
    }
    return largest;
  }

  /** The scores of all choices over the rows taken in. */
  List<Score> scores() {
    entries.sort(Comparator.comparingLong(Entry::number));
    List<Score> scores = new ArrayList<>();
    for (int c = 0; c < choices.size(); c++) {
      double[] sums = new double[KEPT];
      for (Entry entry : entries) {
        for (int k = 0; k < KEPT; k++) {
          sums[k] += entry.kept()[KEPT * c + k];
        }
      }
      double rows = entries.size();
      scores.add(
          new Score(
              when(scored, Math.sqrt(sums[0] / (rows * scaler.outputs()))),
              when(scored && knowsVariance(choices.get(c)), sums[1] / rows),
              when(scored && classes.isPresent(), sums[2] / rows),
              (long) sums[3]));
    }
    return scores;
  }

  private boolean knowsVariance(Widths widths) {
    return Double.isInfinite(widths.width(0))
        || entries.stream().allMatch(Entry::varianceCorrected);
  }

  private static OptionalDouble when(boolean known, double value) {
    return known ? OptionalDouble.of(value) : OptionalDouble.empty();
  }
}
