package finitewidth.inference.comparison;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Distances of the corrected and of the infinite-width posterior from the exact one, in one
 * quantity: means in standard deviations of the posterior of infinite width, variances in units of
 * its variance, log evidence in nats.
 *
 * @param corrected the remainder
 * @param nngp what the correction is there to remove
 * @param nearer the difference of squares, nngp − corrected
 * @param halved nngp/4 − corrected: above zero where at least half of the distance is removed
 */
public record Comparison(
    Quantity quantity, Distance corrected, Distance nngp, Distance nearer, Distance halved) {

  /** What is compared. */
  public enum Quantity {
    MEAN,
    VARIANCE,
    LOG_EVIDENCE;

    /** Its numbers, by test point and output. */
    double[] of(WeightedMoments posterior) {
      return switch (this) {
        case MEAN -> joined(posterior.mean());
        case VARIANCE -> joined(posterior.variance());
        case LOG_EVIDENCE -> new double[] {posterior.logEvidence()};
      };
    }

    /** Their standard errors. */
    double[] errors(WeightedMoments posterior) {
      return switch (this) {
        case MEAN -> joined(posterior.meanError());
        case VARIANCE -> joined(posterior.varianceError());
        case LOG_EVIDENCE -> new double[] {posterior.logEvidenceError()};
      };
    }

    /** What a distance of 1 is, in units of the numbers. */
    double[] scale(WeightedMoments nngp) {
      return switch (this) {
        case MEAN -> Arrays.stream(VARIANCE.of(nngp)).map(Math::sqrt).toArray();
        case VARIANCE -> VARIANCE.of(nngp);
        case LOG_EVIDENCE -> new double[] {1};
      };
    }

    private static double[] joined(double[][] table) {
      return Arrays.stream(table).flatMapToDouble(Arrays::stream).toArray();
    }

    /**
     * Its numbers of the whole.
     *
     * @param all log evidence, then means, then variances, both by test point and output
     */
    public double[] of(double[] all) {
      int each = (all.length - 1) / 2;
      return switch (this) {
        case MEAN -> Arrays.copyOfRange(all, 1, 1 + each);
        case VARIANCE -> Arrays.copyOfRange(all, 1 + each, 1 + 2 * each);
        case LOG_EVIDENCE -> Arrays.copyOf(all, 1);
      };
    }
  }

  private static final int MEASURES = 4;

  /** Whether the NNGP is nearer, by more than noise. */
  public boolean isFarther() {
    return nearer.square() < -nearer.significant() * nearer.squareError();
  }

  /**
   * All three quantities.
   *
   * @param nngp known without error
   * @param corrected with errors of its own, if it was sampled
   */
  public static List<Comparison> of(Truth exact, WeightedMoments nngp, WeightedMoments corrected) {
    List<Comparison> comparisons = new ArrayList<>();
    for (Quantity quantity : Quantity.values()) {
      comparisons.add(of(exact, quantity, nngp, corrected));
    }
    return comparisons;
  }

  private static Comparison of(
      Truth exact, Quantity quantity, WeightedMoments nngp, WeightedMoments corrected) {
    double[] scale = quantity.scale(nngp);
    double[] zero = quantity.of(nngp);
    double[] first = quantity.of(corrected);
    Jackknife squares =
        exact.functions(
            quantity,
            truth -> {
              double toFirst = meanSquare(truth, first, scale);
              double toZero = meanSquare(truth, zero, scale);
              return new double[] {toFirst, toZero, toZero - toFirst, 0.25 * toZero - toFirst};
            });
    OwnNoise own = OwnNoise.of(exact, quantity, scale, corrected);
    Distance[] distances = new Distance[MEASURES];
    for (int f = 0; f < MEASURES; f++) {
      double sign = f == 0 ? -1 : f == 1 ? 0 : 1;
      distances[f] =
          new Distance(
              squares.unbiased()[f] + sign * own.square(),
              Math.hypot(squares.error()[f], sign * own.error()),
              exact.significant());
    }
    return new Comparison(quantity, distances[0], distances[1], distances[2], distances[3]);
  }

  /** The mean of ((a − b)/scale)². */
  static double meanSquare(double[] a, double[] b, double[] scale) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      double difference = (a[k] - b[k]) / scale[k];
      sum += difference * difference;
    }
    return sum / a.length;
  }
}
