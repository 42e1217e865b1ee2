package finitewidth;

import finitewidth.inference.Conditioned;
import finitewidth.inference.MetricReport;
import finitewidth.inference.Order;
import finitewidth.inference.Posterior;
import finitewidth.inference.RowPredictions;
import finitewidth.inference.SampledHyperparameter;
import finitewidth.inference.ScaleReport;
import finitewidth.inference.work.Runtime;
import finitewidth.posterior.ClassProbabilities;
import finitewidth.posterior.LogEvidence;
import finitewidth.posterior.Prediction;
import finitewidth.prior.Widths;
import finitewidth.settings.Naming;
import java.util.List;
import java.util.Optional;

/** A network given data: it predicts rows at every width, and knows its log evidence. */
public final class FittedNetwork {
  /** What an engine looks at without rows to be predicted. */
  private static final String ROWS = "rows halfway between training rows";

  private final Conditioned fitted;
  private final Posterior posterior;
  private final Runtime runtime;

  FittedNetwork(Conditioned fitted, Runtime runtime) {
    this.fitted = fitted;
    posterior = fitted.posterior();
    this.runtime = runtime;
  }

  /**
   * Predictions to first order, to be read at widths.
   *
   * @param inputs rows of as many features as the training rows had
   * @throws IllegalArgumentException naming the first row of another length
   */
  public List<Prediction> predict(double[][] inputs) {
    return predict(inputs, Order.CORRECTED);
  }

  /** Predictions to some order, to be read at widths. */
  public List<Prediction> predict(double[][] inputs, Order order) {
    int features = posterior.problem().flow().inputs().cols();
    for (int x = 0; x < inputs.length; x++) {
      if (inputs[x].length != features) {
        throw new IllegalArgumentException(
            "row " + x + " has " + inputs[x].length + " features, not " + features);
      }
    }
    return RowPredictions.of(runtime, posterior, order, inputs);
  }

  /** Predictions of rows read at widths, as arrays rows × outputs. */
  public PredictedArrays arrays(double[][] inputs, Widths widths, Order order) {
    return PredictedArrays.of(predict(inputs, order), widths);
  }

  /**
   * The probability of each class, rows × classes, of a network whose targets were 1 − 1/C for the
   * class of a row and −1/C for every other: that its output with noise is the largest. NaN where
   * first order has corrected a variance to one that is not positive.
   *
   * @param noise the noise variance that the network was given
   */
  public double[][] classProbabilities(
      double[][] inputs, Widths widths, Order order, double noise) {
    return predict(inputs, order).stream()
        .map(prediction -> ClassProbabilities.of(prediction.at(widths), noise))
        .toArray(double[][]::new);
  }

  /** The log evidence of the training targets, in nats, to be read at widths. */
  public LogEvidence logEvidence() {
    return posterior.logEvidence();
  }

  /**
   * What chains say of noise and variances at these widths, the noise first. Empty where they were
   * given, and at widths without chains.
   */
  public List<SampledHyperparameter> hyperparameters(Widths widths) {
    return fitted.account(widths).chains().stream()
        .filter(chains -> chains.widths().equals(widths))
        .flatMap(chains -> chains.hyperparameters().stream())
        .toList();
  }

  /**
   * What integrating the scale of the output's kernel found at these widths, ρ above all. Empty
   * where no scale was integrated, and at other widths than were asked for.
   */
  public Optional<ScaleReport> scale(Widths widths) {
    return fitted.account(widths).scales().stream()
        .filter(scale -> scale.widths().equals(widths))
        .findFirst();
  }

  /**
   * What the kernel of these widths has learnt: relevances of features, scales of layers. Empty
   * where no kernel has adapted.
   */
  public Optional<MetricReport> learnt(Widths widths) {
    return fitted.account(widths).metrics().stream()
        .filter(metric -> metric.widths().equals(widths))
        .findFirst();
  }

  /**
   * What there is to know before predictions at these widths are believed, a sentence each: such as
   * errors that are large, or chains that have not converged. Empty where all is well.
   */
  public List<String> warnings(Widths widths) {
    return fitted.warnings(ROWS, widths).stream().map(Naming.PARAMS::in).toList();
  }

  /** The posterior itself. */
  public Posterior posterior() {
    return posterior;
  }
}
