package finitewidth.posterior;

import java.io.Serializable;
import java.nio.DoubleBuffer;

/**
 * How many numbers the first-order predictions of one posterior have, and their order where they
 * are written one after another: means, variance, then for each source layer the mean's
 * coefficients, the variance's, and the standard errors of both.
 *
 * @param outputs m
 * @param sources H
 * @param variance whether variances are corrected
 */
public record PredictionShape(int outputs, int sources, boolean variance) implements Serializable {

  /** Of one prediction. */
  public int numbers() {
    return outputs + 1 + sources * 2 * (outputs + variances());
  }

  private int variances() {
    return variance ? outputs : 0;
  }

  /**
   * Writes a prediction.
   *
   * @throws IllegalArgumentException if it has another shape
   */
  public void write(Prediction prediction, DoubleBuffer to) {
    int end = to.position() + numbers();
    ByCoefficients coefficients = prediction.coefficients();
    to.put(prediction.nngpMean()).put(prediction.nngpVariance());
    for (int s = 0; s < coefficients.meanCoefficients().length; s++) {
      to.put(coefficients.meanCoefficients()[s]).put(coefficients.varianceCoefficients()[s]);
      to.put(coefficients.meanErrors()[s]).put(coefficients.varianceErrors()[s]);
    }
    if (to.position() != end) {
      throw new IllegalArgumentException("a prediction of another shape than " + this);
    }
  }

  /** Reads what {@link #write} has written. */
  public Prediction read(DoubleBuffer from) {
    double[] mean = new double[outputs];
    from.get(mean);
    double nngpVariance = from.get();
    double[][] means = new double[sources][outputs];
    double[][] variances = new double[sources][variances()];
    double[][] meanErrors = new double[sources][outputs];
    double[][] varianceErrors = new double[sources][variances()];
    for (int s = 0; s < sources; s++) {
      from.get(means[s]).get(variances[s]).get(meanErrors[s]).get(varianceErrors[s]);
    }
    return new ByCoefficients(mean, nngpVariance, means, variances, meanErrors, varianceErrors);
  }
}
