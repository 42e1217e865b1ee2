package finitewidth.data.scale;

import finitewidth.data.ColumnMoments;
import finitewidth.data.DataException;
import finitewidth.data.TrainingData;
import finitewidth.data.TrainingSchema;
import finitewidth.linalg.Matrix;
import finitewidth.prior.RangeException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Turns targets into what the network is fitted to, and predictions back into the target's units.
 *
 * <p>One affine map per output, t ↦ (t − mean) / deviation; classes are left as they are coded.
 */
public final class TargetScaler implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double[] means;
  private final double[] deviations;

  private TargetScaler(double[] means, double[] deviations) {
    this.means = means;
    this.deviations = deviations;
  }

  /**
   * Fits a scaler to training targets.
   *
   * @throws DataException naming the targets that are constant, under {@code STANDARDIZE}
   */
  static TargetScaler fit(TargetScaling scaling, TrainingData training) {
    TrainingSchema schema = training.schema();
    int outputs = schema.outputs();
    double[] means = new double[outputs];
    double[] deviations = new double[outputs];
    Arrays.fill(deviations, 1);
    if (scaling == TargetScaling.STANDARDIZE && schema.classes().isEmpty()) {
      ColumnMoments moments = training.targetMoments();
      moments.refuseInfinite(schema.outputNames());
      List<String> constant = moments.constant(schema.outputNames());
      if (!constant.isEmpty()) {
        throw new DataException(
            ("target %s is constant over the %s training rows; choose another {DATA_TARGET} or"
                    + " {TARGET_SCALING}=none")
                .formatted(String.join(", ", constant), training.count()));
      }
      for (int j = 0; j < outputs; j++) {
        means[j] = moments.mean(j);
        deviations[j] = moments.deviation(j);
        requireSquare(schema.outputNames().get(j), deviations[j]);
      }
    }
    return new TargetScaler(means, deviations);
  }

  /** Variances come back in its units squared. */
  private static void requireSquare(String name, double deviation) {
    double square = deviation * deviation;
    if (!(square <= Double.MAX_VALUE && square >= Double.MIN_NORMAL)) {
      throw new RangeException(
          String.format(
              "target %1$s has the standard deviation %2$s, whose square %3$s in double precision,"
                  + " and so do variances in its units; give it in other units, such as divided by"
                  + " %2$s",
              name, deviation, square > 1 ? "overflows" : "underflows"));
    }
  }

  /** What a prediction has in the target's units. */
  private static double finite(double there, double scaled) {
    if (Double.isInfinite(there) && Double.isFinite(scaled)) {
      throw new RangeException(
          ("a prediction overflows in the units of the target, where it was %s in the network's;"
                  + " give the target in other units, closer to 1")
              .formatted(scaled));
    }
    return there;
  }

  /** A scaler that was fitted before: what {@link #parameters()} gave. */
  public static TargetScaler restore(Matrix parameters) {
    return new TargetScaler(parameters.row(0), parameters.row(1));
  }

  /** Means in row 0, deviations in row 1, outputs in columns. */
  public Matrix parameters() {
    return Matrix.copyOf(new double[][] {means, deviations});
  }

  public int outputs() {
    return means.length;
  }

  /** The mean that output {@code j} is freed from, in its own units. */
  public double mean(int j) {
    return means[j];
  }

  /** One preprocessed unit of output {@code j}, in its own units. */
  public double deviation(int j) {
    return deviations[j];
  }

  /** The scaled copy of a rows × outputs matrix of targets. */
  public Matrix forward(Matrix targets) {
    Matrix scaled = Matrix.zeros(targets.rows(), targets.cols());
    for (int i = 0; i < targets.rows(); i++) {
      for (int j = 0; j < targets.cols(); j++) {
        scaled.set(i, j, (targets.get(i, j) - means[j]) / deviations[j]);
      }
    }
    return scaled;
  }

  /** A target of output {@code j}, scaled. */
  public double preprocessed(int j, double target) {
    return (target - means[j]) / deviations[j];
  }

  /** A predicted value of output {@code j} in the target's units. */
  public double value(int j, double scaled) {
    return finite(means[j] + deviations[j] * scaled, scaled);
  }

  /** A difference of values of output {@code j}, or a standard deviation, in its units. */
  public double difference(int j, double scaled) {
    return finite(deviations[j] * scaled, scaled);
  }

  /** A variance of output {@code j} in the target's units squared. */
  public double variance(int j, double scaled) {
    return finite(deviations[j] * deviations[j] * scaled, scaled);
  }
}
