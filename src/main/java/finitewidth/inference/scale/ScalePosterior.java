package finitewidth.inference.scale;

import java.io.Serializable;
import java.util.function.DoubleUnaryOperator;

/**
 * The posterior of the kernel's scale given the data, p(u | Y) ∝ p(Y | Q) p(u) for u = log Q, by
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
    implements Serializable {
  /** Nats below the largest at which the integrand is nothing. */
  private static final double NEGLIGIBLE = 45;

  /** Steps in a standard deviation: 2π² of its square are e-folds of the rule's error. */
  private static final double FINE = 5;

  /** The same for predictions, which need fewer digits. */
  private static final double COARSE = 3.5;

  /** The likelihood has poles at a distance of at least π from the real axis of u. */
  private static final double LARGEST_STEP = 0.1;

  private static final double LARGEST_COARSE_STEP = 0.3;

  /** How far, in log Q, the largest likelihood is looked for. */
  private static final int REACH = 60;

  private static final int MOST_REFINEMENTS = 12;

  /**
   * Integrates.
   *
   * @param nu ν of each hidden layer
   * @param logLikelihood log p(Y | Q) − log p(Y | 1) at Q
   * @param targets P·m
   */
  public static ScalePosterior of(double[] nu, DoubleUnaryOperator logLikelihood, long targets) {
    double precision = 0.5 * targets;
    for (double each : nu) {
      precision += 0.5 * each;
    }
    double largest = 0;
    for (int k = -REACH; k <= REACH; k++) {
      largest = Math.max(largest, logLikelihood.applyAsDouble(Math.exp(0.25 * k)));
    }
    double step = Math.min(LARGEST_STEP, 1 / (FINE * Math.sqrt(precision)));
    for (int tries = 0; ; tries++) {
      ScalePosterior found = at(nu, logLikelihood, largest, step);
      if (step <= found.deviationLog / (0.6 * FINE) || tries == MOST_REFINEMENTS) {
        return found;
      }
      step *= 0.5;
    }
  }

  /**
   * p(u) · (largest likelihood) below p(0) bounds what is left out, as the likelihood is 1 at 0.
   */
  private static ScalePosterior at(
      double[] nu, DoubleUnaryOperator logLikelihood, double largest, double step) {
    ScalePrior prior = ScalePrior.of(nu, step, NEGLIGIBLE + largest);
    double[] logs = new double[prior.size()];
    double top = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < logs.length; k++) {
      logs[k] = prior.logDensity()[k] + logLikelihood.applyAsDouble(Math.exp(prior.at(k)));
      top = Math.max(top, logs[k]);
    }
    double sum = 0;
    double mean = 0;
    for (int k = 0; k < logs.length; k++) {
      double weight = Math.exp(logs[k] - top);
      sum += weight;
      mean += weight * prior.at(k);
    }
    mean /= sum;
    double square = 0;
    for (int k = 0; k < logs.length; k++) {
      double off = prior.at(k) - mean;
      square += Math.exp(logs[k] - top) * off * off;
    }
    double deviation = Math.sqrt(square / sum);
    double coarse = Math.min(LARGEST_COARSE_STEP, deviation / COARSE);
    int stride = (int) Math.max(1, Math.floor(coarse / step));
    return nodes(prior, logs, top, stride, top + Math.log(sum * step), mean, deviation);
  }

  private static ScalePosterior nodes(
      ScalePrior prior,
      double[] logs,
      double top,
      int stride,
      double logEvidence,
      double mean,
      double deviation) {
    int count = 0;
    double sum = 0;
    for (int k = 0; k < logs.length; k += stride) {
      if (logs[k] > top - NEGLIGIBLE) {
        count++;
        sum += Math.exp(logs[k] - top);
      }
    }
    double[] scales = new double[count];
    double[] weights = new double[count];
    int at = 0;
    for (int k = 0; k < logs.length; k += stride) {
      if (logs[k] > top - NEGLIGIBLE) {
        scales[at] = Math.exp(prior.at(k));
        weights[at] = Math.exp(logs[k] - top) / sum;
        at++;
      }
    }
    return new ScalePosterior(scales, weights, logEvidence, mean, deviation);
  }

  /** Q* = exp E[log Q | Y]. */
  public double typical() {
    return Math.exp(meanLog);
  }
}
