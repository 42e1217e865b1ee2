package finitewidth.inference.ensemble;

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
    LOG_EVIDENCE
  }

  private static final int MEASURES = 4;

  /** Whether the NNGP is nearer, by two standard errors. */
  public boolean isFarther() {
    return nearer.square() < -Distance.SIGNIFICANT * nearer.squareError();
  }

  /**
   * All three quantities.
   *
   * @param nngp known without error
   * @param corrected with the errors of its own, if its contraction was sampled
   */
  public static List<Comparison> of(
      EnsembleEstimate exact, WeightedMoments nngp, WeightedMoments corrected) {
    List<Comparison> comparisons = new ArrayList<>();
    for (Quantity quantity : Quantity.values()) {
      comparisons.add(of(exact, quantity, nngp, corrected));
    }
    return comparisons;
  }

  private static Comparison of(
      EnsembleEstimate exact, Quantity quantity, WeightedMoments nngp, WeightedMoments corrected) {
    Places places = new Places(exact.problem(), quantity);
    double[] zero = places.of(nngp);
    double[] first = places.of(corrected);
    double[] errors = places.errors(corrected);
    Jackknife squares =
        Jackknife.of(
            exact.means().controlled(),
            average -> {
              double[] truth = places.of(exact.flat(average));
              double toFirst = meanSquare(truth, first, places.scale);
              double toZero = meanSquare(truth, zero, places.scale);
              return new double[] {toFirst, toZero, toZero - toFirst, 0.25 * toZero - toFirst};
            });
    // The corrected posterior's own noise: in squares on average, and as if errors were one.
    double own = 0;
    double cross = 0;
    double[] truth = places.of(exact.posterior());
    for (int k = 0; k < errors.length; k++) {
      double error = errors[k] / places.scale[k];
      double distance = (truth[k] - first[k]) / places.scale[k];
      own += error * error / errors.length;
      cross += Math.abs(distance * error) / errors.length;
    }
    Distance[] distances = new Distance[MEASURES];
    for (int f = 0; f < MEASURES; f++) {
      double sign = f == 0 ? -1 : f == 1 ? 0 : 1;
      distances[f] =
          new Distance(
              squares.unbiased()[f] + sign * own, Math.hypot(squares.error()[f], sign * 2 * cross));
    }
    return new Comparison(quantity, distances[0], distances[1], distances[2], distances[3]);
  }

  private static double meanSquare(double[] a, double[] b, double[] scale) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      double difference = (a[k] - b[k]) / scale[k];
      sum += difference * difference;
    }
    return sum / a.length;
  }

  /** One quantity's numbers and their scales. */
  private static final class Places {
    private final Quantities quantities;
    private final Quantity quantity;
    private final double[] scale;

    Places(EnsembleProblem problem, Quantity quantity) {
      this.quantities = problem.quantities();
      this.quantity = quantity;
      double[] variances = problem.reference().variance();
      int outputs = quantities.outputs();
      scale = new double[quantity == Quantity.LOG_EVIDENCE ? 1 : variances.length * outputs];
      for (int k = 0; k < scale.length; k++) {
        scale[k] =
            switch (quantity) {
              case MEAN -> Math.sqrt(variances[k / outputs]);
              case VARIANCE -> variances[k / outputs];
              case LOG_EVIDENCE -> 1;
            };
      }
    }

    double[] of(double[] flat) {
      double[] numbers = new double[scale.length];
      for (int k = 0; k < numbers.length; k++) {
        int x = k / quantities.outputs();
        int i = k % quantities.outputs();
        numbers[k] =
            switch (quantity) {
              case MEAN -> flat[quantities.mean(x, i)];
              case VARIANCE -> flat[quantities.square(x, i)];
              case LOG_EVIDENCE -> flat[Quantities.WEIGHT];
            };
      }
      return numbers;
    }

    double[] of(WeightedMoments posterior) {
      return switch (quantity) {
        case MEAN -> joined(posterior.mean());
        case VARIANCE -> joined(posterior.variance());
        case LOG_EVIDENCE -> new double[] {posterior.logEvidence()};
      };
    }

    double[] errors(WeightedMoments posterior) {
      return switch (quantity) {
        case MEAN -> joined(posterior.meanError());
        case VARIANCE -> joined(posterior.varianceError());
        case LOG_EVIDENCE -> new double[] {posterior.logEvidenceError()};
      };
    }

    private static double[] joined(double[][] table) {
      return Arrays.stream(table).flatMapToDouble(Arrays::stream).toArray();
    }
  }
}
