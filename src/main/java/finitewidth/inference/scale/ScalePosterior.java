package finitewidth.inference.scale;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The posterior of the kernel's scale given the data, p(t | Y) ∝ p(Y | Q) p(t) for t = log Q, by
 * the trapezoid rule. The integrand is smooth and vanishes at both ends, so the error falls faster
 * than any power of the step.
 *
 * @param scales Q at the nodes that predictions are summed over
 * @param weights of these; they sum to 1
 * @param logEvidence log ∫ p(Y | Q) p(Q) dQ − log p(Y | Q = 1)
 * @param meanLog E[log Q | Y]
 * @param deviationLog standard deviation of log Q given Y
 */
public record ScalePosterior(
    double[] scales, double[] weights, double logEvidence, double meanLog, double deviationLog)
    implements Scale {
  /** Nats below the largest at which the integrand is nothing. */
  private static final double NEGLIGIBLE = 45;

  /** The same where it is known roughly. */
  private static final double ROUGHLY_NEGLIGIBLE = 46;

  /** Steps in a standard deviation: 2π² of its square are e-folds of the rule's error. */
  private static final double FINE = 5;

  /** The same for predictions, which need fewer digits. */
  private static final double COARSE = 3.5;

  private static final double LARGEST_COARSE_STEP = 0.3;

  /** How far, in log Q and in deviations of the prior, modes are looked for. */
  private static final int REACH = 60;

  private static final int MOST_REFINEMENTS = 12;

  private static final double GOLDEN = 0.5 * (Math.sqrt(5) - 1);

  /**
   * Integrates.
   *
   * @param nu ν of each hidden layer
   * @param likelihood of Q
   * @param targets P·m
   */
  public static ScalePosterior of(double[] nu, ScaleLikelihood likelihood, long targets) {
    ScalePrior prior = new ScalePrior(nu);
    Support support = Support.of(prior, likelihood::at);
    double precision = 1 / prior.variance() + 0.5 * targets;
    int halvings = ScaleLikelihood.halvings(1 / (FINE * Math.sqrt(precision)));
    for (int tries = 0; ; tries++) {
      ScalePosterior found = at(prior, likelihood, support, halvings);
      if (ScaleLikelihood.step(halvings) <= found.deviationLog / (0.6 * FINE)
          || tries == MOST_REFINEMENTS) {
        return found;
      }
      halvings++;
    }
  }

  /**
   * Where the integrand is more than nothing.
   *
   * @param from least t
   * @param to largest t
   */
  private record Support(double from, double to) {
    static Support of(ScalePrior prior, DoubleUnaryOperator logLikelihood) {
      DoubleUnaryOperator rough = t -> prior.roughly(t) + logLikelihood.applyAsDouble(t);
      double deviation = Math.sqrt(prior.variance());
      double[] points =
          DoubleStream.concat(
                  IntStream.rangeClosed(-REACH, REACH).mapToDouble(k -> 0.25 * k),
                  IntStream.rangeClosed(-REACH, REACH)
                      .mapToDouble(k -> prior.mean() + 0.25 * k * deviation))
              .sorted()
              .toArray();
      double[] values = Arrays.stream(points).map(rough).toArray();
      int best = 0;
      for (int k = 1; k < points.length; k++) {
        best = values[k] > values[best] ? k : best;
      }
      double top =
          largest(
              rough,
              points[Math.max(0, best - 1)],
              points[Math.min(points.length - 1, best + 1)],
              points[best]);
      double least = rough.applyAsDouble(top) - ROUGHLY_NEGLIGIBLE;
      double low = top;
      double high = top;
      for (int k = 0; k < points.length; k++) {
        low = values[k] > least ? Math.min(low, points[k]) : low;
        high = values[k] > least ? Math.max(high, points[k]) : high;
      }
      double unit = Math.min(deviation, 1);
      return new Support(edge(rough, least, low, -unit), edge(rough, least, high, unit));
    }

    /** The maximum between two points, by golden section. */
    private static double largest(
        DoubleUnaryOperator rough, double from, double to, double between) {
      double low = from;
      double high = to;
      double left = high - GOLDEN * (high - low);
      double right = low + GOLDEN * (high - low);
      double atLeft = rough.applyAsDouble(left);
      double atRight = rough.applyAsDouble(right);
      for (int k = 0; k < REACH; k++) {
        if (atLeft > atRight) {
          high = right;
          right = left;
          atRight = atLeft;
          left = high - GOLDEN * (high - low);
          atLeft = rough.applyAsDouble(left);
        } else {
          low = left;
          left = right;
          atLeft = atRight;
          right = low + GOLDEN * (high - low);
          atRight = rough.applyAsDouble(right);
        }
      }
      double middle = 0.5 * (low + high);
      return rough.applyAsDouble(middle) >= rough.applyAsDouble(between) ? middle : between;
    }

    /** The first point outwards at which there is nothing left, to some per cent. */
    private static double edge(
        DoubleUnaryOperator rough, double least, double start, double direction) {
      double inside = start;
      double stride = direction;
      double outside = start + stride;
      // Written so that what is not a number is outside.
      while (rough.applyAsDouble(outside) > least) {
        inside = outside;
        stride *= 2;
        outside = inside + stride;
      }
      for (int k = 0; k < 8; k++) {
        double middle = 0.5 * (inside + outside);
        if (rough.applyAsDouble(middle) > least) {
          inside = middle;
        } else {
          outside = middle;
        }
      }
      return outside;
    }
  }

  private static ScalePosterior at(
      ScalePrior prior, ScaleLikelihood likelihood, Support support, int halvings) {
    double step = ScaleLikelihood.step(halvings);
    long first = (long) Math.floor(support.from() / step);
    int count = Math.toIntExact((long) Math.ceil(support.to() / step) - first + 1);
    double[] logs = new double[count];
    double top = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < count; k++) {
      double t = (first + k) * step;
      logs[k] = prior.logDensity(t) + likelihood.at(halvings, first + k);
      top = Math.max(top, logs[k]);
    }
    double sum = 0;
    double mean = 0;
    for (int k = 0; k < count; k++) {
      double weight = Math.exp(logs[k] - top);
      sum += weight;
      mean += weight * (first + k) * step;
    }
    mean /= sum;
    double square = 0;
    for (int k = 0; k < count; k++) {
      double off = (first + k) * step - mean;
      square += Math.exp(logs[k] - top) * off * off;
    }
    double deviation = Math.sqrt(square / sum);
    double coarse = Math.min(LARGEST_COARSE_STEP, deviation / COARSE);
    // A power of two, so that networks of other widths have the same nodes.
    int stride = Integer.highestOneBit((int) Math.max(1, Math.floor(coarse / step)));
    return nodes(first, step, logs, top, stride, top + Math.log(sum * step), mean, deviation);
  }

  private static ScalePosterior nodes(
      long first,
      double step,
      double[] logs,
      double top,
      int stride,
      double logEvidence,
      double mean,
      double deviation) {
    int count = 0;
    double sum = 0;
    int start = (int) Math.floorMod(-first, (long) stride);
    for (int k = start; k < logs.length; k += stride) {
      if (logs[k] > top - NEGLIGIBLE) {
        count++;
        sum += Math.exp(logs[k] - top);
      }
    }
    double[] scales = new double[count];
    double[] weights = new double[count];
    int at = 0;
    for (int k = start; k < logs.length; k += stride) {
      if (logs[k] > top - NEGLIGIBLE) {
        scales[at] = Math.exp((first + k) * step);
        weights[at] = Math.exp(logs[k] - top) / sum;
        at++;
      }
    }
    return new ScalePosterior(scales, weights, logEvidence, mean, deviation);
  }

  @Override
  public double logEvidenceError() {
    return 0;
  }
}
