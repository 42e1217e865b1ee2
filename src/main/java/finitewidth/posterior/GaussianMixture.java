package finitewidth.posterior;

/**
 * A mixture of K Gaussians: the prediction of a row from K states of chains with equal weights, or
 * from the nodes of an integral with those of the rule. One object serves any number of rows; its
 * arrays are all it holds.
 *
 * <p>A variance of 0 is a point mass, as where every feature of a row is 0. Quantiles and
 * probabilities have it; the density there is infinite.
 */
public final class GaussianMixture {
  private static final double LOG_ROOT_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  /** A step of Newton from so near, in log P, leaves an error of its square. */
  private static final double NEAR = 1e-9;

  /** By how much steps have to shrink. */
  private static final double SHRINK = 0.7;

  /** Halving alone comes to neighbouring numbers in fewer. */
  private static final int MOST_STEPS = 200;

  private final double[] means;
  private final double[] deviations;
  private final double[] weights;
  private int components;
  private double total;

  // Of the last look at a tail: P(Y < y) and its derivative, in the half that is looked at.
  private double tail;
  private double slope;

  /**
   * @param most components that a row may have
   */
  public GaussianMixture(int most) {
    means = new double[most];
    deviations = new double[most];
    weights = new double[most];
  }

  /** One of these components. */
  public static GaussianMixture of(double[] means, double[] variances) {
    GaussianMixture mixture = new GaussianMixture(means.length);
    for (int k = 0; k < means.length; k++) {
      mixture.add(means[k], variances[k]);
    }
    return mixture;
  }

  /** Forgets all components. */
  public void clear() {
    components = 0;
    total = 0;
  }

  /**
   * Adds a component of weight 1.
   *
   * @throws IllegalArgumentException where the mean is not finite, or the variance is not or is
   *     negative
   */
  public void add(double mean, double variance) {
    add(mean, variance, 1);
  }

  /**
   * Adds a component.
   *
   * @param weight positive; what counts is its share of the sum of all
   * @throws IllegalArgumentException where the mean is not finite, or the variance is not or is
   *     negative
   */
  public void add(double mean, double variance, double weight) {
    if (!(Math.abs(mean) <= Double.MAX_VALUE) || !(variance >= 0 && variance <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "a Gaussian of mean " + mean + " and variance " + variance + " is none");
    }
    means[components] = mean;
    deviations[components] = Math.sqrt(variance);
    weights[components] = weight;
    total += weight;
    components++;
  }

  public int components() {
    return components;
  }

  public double mean() {
    double sum = 0;
    for (int k = 0; k < components; k++) {
      sum += weights[k] * means[k];
    }
    return sum / total;
  }

  /** The average variance and the scatter of the means. */
  public double variance() {
    double middle = mean();
    double sum = 0;
    for (int k = 0; k < components; k++) {
      double distance = means[k] - middle;
      sum += weights[k] * (deviations[k] * deviations[k] + distance * distance);
    }
    return sum / total;
  }

  /** P(Y ≤ y). */
  public double cdf(double y) {
    double sum = 0;
    for (int k = 0; k < components; k++) {
      double distance = means[k] - y;
      if (deviations[k] > 0) {
        sum += weights[k] * NormalTail.above(distance / deviations[k]);
      } else if (distance <= 0) {
        sum += weights[k];
      }
    }
    return sum / total;
  }

  /** log p(y), by a sum of exponentials relative to that of the component that y is nearest to. */
  public double logDensity(double y) {
    double nearest = Double.POSITIVE_INFINITY;
    for (int k = 0; k < components; k++) {
      double z = (y - means[k]) / deviations[k];
      // 0/0, on a point mass.
      if (Double.isNaN(z)) {
        return Double.POSITIVE_INFINITY;
      }
      nearest = Math.min(nearest, z * z);
    }
    if (nearest == Double.POSITIVE_INFINITY) {
      return Double.NEGATIVE_INFINITY;
    }
    double sum = 0;
    for (int k = 0; k < components; k++) {
      if (deviations[k] > 0) {
        double z = (y - means[k]) / deviations[k];
        sum += weights[k] * (Math.exp(-0.5 * (z * z - nearest)) / deviations[k]);
      }
    }
    return Math.log(sum / total) - 0.5 * nearest - LOG_ROOT_TWO_PI;
  }

  /**
   * The y with P(Y ≤ y) = p. The tail that p is in is the one that is solved for, in logarithms, so
   * that p = 1e-200 is as good as ½. Where point masses leave a choice, it is the smallest such y
   * for p ≤ ½ and the largest above.
   *
   * @throws IllegalArgumentException where p is not in [0, 1]
   */
  public double quantile(double p) {
    if (!(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException("the level of a quantile is in [0, 1], not " + p);
    }
    if (p == 0 || p == 1) {
      return p == 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    // 1 − p has no rounding where p is ½ or more.
    return p <= 0.5 ? lower(p, 1) : -lower(1 - p, -1);
  }

  /**
   * The quantile of sign · Y in the lower half. It is between the least and the largest quantile of
   * the components.
   */
  private double lower(double p, int sign) {
    double z = NormalTail.inverse(p);
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < components; k++) {
      double quantile = sign * means[k] - z * deviations[k];
      low = Math.min(low, quantile);
      high = Math.max(high, quantile);
    }
    double y = sign * mean() - z * Math.sqrt(variance());
    if (!(y > low && y < high)) {
      y = low + 0.5 * (high - low);
    }
    return root(p, sign, low, high, y);
  }

  /** Newton's method on log P, with halving wherever that leaves the interval or is slow. */
  private double root(double p, int sign, double least, double largest, double start) {
    double low = least;
    double high = largest;
    double y = start;
    double before = high - low;
    for (int step = 0; step < MOST_STEPS && high - low > 2 * Math.ulp(y); step++) {
      look(y, sign);
      if (tail < p) {
        low = y;
      } else {
        high = y;
      }
      double excess = Math.log(p / tail);
      double change = excess * tail / slope;
      double next = y + change;
      if (Math.abs(excess) <= NEAR) {
        return Math.min(high, Math.max(low, next));
      }
      // Written so that what is not a number halves. Steps must shrink, or Newton may circle.
      if (!(next > low && next < high && Math.abs(change) < SHRINK * before)) {
        next = low + 0.5 * (high - low);
        change = high - low;
      }
      before = Math.abs(change);
      y = next;
    }
    return high;
  }

  /** Sets the lower tail of sign · Y at y, and its derivative. */
  private void look(double y, int sign) {
    double below = 0;
    double density = 0;
    for (int k = 0; k < components; k++) {
      double distance = y - sign * means[k];
      double deviation = deviations[k];
      if (deviation > 0) {
        double z = distance / deviation;
        double exponential = Math.exp(-0.5 * z * z);
        if (exponential == 0) {
          below += z > 0 ? weights[k] : 0;
          continue;
        }
        density += weights[k] * (exponential / deviation);
        double scaled = exponential * NormalTail.scaled(Math.abs(z));
        below += weights[k] * (z < 0 ? scaled : 1 - scaled);
      } else if (distance >= 0) {
        below += weights[k];
      }
    }
    tail = below / total;
    slope = density / (total * Math.sqrt(2 * Math.PI));
  }
}
