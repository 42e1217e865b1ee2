package finitewidth.posterior;

import java.util.Arrays;
import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;
import org.hipparchus.special.Erf;

/**
 * Which of several independent Gaussians is the largest.
 *
 * <p>P_i = ∫ φ(t) Π_{j≠i} Φ((μ_i + s_i t − μ_j)/s_j) dt, by Gauss–Hermite quadrature in t, and then
 * divided by the sum over i, which is 1 but for rounding and quadrature: within 1e-9 while no
 * deviation is more than 1.7 times another, as it is within the expansion.
 */
public final class LargestOf {
  private static final int NODES = 64;
  private static final double[] AT = new double[NODES];
  private static final double[] WEIGHT = new double[NODES];

  static {
    GaussIntegrator rule = new GaussIntegratorFactory().hermite(NODES);
    for (int k = 0; k < NODES; k++) {
      AT[k] = Math.sqrt(2) * rule.getPoint(k);
      WEIGHT[k] = rule.getWeight(k) / Math.sqrt(Math.PI);
    }
  }

  private LargestOf() {}

  /** The index of the largest value, the first of several. */
  public static int index(double[] values) {
    int largest = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[largest]) {
        largest = i;
      }
    }
    return largest;
  }

  /**
   * The probability of each to be the largest; they sum to 1.
   *
   * @param mean one for each
   * @param variance one for each; NaN is all that is known where one is not positive
   */
  public static double[] probabilities(double[] mean, double[] variance) {
    int count = mean.length;
    double[] deviation = new double[count];
    double[] probability = new double[count];
    for (int i = 0; i < count; i++) {
      deviation[i] = Math.sqrt(variance[i]);
      // Written so that NaN is unknown too.
      if (!(variance[i] > 0)) {
        Arrays.fill(probability, Double.NaN);
        return probability;
      }
    }
    double sum = 0;
    for (int i = 0; i < count; i++) {
      for (int k = 0; k < NODES; k++) {
        double value = mean[i] + deviation[i] * AT[k];
        double below = WEIGHT[k];
        for (int j = 0; j < count && below > 0; j++) {
          if (j != i) {
            below *= 0.5 * Erf.erfc((mean[j] - value) / (deviation[j] * Math.sqrt(2)));
          }
        }
        probability[i] += below;
      }
      sum += probability[i];
    }
    for (int i = 0; i < count; i++) {
      probability[i] /= sum;
    }
    return probability;
  }
}
