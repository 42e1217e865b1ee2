package finitewidth.model;

import finitewidth.data.scale.TargetScaler;
import finitewidth.posterior.ClassProbabilities;
import finitewidth.posterior.LargestOf;
import finitewidth.posterior.Prediction;
import finitewidth.posterior.Predictive;
import finitewidth.posterior.PredictiveDensity;
import finitewidth.prior.Widths;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;

/**
 * What a saved model says of a row, in the target's units: one number for each output. Means and
 * variances are of the latent function, without noise. Arrays are empty where something is not
 * known, such as corrections at infinite width.
 */
public final class LocalPrediction {
  private final FiniteWidthModel model;
  private final Prediction prediction;
  private final Predictive predictive;
  private final Widths widths;

  LocalPrediction(FiniteWidthModel model, Prediction prediction, Widths widths) {
    this.model = model;
    this.prediction = prediction;
    this.widths = widths;
    predictive = prediction.at(widths);
  }

  /** Means to the order there is. */
  public double[] mean() {
    double[] mean = predictive.mean();
    return numbers(i -> scaler().value(i, mean[i]));
  }

  /** Variances to the order there is; one that first order has corrected may be negative. */
  public double[] variance() {
    double[] variance = predictive.variance();
    return predictive.hasCorrection() && !predictive.hasVarianceCorrection()
        ? new double[0]
        : numbers(i -> scaler().variance(i, variance[i]));
  }

  /** Means at infinite width. */
  public double[] nngpMean() {
    return numbers(i -> scaler().value(i, predictive.nngpMean()[i]));
  }

  /** Variances at infinite width. */
  public double[] nngpVariance() {
    return numbers(i -> scaler().variance(i, predictive.nngpVariance()));
  }

  /** What finite width adds to the means. */
  public double[] deltaMean() {
    return predictive.hasCorrection()
        ? numbers(i -> scaler().difference(i, predictive.deltaMean()[i]))
        : new double[0];
  }

  /** What finite width adds to the variances. */
  public double[] deltaVariance() {
    return predictive.hasVarianceCorrection()
        ? numbers(i -> scaler().variance(i, predictive.deltaVariance()[i]))
        : new double[0];
  }

  /** Standard errors of the means; 0 of the exact engine. */
  public double[] meanError() {
    return predictive.hasCorrection()
        ? numbers(i -> scaler().difference(i, predictive.meanError()[i]))
        : new double[0];
  }

  /** Standard errors of the variances; 0 of the exact engine. */
  public double[] varianceError() {
    return predictive.hasVarianceCorrection()
        ? numbers(i -> scaler().variance(i, predictive.varianceError()[i]))
        : new double[0];
  }

  /** Whether the method holds at this row: within the expansion, or with errors that are known. */
  public boolean isTrusted() {
    return predictive.trusted();
  }

  /** The class with the largest mean; empty for a regression. */
  public Optional<String> predictedClass() {
    return model.isClassification()
        ? Optional.of(model.classNames().get(LargestOf.index(predictive.mean())))
        : Optional.empty();
  }

  /**
   * The probability of each class that its code with noise is the largest of all; empty for a
   * regression, NaN where a variance is not positive.
   */
  public double[] probabilities() {
    return model.isClassification()
        ? ClassProbabilities.of(predictive, model.noiseVariance())
        : new double[0];
  }

  /**
   * The quantile of an output's latent function, of a model {@linkplain LocalModel#withQuantiles
   * with quantiles}.
   *
   * @param probability between 0 and 1
   */
  public double quantile(int output, double probability) {
    return scaler()
        .value(output, PredictiveDensity.latent(prediction, widths).quantile(output, probability));
  }

  private TargetScaler scaler() {
    return model.preprocessing().targets();
  }

  private double[] numbers(IntToDoubleFunction output) {
    double[] numbers = new double[model.outputs()];
    Arrays.setAll(numbers, output);
    return numbers;
  }
}
