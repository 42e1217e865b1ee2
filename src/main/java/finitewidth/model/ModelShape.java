package finitewidth.model;

import finitewidth.inference.ConditioningShape;
import finitewidth.inference.State;
import org.apache.spark.sql.SparkSession;

/**
 * How large a saved model is, from its metadata alone.
 *
 * @param conditioning what it is conditioned on
 * @param state of its posterior, without tensors
 */
public record ModelShape(ConditioningShape conditioning, State state) {

  /**
   * Reads it.
   *
   * @throws ModelException as {@link FiniteWidthModel#load}
   */
  public static ModelShape of(SparkSession spark, String path) {
    return ModelFiles.shape(spark, path);
  }
}
