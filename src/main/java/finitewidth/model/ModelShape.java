package finitewidth.model;

import finitewidth.gaussian.Activation;
import java.util.OptionalDouble;
import org.apache.spark.sql.SparkSession;

/**
 * How large a saved model is, from its metadata alone.
 *
 * @param points training rows, or inducing points
 * @param features n_0
 * @param outputs m
 * @param layers H, hidden ones
 * @param variance whether it corrects variances
 * @param draws of each layer, on average, of a model that draws; empty for an exact one
 */
public record ModelShape(
    int points,
    int features,
    int outputs,
    int layers,
    Activation activation,
    boolean variance,
    OptionalDouble draws) {

  /**
   * Reads it.
   *
   * @throws ModelException as {@link FiniteWidthModel#load}
   */
  public static ModelShape of(SparkSession spark, String path) {
    return ModelFiles.shape(spark, path);
  }
}
