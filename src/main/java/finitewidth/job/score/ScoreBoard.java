package finitewidth.job.score;

import finitewidth.data.Classes;
import finitewidth.data.scale.TargetScaler;
import finitewidth.posterior.ByCoefficients;
import finitewidth.posterior.LargestOf;
import finitewidth.posterior.Prediction;
import finitewidth.posterior.Predictive;
import finitewidth.prior.Widths;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Scores several choices of widths on the same predictions.
 *
 * <p>Every task adds up the scores of its own rows, and the parts are put together. Sums are exact,
 * so scores do not depend on how rows were spread. Rows without correction count for infinite width
 * alone.
 */
public final class ScoreBoard implements Serializable {
  private static final long serialVersionUID = 1L;

  private final List<Widths> choices;
  private final TargetScaler scaler;

  /** Null where there are none: {@code Optional} cannot be serialised. */
  private final @Nullable Classes classes;

  private final double noise;
  private final boolean scored;
  private final List<Tally> tallies = new ArrayList<>();
  private final List<Tally> firstOrder = new ArrayList<>();
  private final Tally infiniteWhereCorrected = new Tally();
  private long unknown;
  private String unknownClass = "";

  /**
   * @param noise variance in preprocessed units
   * @param scored whether rows carry targets or labels
   */
  public ScoreBoard(
      List<Widths> choices,
      TargetScaler scaler,
      Optional<Classes> classes,
      double noise,
      boolean scored) {
    this.choices = new ArrayList<>(choices);
    this.scaler = scaler;
    this.classes = classes.orElse(null);
    this.noise = noise;
    this.scored = scored;
    choices.forEach(choice -> tallies.add(new Tally()));
    choices.forEach(choice -> firstOrder.add(new Tally()));
  }

  /** A board of the same choices without rows. */
  ScoreBoard empty() {
    return new ScoreBoard(choices, scaler, Optional.ofNullable(classes), noise, scored);
  }

  /** Takes in one row, unless it could not be predicted. */
  public void add(PredictedRow row) {
    if (row.prediction().isNone()) {
      return;
    }
    OptionalInt label = classes == null ? OptionalInt.empty() : classes.indexOf(row.label());
    if (scored && classes != null && label.isEmpty()) {
      unknown++;
      unknownClass = first(unknownClass, row.label());
    }
    double[] truth = classes == null ? row.targets() : classes.code(row.label());
    for (int c = 0; c < choices.size(); c++) {
      boolean infinite = isInfinite(choices.get(c));
      if (infinite || row.prediction().hasCorrection()) {
        score(row.prediction(), truth, label, choices.get(c), tallies.get(c));
      }
      ByCoefficients step = row.prediction().firstOrderStep();
      if (step != null) {
        score(step, truth, label, choices.get(c), firstOrder.get(c));
      }
      if (infinite && row.prediction().hasCorrection()) {
        score(row.prediction(), truth, label, choices.get(c), infiniteWhereCorrected);
      }
    }
  }

  private void score(
      Prediction prediction, double[] truth, OptionalInt label, Widths widths, Tally tally) {
    Predictive predictive = prediction.at(widths);
    double[] mean = predictive.mean();
    ObservedTarget observed = new ObservedTarget(scaler, noise);
    double squares = 0;
    double density = 0;
    for (int i = 0; i < mean.length; i++) {
      if (scored) {
        double value = scaler.value(i, mean[i]);
        squares += (truth[i] - value) * (truth[i] - value);
        density += observed.negativeLogDensity(predictive, i, truth[i]);
      }
    }
    boolean hit = label.isPresent() && label.getAsInt() == LargestOf.index(mean);
    tally.add(
        squares,
        density,
        hit,
        !predictive.trusted(),
        isInfinite(widths) || prediction.hasVarianceCorrection());
  }

  private static boolean isInfinite(Widths widths) {
    return Double.isInfinite(widths.width(0));
  }

  private static String first(String some, String other) {
    return some.isEmpty() || (!other.isEmpty() && other.compareTo(some) < 0) ? other : some;
  }

  /** Takes in what another board of the same choices has seen. */
  public void add(ScoreBoard other) {
    for (int c = 0; c < tallies.size(); c++) {
      tallies.get(c).add(other.tallies.get(c));
      firstOrder.get(c).add(other.firstOrder.get(c));
    }
    infiniteWhereCorrected.add(other.infiniteWhereCorrected);
    unknown += other.unknown;
    unknownClass = first(unknownClass, other.unknownClass);
  }

  /** The scores of all choices: of infinite width over all rows, of others over corrected ones. */
  public List<Score> scores() {
    return tallies.stream().map(this::score).toList();
  }

  /** Those of first order where that was a step on the way; empty where it was none. */
  public List<Score> firstOrderScores() {
    return firstOrder.stream().map(this::score).filter(found -> found.rows() > 0).toList();
  }

  /**
   * The score of infinite width, the first of the choices, over the corrected rows, beside which
   * the others stand; over all rows where none is corrected.
   */
  public Score infiniteWhereCorrected() {
    return score(infiniteWhereCorrected.isEmpty() ? tallies.get(0) : infiniteWhereCorrected);
  }

  private Score score(Tally tally) {
    return tally.score(scored, classes != null, scaler.outputs());
  }

  /** How many rows are of a class that no training row has. */
  public long unknown() {
    return unknown;
  }

  /** The first of those classes by name; empty if there is none. */
  public String unknownClass() {
    return unknownClass;
  }
}
