package finitewidth.inference.montecarlo;

import finitewidth.prior.Widths;
import java.util.Arrays;

/**
 * Draws until the standard error of δμ at these widths is below a fraction of the predictive
 * standard deviation for 95 % of the rows, or there are as many batches as may be. Between rounds
 * the draws of the layers are brought to where they lower the error most for their cost: in
 * proportion to noise over the root of the cost.
 *
 * @param tolerance largest standard error of δμ, in standard deviations of the NNGP posterior
 * @param widths of the hidden layers
 * @param mostBatches of each source layer
 */
public record StoppingRule(double tolerance, Widths widths, int mostBatches) {
  /** Enough batches to trust their scatter: its relative error is 1/√(2 · 31), about an eighth. */
  public static final int FIRST_BATCHES = 32;

  /** Batches come in runs of so many. */
  public static final int RUN = 4;

  /** Share of the rows that must be within the tolerance. */
  static final double SHARE = 0.95;

  /** A round costs at most so many times what all before it cost. */
  private static final double GROWTH = 3;

  /** Aims a little below the tolerance, so that one more round is seldom needed. */
  private static final double AIM = 0.95;

  /** The first round's batches of each source layer. */
  public int[] first(int sources) {
    int[] batches = new int[sources];
    Arrays.fill(batches, Math.min(FIRST_BATCHES, mostBatches));
    return batches;
  }

  /**
   * The error that the rule looks at: the 95 % quantile over rows of the largest standard error of
   * δμ over outputs, in NNGP posterior standard deviations.
   *
   * @param deviations of the rows' NNGP posteriors
   */
  public double error(Estimates estimates, double[] deviations) {
    if (deviations.length == 0) {
      return 0;
    }
    double[] errors = new double[deviations.length];
    for (int x = 0; x < errors.length; x++) {
      double largest = 0;
      for (int i = 0; i < estimates.outputs(); i++) {
        double square = 0;
        for (int s = 0; s < estimates.sources(); s++) {
          double error = estimates.meanError(s, x, i) / widths.width(s);
          square += error * error;
        }
        largest = Math.max(largest, square);
      }
      errors[x] = Math.sqrt(largest) / deviations[x];
    }
    Arrays.sort(errors);
    return errors[(int) Math.ceil(SHARE * errors.length) - 1];
  }

  /**
   * How many batches of each layer there should be next; as many as there are if it is time to
   * stop.
   *
   * @param costs of a draw of each source layer
   */
  public int[] next(Estimates estimates, double[] deviations, double[] costs) {
    int sources = estimates.sources();
    int[] now = new int[sources];
    for (int s = 0; s < sources; s++) {
      now[s] = estimates.batches(s);
    }
    double error = error(estimates, deviations);
    // Written so that NaN goes on drawing.
    if (error <= tolerance) {
      return now;
    }
    double[] wanted = wanted(estimates, deviations, costs);
    double before = 0;
    double after = 0;
    for (int s = 0; s < sources; s++) {
      before += now[s] * costs[s];
      after += (wanted[s] - now[s]) * costs[s];
    }
    double shrink = Math.min(1, GROWTH * before / after);
    int[] next = new int[sources];
    boolean more = false;
    for (int s = 0; s < sources; s++) {
      double added = shrink * (wanted[s] - now[s]);
      double runs = Math.ceil((now[s] + added) / RUN) * RUN;
      next[s] = (int) Math.max(now[s], Math.min(mostBatches, runs));
      more |= next[s] > now[s];
    }
    if (!more) {
      for (int s = 0; s < sources; s++) {
        // Whole runs: later groups of rows then cut the same batches into the same runs.
        int whole = (now[s] + now[s] / 2 + RUN - 1) / RUN * RUN;
        next[s] = Math.min(mostBatches, whole);
      }
    }
    return next;
  }

  /**
   * How many batches of each layer the tolerance seems to want, whatever their allowed number: not
   * fewer than there are.
   *
   * @param costs of a draw of each source layer
   */
  public double[] wanted(Estimates estimates, double[] deviations, double[] costs) {
    int sources = estimates.sources();
    double[] noise = noise(estimates, deviations);
    double total = 0;
    double spread = 0;
    for (int s = 0; s < sources; s++) {
      total += noise[s] / estimates.batches(s);
      spread += Math.sqrt(noise[s] * costs[s]);
    }
    double ratio = AIM * tolerance / error(estimates, deviations);
    // What is within the tolerance already wants no more.
    double aim = ratio >= AIM ? Double.POSITIVE_INFINITY : total * ratio * ratio;
    double[] wanted = new double[sources];
    for (int s = 0; s < sources; s++) {
      wanted[s] = Math.max(estimates.batches(s), Math.sqrt(noise[s] / costs[s]) * spread / aim);
    }
    return wanted;
  }

  /** One batch's variance of δμ over the squared deviation, averaged over rows and outputs. */
  private double[] noise(Estimates estimates, double[] deviations) {
    double[] noise = new double[estimates.sources()];
    for (int s = 0; s < noise.length; s++) {
      for (int x = 0; x < deviations.length; x++) {
        for (int i = 0; i < estimates.outputs(); i++) {
          double error = estimates.meanError(s, x, i) / widths.width(s) / deviations[x];
          noise[s] += error * error;
        }
      }
      noise[s] *= estimates.batches(s);
    }
    return noise;
  }
}
